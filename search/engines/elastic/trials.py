"""An index of its own on the server for an evaluation or a benchmark."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from search import mirror
from search.engines.elastic.engine import Elastic
from search.engines.plan import Engine
from search.models import Document


@contextmanager
def trial_engine(original: Engine) -> Iterator[Elastic]:
    with mirror.trial_index() as name:
        yield Elastic(original, name)


def fill(using: Engine, documents: Iterable[Document]) -> None:
    mirror.fill(_index_of(using), list(documents))


def refresh(using: Engine) -> None:
    mirror.refresh(_index_of(using))


def _index_of(using: Engine) -> str:
    if not isinstance(using, Elastic):
        raise TypeError(f"{using.name} has no index on the server")
    return using.index

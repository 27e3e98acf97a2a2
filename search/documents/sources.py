"""How a kind of thing enters the index and leaves it again for the page: the registry of sources."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from community.core.audiences import Viewer
from search.analysis import indexed, indexed_exactly
from search.languages import language_of
from search.models import Document, Kind

Keys = Sequence[int]


@dataclass(frozen=True)
class Shown:
    """A hit as its reader sees it: read from the source row, never from the index."""

    title: str
    url: str
    text: str = ""
    at: datetime | None = None
    by: str = ""
    place: str = ""
    place_url: str = ""
    stance: str = ""
    stance_label: str = ""
    tags: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True)
class Source:
    """One kind.

    `describe(keys)` makes the documents of those that may be found by anybody at all: what is held, hidden,
    withdrawn or gone is left out. `allowed(viewer, keys)` asks the database again who may see what. `name` shows the
    title and the address only, where that is much less work.
    """

    kind: Kind
    describe: Callable[[Keys], Iterable[Document]]
    allowed: Callable[[Viewer, Keys], set[int]]
    show: Callable[[Viewer, Keys], dict[int, Shown]]
    all_keys: Callable[[], Iterable[int]]
    name: Callable[[Viewer, Keys], dict[int, Shown]] | None = None


_sources: dict[str, Source] = {}


def add_source(source: Source) -> None:
    _sources[source.kind] = source


def source_of(kind: str) -> Source:
    return _sources[kind]


def sources() -> list[Source]:
    return list(_sources.values())


def document(kind: Kind, key: int, *, title: str, body: str = "", names: str = "", **facts: object) -> Document:
    """A document whose words are analysed in the language they seem to be in; `facts` are the other fields."""
    language = language_of(body, title)
    words = {"title": indexed(title, language), "body": indexed(body, language), "names": indexed(names, language)}
    words["exact"] = indexed_exactly((title, body, names), language)
    made = Document(kind=kind, key=key, **words, **({"lang": language} | facts))
    made.said = ". ".join(each for each in (title, body) if each)
    return made


def padded(words: Iterable[str]) -> str:
    """ " a b ": a list that is searched for " a "."""
    joined = " ".join(dict.fromkeys(word.lower() for word in words if word))
    return f" {joined} " if joined else ""

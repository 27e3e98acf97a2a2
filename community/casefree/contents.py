"""Which published words there are to screen again when rules change. Packages that own words register them here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from community.casefree.outcomes import Level

Row = tuple[int, str, str]


HELD_OR_BLOCKED: frozenset[Level] = frozenset({"hold", "block"})
#: Where words that a human must read first may wait: drafts, and what editors write.
BLOCKED: frozenset[Level] = frozenset({"block"})


@dataclass(frozen=True)
class Content:
    """`after(pk, limit)` gives rows of (pk, surface, words) in the order of their keys; `flag(pk)` asks a human to look.

    `stops` are the outcomes that ask for it: those with which the words would not be taken there today.
    """

    name: str
    after: Callable[[int, int], Iterable[Row]]
    flag: Callable[[int], None]
    stops: frozenset[Level] = HELD_OR_BLOCKED


_contents: dict[str, Content] = {}


def register_content(content: Content) -> None:
    """Have these words screened again with every new version of the rules."""
    _contents[content.name] = content


def contents() -> list[Content]:
    return list(_contents.values())

"""Which published words there are to screen again when rules change. Packages that own words register them here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Row = tuple[int, str, str]


@dataclass(frozen=True)
class Content:
    """`after(pk, limit)` gives rows of (pk, surface, words) in the order of their keys; `flag(pk)` asks a human to look."""

    name: str
    after: Callable[[int, int], Iterable[Row]]
    flag: Callable[[int], None]


_contents: dict[str, Content] = {}


def register_content(content: Content) -> None:
    """Have these words screened again with every new version of the rules."""
    _contents[content.name] = content


def contents() -> list[Content]:
    return list(_contents.values())

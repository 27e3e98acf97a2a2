"""What a search is widened by, as the page shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chip:
    """An abbreviation of the query: `senses` are what it may stand for, `used` the one that is searched for as well.

    Or words with synonyms: `also` are those that are searched for as well, `used` names them.
    """

    word: str
    senses: tuple[str, ...]
    used: str = ""
    also: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.used

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(sense for sense in self.senses if sense != self.used)

"""The one shape of every kind of file: give records, count what is not one, and say how far along it is."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import ClassVar

from .records import Record, Tally


class Source:
    """One kind of official file. A subclass names itself and its register and turns a file into records.

    `open` raises WrongFile before its first record, or DamagedFile anywhere. Rows it does not give are counted. It
    calls `pulse` now and then while it reads without giving records.
    """

    kind: ClassVar[str]
    register: ClassVar[str]

    def __init__(self) -> None:
        self.fraction: Callable[[], float] = lambda: 0.0
        self.pulse: Callable[[], None] = lambda: None

    def open(self, path: Path, tally: Tally) -> Generator[Record, None, None]:
        """The records of a file, one at a time."""
        raise NotImplementedError

"""Opens an official file, plain or inside a ZIP archive, and gives its lines without ever holding more than one."""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Final, cast

from .records import DamagedFile, Tally, WrongFile

# Longer than any true row by far; also the largest field that the csv module takes.
MAX_LINE: Final = 128 * 1024
BYTE_ORDER_MARK: Final = "\ufeff"

Pick = Callable[[list[str]], tuple[str, ...]]
"""Picks the wanted fields out of a row, in the order in which they are wanted."""


class Lines:
    """The lines of a text file after its header, each fit for the csv module; what is not fit is counted as refused.

    A line is one row: official files write no line breaks inside fields, so a stray quotation mark costs one row.
    """

    def __init__(self, binary: BinaryIO, size: int, tally: Tally, *, quoted: bool) -> None:
        self._binary = binary
        self._size = max(size, 1)
        self._tally = tally
        self._quoted = quoted
        self._text = io.TextIOWrapper(binary, encoding="utf-8", errors="replace")

    @property
    def fraction(self) -> float:
        """How much of the file has been read, 0–1."""
        return 1.0 if self._binary.closed else min(self._binary.tell() / self._size, 1.0)

    def header(self) -> str:
        """The next line, whole, without a byte order mark."""
        with _telling_damage(0):
            return self._text.readline(MAX_LINE).removeprefix(BYTE_ORDER_MARK)

    def __iter__(self) -> Iterator[str]:
        tally, quoted = self._tally, self._quoted
        with _telling_damage(tally):
            while line := self._text.readline(MAX_LINE):
                tally.rows_read += 1
                if "\ufffd" in line or "\0" in line:
                    tally.refuse("not UTF-8 text")
                elif len(line) == MAX_LINE and line[-1] != "\n":
                    self._skip_line()
                    tally.refuse("line too long")
                elif quoted and line.count('"') % 2:
                    tally.refuse("quotation mark missing")
                elif line != "\n":
                    yield line
                else:
                    tally.passed_over += 1

    def _skip_line(self) -> None:
        while (rest := self._text.readline(MAX_LINE)) and rest[-1] != "\n":
            pass


@contextmanager
def open_lines(path: Path, tally: Tally, *, member: Callable[[str], bool], quoted: bool) -> Iterator[Lines]:
    """The lines of a text file, or of the first member of a ZIP archive whose name `member` accepts."""
    with open_member(path, member) as (binary, size):
        yield Lines(binary, size, tally, quoted=quoted)


@contextmanager
def open_member(path: Path, member: Callable[[str], bool]) -> Iterator[tuple[BinaryIO, int]]:
    """A file, or the wanted member of a ZIP archive, as a binary stream and its size in bytes. Raises WrongFile."""
    with ExitStack() as stack:
        if not _is_archive(path):
            yield stack.enter_context(path.open("rb")), path.stat().st_size
            return
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            info = _wanted(archive, member, path)
            inside = stack.enter_context(archive.open(info))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise WrongFile(f"{path.name} is not a readable ZIP archive ({error}). Nothing was changed.") from error
        yield cast(BinaryIO, inside), info.file_size


def columns_of(header: str, delimiter: str) -> list[str]:
    """The column names of a header line."""
    return [name.strip() for name in next(csv.reader([header.rstrip("\r\n")], delimiter=delimiter), [])]


def positions(columns: list[str], wanted: list[str], file: str) -> dict[str, int]:
    """Where the wanted columns stand. Raises WrongFile with one line that names those that are missing."""
    missing = [name for name in wanted if name not in columns]
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        listed = ", ".join(missing[:3]) + more
        raise WrongFile(f"This is not {file}: it has no column {listed}. Nothing was changed.")
    return {name: columns.index(name) for name in wanted}


def picker(places: dict[str, int]) -> Pick:
    """The function that picks these columns out of a row."""
    return cast(Pick, itemgetter(*places.values()))


def _wanted(archive: zipfile.ZipFile, member: Callable[[str], bool], path: Path) -> zipfile.ZipInfo:
    for info in archive.infolist():
        if member(Path(info.filename).name.lower()):
            return info
    raise WrongFile(f"{path.name} holds none of the files that are wanted here. Nothing was changed.")


def _is_archive(path: Path) -> bool:
    """By its first bytes: an archive that was cut off no longer has the end that `zipfile.is_zipfile` looks for."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


@contextmanager
def _telling_damage(tally: Tally | int) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, zlib.error, OSError) as error:
        row = tally if isinstance(tally, int) else tally.rows_read
        raise DamagedFile(f"The file breaks off or is damaged after row {row:,}.") from error

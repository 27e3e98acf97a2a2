"""Streams the rows of the first sheet of an .xlsx file as text, in bounded memory.

An .xlsx file comes from outside and is XML in a ZIP archive. Expat is driven directly, any document type declaration
ends the reading (so no entity can expand), and nothing but the table of shared strings is held.
"""

import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final, Self
from xml.parsers import expat

from .records import DamagedFile, WrongFile

CHUNK: Final = 64 * 1024
MAX_STRINGS: Final = 2_000_000
MAX_CELL: Final = 200
MAX_COLUMNS: Final = 64
SHARED_STRINGS: Final = "xl/sharedStrings.xml"


def is_spreadsheet(path: Path) -> bool:
    """Whether a file is an .xlsx workbook or an archive that holds one."""
    if not zipfile.is_zipfile(path):
        return path.suffix.lower() == ".xlsx"
    with zipfile.ZipFile(path) as archive:
        return any(name == "xl/workbook.xml" or name.lower().endswith(".xlsx") for name in archive.namelist())


class SheetReader:
    """The rows of a workbook's first sheet. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = ExitStack()
        self.fraction = 0.0

    def __enter__(self) -> Self:
        try:
            self._archive = self._workbook()
            names = self._archive.namelist()
            self._sheet = min((name for name in names if name.startswith("xl/worksheets/sheet")), key=_natural)
            self._strings = self._shared_strings() if SHARED_STRINGS in names else []
        except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError) as error:
            self._files.close()
            raise WrongFile(f"{self._path.name} is not a readable workbook. Nothing was changed.") from error
        return self

    def __exit__(self, *_error: object) -> None:
        self._files.close()

    def rows(self) -> Iterator[list[str]]:
        """The rows as lists of text; a cell that is left out is an empty string."""
        size = max(self._archive.getinfo(self._sheet).file_size, 1)
        parser = _SheetParser(self._strings)
        for read, found in self._parsed(self._sheet, parser):
            self.fraction = min(read / size, 1.0)
            yield from found

    def _workbook(self) -> zipfile.ZipFile:
        """The workbook itself; the report is also published inside a ZIP archive."""
        archive = self._files.enter_context(zipfile.ZipFile(self._path))
        inner = next((info for info in archive.infolist() if info.filename.lower().endswith(".xlsx")), None)
        if inner is None:
            return archive
        copy = self._files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
        shutil.copyfileobj(self._files.enter_context(archive.open(inner)), copy)
        return self._files.enter_context(zipfile.ZipFile(copy))

    def _shared_strings(self) -> list[str]:
        parser = _StringsParser()
        strings: list[str] = []
        for _read, found in self._parsed(SHARED_STRINGS, parser):
            strings += ["".join(row) for row in found]
            if len(strings) > MAX_STRINGS:
                raise WrongFile("The workbook holds more text than any report of this kind. Nothing was changed.")
        return strings

    def _parsed(self, member: str, parser: "_RowParser") -> Iterator[tuple[int, list[list[str]]]]:
        read = 0
        try:
            with self._archive.open(member) as stream:
                while chunk := stream.read(CHUNK):
                    read += len(chunk)
                    yield read, parser.feed(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError) as error:
            raise DamagedFile("The workbook breaks off or is damaged.") from error


class _RowParser:
    """Collects rows of text from XML fed in pieces."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._rows: list[list[str]] = []
        self._reading = False
        self._value = ""

    def feed(self, chunk: bytes) -> list[list[str]]:
        """Parse a piece and give the rows that ended in it."""
        self._rows = []
        self._parser.Parse(chunk, False)
        return self._rows

    def _refuse_doctype(self, *_details: object) -> None:
        raise WrongFile("The workbook declares a document type, which no true one does. Nothing was changed.")

    def _text(self, text: str) -> None:
        if self._reading and len(self._value) < MAX_CELL:
            self._value += text[:MAX_CELL]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def _end(self, name: str) -> None:
        raise NotImplementedError


class _StringsParser(_RowParser):
    """Shared strings: each <si> is one, made of one or several <t>; phonetic hints (<rPh>) are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._hint = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _tag(name)
        if tag == "si":
            self._value = ""
        self._hint = self._hint or tag == "rPh"
        self._reading = tag == "t" and not self._hint

    def _end(self, name: str) -> None:
        tag = _tag(name)
        self._reading = False
        self._hint = self._hint and tag != "rPh"
        if tag == "si":
            self._rows.append([self._value])


class _SheetParser(_RowParser):
    """Rows of a sheet: <row> of <c r="B2" t="s"> with a <v>, or an inline <is><t>."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self._strings = strings
        self._cells: list[str] = []
        self._type = ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _tag(name)
        if tag == "row":
            self._cells = []
        elif tag == "c":
            self._type, self._value = attributes.get("t", "n"), ""
            self._move_to(attributes.get("r", ""))
        self._reading = tag in {"v", "t"}

    def _end(self, name: str) -> None:
        tag = _tag(name)
        self._reading = False
        if tag == "c" and len(self._cells) < MAX_COLUMNS:
            self._cells.append(self._shared(self._value) if self._type == "s" else self._value)
        elif tag == "row":
            self._rows.append(self._cells)

    def _move_to(self, reference: str) -> None:
        """Fill up cells that the row leaves out, by the letters of the cell's reference."""
        letters = re.match(r"[A-Z]{1,2}(?=[0-9])", reference)
        place = _column(letters[0]) if letters else len(self._cells)
        self._cells += [""] * min(place - len(self._cells), MAX_COLUMNS)

    def _shared(self, index: str) -> str:
        return self._strings[int(index)] if index.isdigit() and int(index) < len(self._strings) else ""


def _tag(name: str) -> str:
    return name.rpartition(" ")[2]


def _column(letters: str) -> int:
    """Zero-based place of a column: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _natural(name: str) -> tuple[int, str]:
    return len(name), name

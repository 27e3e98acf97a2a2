"""Reads the monthly NPPES Deactivated NPI Report: number and date, as a spreadsheet (.xlsx, also zipped) or as CSV."""

import csv
import re
from collections.abc import Generator, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from .lines import columns_of, open_lines
from .nppes import require_npi
from .records import DEACTIVATED, BadRow, Record, Tally, WrongFile, american_date
from .source import Source
from .spreadsheet import SheetReader, is_spreadsheet

# Day 0 of dates in spreadsheets (ECMA-376, 18.17.4.1); right for every day after February 1900.
SPREADSHEET_EPOCH: Final = date(1899, 12, 30)
# The report has a title line above its header.
HEADER_WITHIN: Final = 10
NOT_A_REPORT: Final = (
    "This is not an NPPES Deactivated NPI Report: it has no columns NPI and NPPES Deactivation Date. "
    "Nothing was changed."
)


class NppesDeactivated(Source):
    """The report of all deactivated NPIs. Numbers not known yet are kept too, so that none of them can be claimed."""

    kind = "nppes-deactivated"
    register = "npi"

    def open(self, path: Path, tally: Tally) -> Generator[Record, None, None]:
        rows = self._sheet_rows(path, tally) if is_spreadsheet(path) else self._text_rows(path, tally)
        number, day = _find_header(rows)
        tally.rows_read = 0
        for row in rows:
            try:
                yield _record(row, number, day)
            except BadRow as problem:
                tally.refuse(problem.reason)

    def _text_rows(self, path: Path, tally: Tally) -> Iterator[list[str]]:
        with open_lines(path, tally, member=lambda name: name.endswith(".csv"), quoted=True) as lines:
            self.fraction = lambda: lines.fraction
            yield columns_of(lines.header(), ",")
            yield from csv.reader(lines)

    def _sheet_rows(self, path: Path, tally: Tally) -> Iterator[list[str]]:
        with SheetReader(path) as sheet:
            self.fraction = lambda: sheet.fraction
            for row in sheet.rows():
                tally.rows_read += 1
                yield row


def _find_header(rows: Iterable[list[str]]) -> tuple[int, int]:
    for _row_number, row in zip(range(HEADER_WITHIN), rows, strict=False):
        names = [cell.strip().lower() for cell in row]
        days = [place for place, name in enumerate(names) if "deactivation date" in name]
        if "npi" in names and days:
            return names.index("npi"), days[0]
    raise WrongFile(NOT_A_REPORT)


def _record(row: list[str], number: int, day: int) -> Record:
    if len(row) <= max(number, day):
        raise BadRow("wrong number of columns")
    npi = re.sub(r"\.0+$", "", row[number].strip())
    require_npi(npi)
    deactivated_on = _date(row[day].strip())
    if deactivated_on is None:
        raise BadRow("date missing")
    return Record(npi, country="US", status=DEACTIVATED, deactivated_on=deactivated_on)


def _date(text: str) -> date | None:
    """A date as text, or as the number of days by which spreadsheets count."""
    if re.fullmatch(r"[0-9]{4,5}(\.0+)?", text):
        return SPREADSHEET_EPOCH + timedelta(days=int(float(text)))
    return american_date(text)

"""Reads the NPPES dissemination file (npidata_pfile, about 330 columns) of the US register of NPIs.

Layout: NPPES Data Dissemination Readme, exhibit 2-1. Persons only (entity type 1). A row with nothing but a number and
a deactivation date is a deactivated one. `othername_pfile` in the archive is not read: exhibit 2-2 has names of
organisations only; other names of persons stand in the main file.
"""

import csv
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

from community.credentials.registers.checks import has_npi_check

from .lines import Lines, Pick, columns_of, open_lines, picker, positions
from .records import DEACTIVATED, BadRow, Record, Tally, american_date
from .source import Source

TAXONOMIES: Final = 15
PERSON: Final = "1"
MAX_NAME: Final = 120
SINGLE: Final = [
    "NPI",
    "Entity Type Code",
    "Provider Last Name (Legal Name)",
    "Provider First Name",
    "Provider Middle Name",
    "Provider Credential Text",
    "Provider Other Last Name",
    "Provider Other First Name",
    "Provider Other Middle Name",
    "Provider Enumeration Date",
    "Last Update Date",
    "NPI Deactivation Date",
    "NPI Reactivation Date",
]
REPEATED: Final = [
    "Healthcare Provider Taxonomy Code_{}",
    "Healthcare Provider Primary Taxonomy Switch_{}",
    "Provider License Number State Code_{}",
]
WANTED: Final = SINGLE + [name.format(number) for name in REPEATED for number in range(1, TAXONOMIES + 1)]


def is_main_file(name: str) -> bool:
    """Whether an archive member (in lower case) is the main data file; another one holds only its header."""
    return name.startswith("npidata_pfile") and name.endswith(".csv") and "fileheader" not in name


class Nppes(Source):
    """The dissemination file, monthly or weekly, as CSV or as the ZIP archive it is published in."""

    kind = "nppes"
    register = "npi"

    def open(self, path: Path, tally: Tally) -> Generator[Record, None, None]:
        with open_lines(path, tally, member=is_main_file, quoted=True) as lines:
            columns = columns_of(lines.header(), ",")
            where = positions(columns, WANTED, "an NPPES dissemination file")
            self.fraction = lambda: lines.fraction
            yield from _records(lines, picker(where), len(columns), tally)


def _records(lines: Lines, pick: Pick, width: int, tally: Tally) -> Iterator[Record]:
    for row in csv.reader(lines):
        if len(row) != width:
            tally.refuse("wrong number of columns")
            continue
        if row[1] != PERSON and row[1]:
            tally.passed_over += 1
            continue
        try:
            yield _record(pick(row))
        except BadRow as problem:
            tally.refuse(problem.reason)


def _record(fields: tuple[str, ...]) -> Record:
    npi, entity, last, first, middle, credential, other_last, other_first, other_middle, *rest = fields
    enumerated, updated, deactivated, reactivated = map(american_date, rest[:4])
    require_npi(npi)
    if deactivated and not (reactivated and reactivated >= deactivated):
        return Record(npi, country="US", status=DEACTIVATED, deactivated_on=deactivated)
    if not entity:
        raise BadRow("entity type missing")
    if not last:
        raise BadRow("family name missing")
    return Record(
        number=npi,
        given_name=_name(f"{first} {middle}" if middle else first),
        family_name=_name(last),
        other_names=((_name(f"{other_first} {other_middle}".strip()), _name(other_last)),) if other_last else (),
        credential_text=credential[:80],
        codes=_codes(rest[4:19], rest[19:34]),
        regions=_regions(rest[34:49]),
        country="US",
        enumerated_on=enumerated,
        updated_on=updated,
        reactivated_on=reactivated,
    )


def require_npi(number: str) -> None:
    """Refuse what is not an NPI."""
    if len(number) != 10 or not (number.isascii() and number.isdigit()) or number[0] not in "12":
        raise BadRow("not an NPI")
    if not has_npi_check(number):
        raise BadRow("check digit wrong")


def _name(text: str) -> str:
    if len(text) > MAX_NAME:
        raise BadRow("name too long")
    return text.strip()


def _codes(taxonomies: list[str], primary: list[str]) -> str:
    """Taxonomy codes, the primary one first."""
    if not taxonomies[1]:
        return taxonomies[0][:10]
    marked = [code for code, switch in zip(taxonomies, primary, strict=True) if code and switch == "Y"]
    return " ".join(dict.fromkeys([*marked, *filter(None, taxonomies)]))[:400]


def _regions(states: list[str]) -> str:
    """States that licensed this person, as ISO 3166-2 codes, in the order of the file."""
    return " ".join(dict.fromkeys(f"US-{state[:2]}" for state in states if state))

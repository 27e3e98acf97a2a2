"""Reads the French open register, ps-libreacces-personne-activite.txt: pipe-delimited UTF-8, a row for each activity.

Layout: DSFT of the open data extractions of the Annuaire Santé. All rows of one person become one record. Their order
in the file is not promised, so rows pass through a scratch database that sorts them on disk.
"""

import csv
import re
import sqlite3
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Final

from community.credentials.registers.checks import has_luhn

from .lines import Lines, Pick, columns_of, open_lines, picker, positions
from .records import ACTIVE, IN_TRAINING, BadRow, Record, Tally
from .source import Source

RPPS_TYPE: Final = "8"
STUDENT: Final = "E"
CHUNK: Final = 5_000
MAX_NAME: Final = 120
WANTED: Final = [
    "Type d'identifiant PP",
    "Identifiant PP",
    "Nom d'exercice",
    "Prénom d'exercice",
    "Code profession",
    "Code catégorie professionnelle",
    "Code savoir-faire",
    "Code Département (structure)",
]
# What of a row is kept: number, family name, given name, code, category, region.
Activity = tuple[str, str, str, str, str, str]


def is_main_file(name: str) -> bool:
    """Whether an archive member (in lower case) is the extraction of persons and activities."""
    return name.startswith("ps-libreacces-personne-activite") and name.endswith(".txt")


class Rpps(Source):
    """The daily extraction of persons and activities, as text or in a ZIP archive."""

    kind = "rpps"
    register = "rpps"

    def open(self, path: Path, tally: Tally) -> Generator[Record, None, None]:
        with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(f"{folder}/rows")) as scratch:
            used = self._sort(path, tally, scratch)
            persons = 0
            ordered = scratch.execute("SELECT DISTINCT * FROM activity ORDER BY 1, 2, 3, 4, 5, 6")
            for _number, rows in groupby(ordered, key=itemgetter(0)):
                persons += 1
                yield _person(list(rows))
            tally.passed_over += used - persons

    def _sort(self, path: Path, tally: Tally, scratch: sqlite3.Connection) -> int:
        """Put all usable rows into the scratch database and say how many there were."""
        scratch.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000")
        scratch.execute("CREATE TABLE activity (number, family, given, code, category, region)")
        with open_lines(path, tally, member=is_main_file, quoted=False) as lines:
            columns = [name.replace("\u2019", "'") for name in columns_of(lines.header(), "|")]
            where = positions(columns, WANTED, "an RPPS extraction of persons and activities")
            self.fraction = lambda: lines.fraction
            activities = _activities(lines, picker(where), len(columns), tally)
            used = 0
            while chunk := list(islice(activities, CHUNK)):
                scratch.executemany("INSERT INTO activity VALUES (?, ?, ?, ?, ?, ?)", chunk)
                used += len(chunk)
                self.pulse()
        scratch.commit()
        return used


def _activities(lines: Lines, pick: Pick, width: int, tally: Tally) -> Iterator[Activity]:
    for row in csv.reader(lines, delimiter="|", quoting=csv.QUOTE_NONE):
        if len(row) != width:
            tally.refuse("wrong number of columns")
            continue
        try:
            activity = _activity(pick(row))
        except BadRow as problem:
            tally.refuse(problem.reason)
        else:
            yield activity


def _activity(fields: tuple[str, ...]) -> Activity:
    kind, number, family, given, profession, category, skill, department = map(str.strip, fields)
    if kind != RPPS_TYPE:
        raise BadRow("another kind of number than RPPS")
    if not re.fullmatch("[0-9]{11}", number, flags=re.ASCII):
        raise BadRow("not an RPPS number")
    if not has_luhn(number):
        raise BadRow("check digit wrong")
    if not family:
        raise BadRow("family name missing")
    if max(len(family), len(given)) > MAX_NAME:
        raise BadRow("name too long")
    code = f"{profession}/{skill}" if skill else profession
    region = f"FR-{department}" if re.fullmatch("[0-9][0-9AB][0-9]?", department) else ""
    return number, family, given, code[:20], category, region


def _person(rows: list[Activity]) -> Record:
    """One person from all their activities; a name that differs between rows becomes a further name."""
    names = list(dict.fromkeys((given, family) for _number, family, given, *_rest in rows))
    student = all(category == STUDENT for *_rest, category, _region in rows)
    return Record(
        number=rows[0][0],
        given_name=names[0][0],
        family_name=names[0][1],
        other_names=tuple(names[1:6]),
        codes=_joined(row[3] for row in rows),
        regions=_joined(row[5] for row in rows),
        country="FR",
        status=IN_TRAINING if student else ACTIVE,
    )


def _joined(values: Iterator[str]) -> str:
    """Different values, separated by spaces, as many as fit."""
    joined = " ".join(dict.fromkeys(filter(None, values)))
    return joined if len(joined) <= 400 else joined[:400].rpartition(" ")[0]

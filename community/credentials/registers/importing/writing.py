"""Compares records with the stored entries and writes what differs, a batch and a transaction at a time."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from community.credentials.models.register import RegisterEntry, RegisterImport

from .records import DEACTIVATED, Record, Tally

BATCH: Final = 2_000
# Parameters of one statement stay below the 32,766 that SQLite takes.
ROWS_IN_STATEMENT: Final = 1_000
CONTENT: Final = [*Record._fields[1:], "changed_in_id", "checksum"]
COLUMNS: Final = ["register", "number", *CONTENT]
# A deactivation says nothing of names; those that are known stay for the reviewer.
DEACTIVATION: Final = ["status", "deactivated_on", "changed_in_id", "checksum"]
STORED: Final = ["number", "checksum", "status", "updated_on", "deactivated_on", "reactivated_on"]


class Change(NamedTuple):
    """A record that has to be written, its checksum, and the status the entry had, None for a new one."""

    record: Record
    checksum: int
    old_status: str | None


class Writer:
    """Takes the records of one import and keeps its tally."""

    def __init__(self, run: RegisterImport, tally: Tally) -> None:
        self._run = run
        self._tally = tally
        self._batch: dict[str, Record] = {}

    def add(self, record: Record) -> None:
        """Take one record; of two with the same number in one batch the later one holds."""
        if record.number in self._batch:
            self._tally.unchanged += 1
        self._batch[record.number] = record
        if len(self._batch) >= BATCH:
            self.flush()

    @transaction.atomic
    def flush(self) -> None:
        """Write the batch. Entries are locked where the database can, so that two imports do not mix."""
        known = self._stored()
        differing = [change for record in self._batch.values() if (change := _change(record, known.get(record.number)))]
        self._tally.unchanged += len(self._batch) - len(differing)
        self._count(differing)
        self._write([change for change in differing if change.record.status != DEACTIVATED], CONTENT)
        self._write([change for change in differing if change.record.status == DEACTIVATED], DEACTIVATION)
        self._batch = {}

    def _stored(self) -> dict[str, dict[str, Any]]:
        rows = RegisterEntry.objects.filter(register=self._run.register, number__in=list(self._batch))
        return {row["number"]: row for row in rows.select_for_update().values(*STORED)}

    def _count(self, changes: list[Change]) -> None:
        for change in changes:
            if change.record.status == DEACTIVATED and change.old_status != DEACTIVATED:
                self._tally.deactivated += 1
            elif change.old_status is None:
                self._tally.added += 1
            else:
                self._tally.changed += 1

    def _write(self, changes: list[Change], updated: list[str]) -> None:
        for some in _in_parts(changes):
            values = [value for change in some for value in self._row(change)]
            with connection.cursor() as cursor:
                cursor.execute(_upsert(len(some), updated), values)

    def _row(self, change: Change) -> tuple[Any, ...]:
        number, given, family, others, *rest = change.record
        dates = [day.isoformat() if isinstance(day, date) else day for day in rest]
        return (self._run.register, number, given, family, json.dumps(others), *dates, self._run.pk, change.checksum)


def _in_parts(changes: list[Change]) -> Iterator[list[Change]]:
    for start in range(0, len(changes), ROWS_IN_STATEMENT):
        yield changes[start : start + ROWS_IN_STATEMENT]


def _upsert(rows: int, updated: list[str]) -> str:
    """One INSERT … ON CONFLICT for many rows. `bulk_create` writes the same one in four times the time."""
    table = connection.ops.quote_name(RegisterEntry._meta.db_table)
    marks = ", ".join([f"({', '.join(['%s'] * len(COLUMNS))})"] * rows)
    changes = ", ".join(f"{column} = excluded.{column}" for column in updated)
    return (
        f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES {marks} "  # noqa: S608 - names from this module only
        f"ON CONFLICT (register, number) DO UPDATE SET {changes}"
    )


def _change(record: Record, old: dict[str, Any] | None) -> Change | None:
    """What has to be written for a record, or None."""
    if old is None:
        return Change(record, record.checksum(), None)
    settled = _settled(record, old)
    checksum = settled.checksum() if settled else old["checksum"]
    return Change(settled, checksum, old["status"]) if settled and checksum != old["checksum"] else None


def _settled(record: Record, old: dict[str, Any]) -> Record | None:
    """What holds when file and database disagree; None when what is stored does. Files are read in any order.

    A deactivated number comes back only by a reactivation on or after its deactivation; an older report does not
    deactivate it again, and an older file does not undo an update.
    """
    if record.status == DEACTIVATED:
        came_back = old["status"] != DEACTIVATED and _reactivated(old["reactivated_on"], record.deactivated_on)
        return None if came_back else record
    if old["status"] == DEACTIVATED:
        return record if _reactivated(record.reactivated_on, old["deactivated_on"]) else None
    outdated = record.updated_on and old["updated_on"] and record.updated_on < old["updated_on"]
    return None if outdated else record


def _reactivated(reactivated_on: date | None, deactivated_on: date | None) -> bool:
    return bool(reactivated_on and (deactivated_on is None or reactivated_on >= deactivated_on))

"""Imports one official file from start to end and records that it happened.

The import as a whole is not one transaction: a full file has millions of rows. Each batch is, and so is the end, which
writes the figures and the one event by which holders of changed numbers are checked again.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict
from hashlib import file_digest
from itertools import chain
from pathlib import Path
from typing import Final

from django.db import transaction

from community.core.actors import Actor
from community.core.clock import now
from community.core.events import record
from community.credentials.models.register import RegisterImport

from .nppes import Nppes
from .nppes_deactivated import NppesDeactivated
from .records import Record, Tally, WrongFile
from .rpps import Rpps
from .source import Source
from .writing import Writer

SOURCES: Final[dict[str, type[Source]]] = {source.kind: source for source in (Nppes, NppesDeactivated, Rpps)}
# Between two looks at the clock: often enough for a steady display, seldom enough to cost nothing.
ROWS_BETWEEN_TICKS: Final = 500

Watch = Callable[[Tally, Callable[[], float]], Callable[[], None]]
"""Given the tally and a look at the share read so far, a function that is called now and then."""


def import_file(kind: str, path: Path, *, by: Actor, watch: Watch | None = None) -> RegisterImport:
    """Read an official file of a kind in SOURCES. Idempotent; broken off, it is completed by reading it again.

    Raises WrongFile, with nothing changed, or DamagedFile, with what came before the damage kept and recorded.
    """
    source, tally = SOURCES[kind](), Tally()
    if watch:
        source.pulse = watch(tally, lambda: source.fraction())
    with closing(source.open(path, tally)) as records:
        first = next(records, None)
        if tally.rows_read == 0:
            raise WrongFile("The file has no rows. Nothing was changed.")
        run = _start(source, path)
        end_abandoned(run, by=by)
        complete = False
        try:
            _write(Writer(run, tally), chain(filter(None, [first]), records), source.pulse)
            complete = True
        finally:
            end_import(run, tally, by=by, complete=complete)
    return run


@transaction.atomic
def end_import(run: RegisterImport, tally: Tally, *, by: Actor, complete: bool) -> RegisterImport:
    """Write the figures and the event. Only commands call it; there is nobody whose right could be asked for."""
    figures = asdict(tally) | {"refused": tally.refused, "refusals": dict(tally.refusals)}
    RegisterImport.objects.filter(pk=run.pk).update(**figures, finished_at=now(), was_complete=complete)
    run.refresh_from_db()
    _announce(run, by=by)
    return run


@transaction.atomic
def end_abandoned(run: RegisterImport, *, by: Actor) -> None:
    """End earlier imports of this kind whose process died: what they wrote is not written again, only announced."""
    for abandoned in RegisterImport.objects.filter(kind=run.kind, finished_at=None, pk__lt=run.pk).select_for_update():
        abandoned.finished_at = now()
        abandoned.save(update_fields=["finished_at"])
        _announce(abandoned, by=by)


def _start(source: Source, path: Path) -> RegisterImport:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return RegisterImport.objects.create(
        register=source.register, kind=source.kind, file_name=path.name[:255], digest=digest
    )


def _write(writer: Writer, records: Iterable[Record], pulse: Callable[[], None]) -> None:
    for number, entry in enumerate(records):
        writer.add(entry)
        if number % ROWS_BETWEEN_TICKS == 0:
            pulse()
    writer.flush()


def _announce(run: RegisterImport, *, by: Actor) -> None:
    record(
        "credentials.register.imported",
        by=by,
        target=run,
        register=run.register,
        kind=run.kind,
        added=run.added,
        changed=run.changed,
        deactivated=run.deactivated,
    )

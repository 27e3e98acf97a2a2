"""The audit chain: seals batches of events and finds any altered, dropped or reordered one.

Each seal lists [event id, digest of the event] for a batch and is hashed over the previous seal. The head is also
appended to a file outside the database, so that cutting off the end of the chain shows as well.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from community.core.clock import now
from community.core.models import Event, Seal

BATCH = 1000
LATE_WINDOW = 10_000
GENESIS = "0" * 64
FIELDS = ("id", "verb", "actor_id", "target_type", "target_id", "facts", "at")


@dataclass(frozen=True)
class Report:
    """What `verify` found: `broken` is empty when the chain is sound, else it names the first broken row."""

    head: str
    seals: int
    sealed: int
    pending: int
    broken: str = ""


def seal_pending() -> int:
    """Seal every event that no seal holds yet; returns how many. One seal holds up to 1,000 events.

    An event whose transaction commits late has a lower id than one sealed before it: it is found by its absence.
    """
    total = 0
    while count := _seal_batch():
        total += count
    return total


def verify() -> Report:
    """Recompute the whole chain and compare every sealed event with the row that stands in the table now."""
    head, number, sealed, seen = GENESIS, 0, 0, set[int]()
    for seal in Seal.objects.order_by("number").iterator(chunk_size=20):
        number += 1
        broken = _broken_link(seal, number, head, seen)
        if broken:
            return Report(head, number, sealed, 0, broken)
        seen.update(entry[0] for entry in seal.entries)
        head, sealed = seal.digest, sealed + len(seal.entries)
    return Report(head, number, sealed, Event.objects.count() - sealed, _cut_off(number, head))


def event_digest(row: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of an event's fields."""
    at: datetime = row["at"]
    canonical = {**row, "at": at.astimezone(UTC).isoformat(timespec="microseconds")}
    return hashlib.sha256(json.dumps(canonical, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def seal_digest(previous: str, number: int, entries: list[list[Any]]) -> str:
    text = json.dumps([previous, number, entries], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def _seal_batch() -> int:
    last = Seal.objects.select_for_update().order_by("-number").first()
    rows = _pending()
    if not rows:
        return 0
    number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
    entries = [[row["id"], event_digest(row)] for row in rows]
    digest = seal_digest(previous, number, entries)
    highest = max(rows[-1]["id"], last.last_event_id if last else 0)
    Seal.objects.create(number=number, previous=previous, entries=entries, digest=digest, last_event_id=highest)
    transaction.on_commit(lambda: _write_head(number, digest))
    return len(rows)


def _pending() -> list[dict[str, Any]]:
    """The next unsealed events, late ones among the last 10,000 ids included."""
    last = Seal.objects.order_by("-last_event_id").values_list("last_event_id", flat=True).first() or 0
    waiting = Q(id__gt=last) | Q(id__in=_late(last)[:BATCH])
    return list(Event.objects.filter(waiting).order_by("id").values(*FIELDS)[:BATCH])


def _late(last: int) -> list[int]:
    """Ids up to `last` that were not there when their neighbours were sealed."""
    window = last - LATE_WINDOW
    recent = Seal.objects.filter(last_event_id__gt=window).values_list("entries", flat=True)
    known = {entry[0] for entries in recent for entry in entries}
    present = Event.objects.filter(id__gt=window, id__lte=last).values_list("id", flat=True)
    return sorted(set(present) - known)


def _broken_link(seal: Seal, number: int, head: str, seen: set[int]) -> str:
    if seal.number != number or seal.previous != head:
        return f"seal {number}: missing or out of order"
    if seal.digest != seal_digest(head, number, seal.entries):
        return f"seal {number}: altered"
    ids = [entry[0] for entry in seal.entries]
    if len(set(ids)) != len(ids) or not seen.isdisjoint(ids):
        return f"seal {number}: an event is sealed twice"
    return _broken_event(ids, dict(seal.entries))


def _broken_event(ids: list[int], digests: dict[int, str]) -> str:
    rows = {row["id"]: row for row in Event.objects.filter(id__gte=min(ids), id__lte=max(ids)).values(*FIELDS)}
    for pk in ids:
        if pk not in rows:
            return f"event {pk}: dropped"
        if event_digest(rows[pk]) != digests[pk]:
            return f"event {pk}: altered"
    return ""


def _heads() -> Path:
    return Path(settings.DATA_DIR) / "audit" / "heads.log"


def _write_head(number: int, digest: str) -> None:
    path = _heads()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(f"{now().isoformat(timespec='seconds')} {number} {digest}\n")


def note_rewind() -> Report:
    """After a restored backup: tell the file of heads where the chain goes on from, and verify the chain."""
    last = Seal.objects.order_by("-number").first()
    _write_head(*((last.number, last.digest) if last else (0, GENESIS)))
    return verify()


def _cut_off(number: int, head: str) -> str:
    """Compare with the last head written outside the database."""
    try:
        last = _heads().read_text(encoding="ascii").splitlines()[-1].split()
    except (OSError, IndexError):
        return ""
    if int(last[1]) > number:
        return f"seal {number + 1}: cut off (the file of heads knows {last[1]} seals)"
    if int(last[1]) == number and last[2] != head:
        return f"seal {number}: not the one the file of heads knows"
    return ""

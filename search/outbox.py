"""Takes what the triggers wrote and makes the documents anew, in one transaction with the taking.

Whatever dies in between, nothing is lost and nothing is done by halves. One process takes at a time: the newest state
of a row is what the index ends with.
"""

import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from time import monotonic, sleep

from django.db import OperationalError, transaction

from community.core.clock import now
from search.documents.sources import Source, source_of, sources
from search.models import Document, Outbox
from search.semantic import learning
from search.shipments import queue
from search.turns import is_our_turn

log = logging.getLogger(__name__)

Found = dict[str, list[int]]

BATCH, PAUSE = 500, 0.12
FIELDS = [field.name for field in Document._meta.concrete_fields if field.name not in {"id", "kind", "key"}]


def drain(limit: int = BATCH, order: str = "pk") -> int:
    """Bring the index up to date with at most `limit` changes; returns how many (0: none, or not our turn)."""
    if not Outbox.objects.exists():
        return 0
    with transaction.atomic():
        if not is_our_turn():
            return 0
        rows = list(Outbox.objects.order_by(order).values_list("pk", "kind", "key")[:limit])
        write({(kind, key) for _pk, kind, key in rows})
        Outbox.objects.filter(pk__in=[pk for pk, _kind, _key in rows]).delete()
    return len(rows)


def drain_all() -> int:
    """Until nothing is left."""
    total = 0
    while taken := drain():
        total += taken
    return total


def catch_up(limit: int = 200) -> None:
    """Before a search: the newest of what waits, so that one finds at once what one has just written.

    The order of taking does not matter, for a document is made from the present state of its source.
    """
    try:
        drain(limit, "-pk")
    except OperationalError:  # Somebody else is writing; the clock does it within seconds.
        log.info("search was asked while the database was busy")


def is_behind() -> bool:
    """Whether any change waits."""
    return Outbox.objects.exists()


def lag() -> float:
    """How many seconds the oldest change has been waiting."""
    oldest = Outbox.objects.order_by("pk").values_list("at", flat=True).first()
    return max(0.0, (now() - oldest).total_seconds()) if oldest else 0.0


def write(things: Iterable[tuple[str, int]]) -> None:
    """Make the documents of these things anew and drop those that may no longer be found."""
    by_kind: dict[str, set[int]] = {}
    for kind, key in things:
        by_kind.setdefault(kind, set()).add(key)
    for kind, keys in by_kind.items():
        documents = list(source_of(kind).describe(sorted(keys)))
        _put(documents)
        learning.note(documents)
        gone = keys - {document.key for document in documents}
        Document.objects.filter(kind=kind, key__in=gone).delete()
        queue((kind, key) for key in sorted(keys))


def rebuild() -> int:
    """Make every document anew, in small transactions while the site goes on; then drop what has no source. What has
    been waiting until now is done with it; what comes meanwhile goes on waiting."""
    waiting = list(Outbox.objects.values_list("pk", flat=True))
    total = 0
    for source, batch in _in_turns():
        with transaction.atomic():
            is_our_turn(wait=True)
            write((source.kind, key) for key in batch)
        total += len(batch)
        if len(batch) == BATCH:
            sleep(PAUSE)  # in which others write
    for source in sources():
        stored = set(Document.objects.filter(kind=source.kind).values_list("key", flat=True))
        repair({str(source.kind): {"ghost": sorted(stored.difference(source.all_keys()))}})
    for start in range(0, len(waiting), BATCH):
        Outbox.objects.filter(pk__in=waiting[start : start + BATCH]).delete()
    return total


def _in_turns() -> Iterator[tuple[Source, list[int]]]:
    """The keys of all kinds in batches, oldest first, each kind in step with the others: the numbers of documents tell
    engines which are the newest (see engines/looks.py)."""
    turns: list[tuple[float, Source, list[int]]] = []
    for source in sources():
        keys = list(source.all_keys())
        batches = [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
        turns += [(place / len(batches), source, batch) for place, batch in enumerate(batches, start=1)]
    for _share, source, batch in sorted(turns, key=lambda turn: turn[0]):
        yield source, batch


def differences() -> dict[str, Found]:
    """For each kind the keys that are missing in the index, are there without a source, or differ from it."""
    every: dict[str, Found] = {}
    for source in sources():
        found: Found = {"missing": [], "ghost": [], "stale": []}
        every[str(source.kind)] = found
        for _last, part in _parts(source):
            for name, keys in part.items():
                found[name] += keys
    return every


def kinds() -> list[str]:
    """Every kind of thing that can be found."""
    return [str(source.kind) for source in sources()]


def look(kind: str, after: int, seconds: float) -> tuple[str, int] | None:
    """Compare and mend for about so long what has a key above `after`; returns where to go on, None at the end."""
    until = monotonic() + seconds
    for last, part in _parts(source_of(kind), after):
        repair({kind: part})
        if last is not None and monotonic() >= until:
            return kind, last
    following = kinds()[kinds().index(kind) + 1 :]
    return (following[0], 0) if following else None


def _parts(source: Source, after: int = 0) -> Iterator[tuple[int | None, Found]]:
    """The differences of a few hundred keys at a time, and the last of these keys (None: there are no more)."""
    keys = iter([key for key in source.all_keys() if key > after])
    while True:
        batch = list(islice(keys, BATCH))
        last = batch[-1] if len(batch) == BATCH else None
        kept = Document.objects.filter(kind=source.kind, key__gt=after)
        stored = {each.key: each for each in (kept if last is None else kept.filter(key__lte=last))}
        fresh = {each.key: each for each in source.describe(batch)} if batch else {}
        yield (
            last,
            {
                "missing": sorted(fresh.keys() - stored.keys()),
                "ghost": sorted(stored.keys() - fresh.keys()),
                "stale": [key for key in sorted(fresh.keys() & stored.keys()) if _differs(stored[key], fresh[key])],
            },
        )
        if last is None:
            return
        after = last


def repair(found: dict[str, Found]) -> None:
    """Make right what `differences` found."""
    for kind, kinds in found.items():
        keys = [key for each in kinds.values() for key in each]
        for start in range(0, len(keys), BATCH):
            with transaction.atomic():
                is_our_turn(wait=True)
                write((kind, key) for key in keys[start : start + BATCH])


def _put(documents: list[Document]) -> None:
    moment = now()
    for document in documents:
        document.indexed_at = moment
        document.at = document.at or moment
    Document.objects.bulk_create(
        documents, update_conflicts=True, unique_fields=["kind", "key"], update_fields=FIELDS, batch_size=200
    )


def _differs(stored: Document, fresh: Document) -> bool:
    names = [name for name in FIELDS if name not in {"indexed_at", "at"}]
    return any(getattr(stored, name) != getattr(fresh, name) for name in names)

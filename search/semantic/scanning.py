"""The nearest texts by an exact scan over the vectors of the database, for the engines inside it.

Each process keeps the vectors of the newest MOST documents in memory, a byte for each dimension: 384 bytes for a
document, 38 MB for 100,000. New ones are read before each search. What has gone since is harmless: who may see what,
and whether the text is still the one that was read, is asked of the database for every candidate.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.db import connection

from search.engines import sql
from search.engines.plan import Candidate, Condition, Plan
from search.models import Meaning
from search.semantic.model import DIMENSIONS, NAME

MOST, NEAREST, LEAST = 200_000, 100, 0.3
CHUNK, ASKED_AT_ONCE, ROUNDS = 8192, 500, 3
# A transaction that ends late may bring rows that look older than the newest.
LATE = timedelta(minutes=2)


@dataclass
class Kept:
    """Vectors of documents by number, in no order; `lengths` undo what packing did."""

    numbers: Any
    rows: Any
    lengths: Any
    places: dict[int, int]
    until: datetime | None = None


_kept: Kept | None = None
_lock = Lock()


def nearest(plan: Plan) -> list[Candidate]:
    """At most NEAREST documents that the plan allows, nearest first; their score is the cosine, at least LEAST."""
    order, cosines = _by_nearness(plan)
    found: list[Candidate] = []
    for start in range(0, min(len(order), ASKED_AT_ONCE * ROUNDS), ASKED_AT_ONCE):
        found += _allowed(plan, order[start : start + ASKED_AT_ONCE])
        if len(found) >= NEAREST:
            break
    else:
        if len(order) > ASKED_AT_ONCE * ROUNDS:  # Few of the nearest are for this reader: begin with what is.
            permitted = _permitted(plan)
            rest = [each for each in order[ASKED_AT_ONCE * ROUNDS :] if each in permitted]
            found += _allowed(plan, rest[: NEAREST - len(found)])
    for each in found:
        each.score = cosines[each.id]
    return sorted(found, key=lambda each: (-each.score, -each.id))[:NEAREST]


def cosines(plan: Plan, numbers: list[int]) -> dict[int, float]:
    """How near documents are that were found by their words; those without a vector are left out."""
    import numpy  # noqa: PLC0415

    rows = Meaning.objects.filter(pk__in=numbers, model=NAME, values__isnull=False).values_list("pk", "values")
    packed = {number: numpy.frombuffer(bytes(values or b""), dtype=numpy.int8) for number, values in rows}
    if not packed:
        return {}
    vectors = numpy.stack(list(packed.values()))
    found = vectors.astype(numpy.float32) @ numpy.array(plan.meaning, dtype=numpy.float32) / _length(vectors)
    return dict(zip(packed, map(float, found), strict=True))


def refresh() -> None:
    """Read vectors that are new to this process."""
    with _lock:
        _read_new()


def is_loaded() -> bool:
    return _kept is not None


def forget() -> None:
    """Read everything anew: the documents are others now."""
    global _kept
    with _lock:
        _kept = None


def _by_nearness(plan: Plan) -> tuple[list[int], dict[int, float]]:
    """The numbers of all documents that are near enough, nearest first, with their cosines."""
    import numpy  # noqa: PLC0415 - the extra is imported where it is used

    with _lock:
        kept = _read_new()
        question = numpy.array(plan.meaning, dtype=numpy.float32)
        cosines = numpy.zeros(len(kept.numbers), dtype=numpy.float32)
        for start in range(0, len(cosines), CHUNK):
            part = slice(start, start + CHUNK)
            cosines[part] = kept.rows[part].astype(numpy.float32) @ question / kept.lengths[part]
        near = numpy.flatnonzero(cosines >= LEAST)
        near = near[numpy.argsort(-cosines[near], kind="stable")]
        numbers = [int(each) for each in kept.numbers[near]]
        return numbers, dict(zip(numbers, map(float, cosines[near]), strict=True))


def _allowed(plan: Plan, numbers: list[int]) -> list[Candidate]:
    """Those that the plan's viewer and conditions allow, and whose text is the one that was read."""
    narrowed = replace(plan, conditions=(*plan.conditions, Condition("id", "in", tuple(numbers))), limit=len(numbers))
    _conditions, values = sql.where(narrowed)
    statement = sql.select("0", narrowed, source=SOURCE, matching="m.model = %s AND ", order="d.id DESC")
    return sql.run(statement, [NAME, *values]) if numbers else []


SOURCE = "search_document d JOIN search_meaning m ON m.document_id = d.id"


def _permitted(plan: Plan) -> set[int]:
    conditions, values = sql.where(plan)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.id FROM search_document d WHERE {conditions}", values)  # noqa: S608 - of our own
        return {number for (number,) in cursor.fetchall()}


def _read_new() -> Kept:
    """What this process keeps, with what has come since; called under the lock."""
    global _kept
    import numpy  # noqa: PLC0415

    if _kept is None:
        empty = numpy.zeros((0, DIMENSIONS), dtype=numpy.int8)
        _kept = Kept(numpy.zeros(0, dtype=numpy.int64), empty, numpy.zeros(0, dtype=numpy.float32), {})
    numbers, values = [], []
    for number, packed, at in _rows(_kept.until):
        _kept.until = max(_kept.until or at, at)
        row = numpy.frombuffer(bytes(packed), dtype=numpy.int8)
        place = _kept.places.get(number)
        if place is None:
            numbers.append(number)
            values.append(row)
        elif not numpy.array_equal(_kept.rows[place], row):
            _kept.rows[place], _kept.lengths[place] = row, _length(row[None])[0]
    if numbers:
        _append(_kept, numbers, numpy.stack(values))
    return _kept


def _append(kept: Kept, numbers: list[int], rows: Any) -> None:
    import numpy  # noqa: PLC0415

    kept.places |= {number: len(kept.numbers) + index for index, number in enumerate(numbers)}
    kept.numbers = numpy.concatenate([kept.numbers, numpy.array(numbers, dtype=numpy.int64)])
    kept.rows = numpy.concatenate([kept.rows, rows])
    kept.lengths = numpy.concatenate([kept.lengths, _length(rows)])


def _length(rows: Any) -> Any:
    import numpy  # noqa: PLC0415

    return numpy.maximum(numpy.linalg.norm(rows.astype(numpy.float32), axis=1), 1e-6).astype(numpy.float32)


def _rows(since: datetime | None) -> Iterator[tuple[int, Any, Any]]:
    found = Meaning.objects.filter(model=NAME, values__isnull=False)
    if since is not None:
        found = found.filter(at__gt=since - LATE)
    return found.order_by("-pk").values_list("pk", "values", "at")[:MOST].iterator(chunk_size=5000)

"""What is searched for, counted without anybody: the few words of a question, by week, never with a person.

Each person counts once a week for the same words; who has counted is remembered by a keyed digest in the memory of the
process only. The counts wait there for a minute and are then written together. Words are written only if the guard
passes them, if they are few and hold no long number; long questions tell too much and are not counted. Editors see
words from LEAST on. Words that stay rarer are deleted after two weeks, all others after a quarter of a year.
"""

import hashlib
import logging
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock
from time import monotonic
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F, Sum

from community.core.clock import now
from community.core.errors import Refused
from community.core.screening import screen_words
from search.analysis import fold
from search.grammar import parse
from search.models import AskedWords, SettledWords

log = logging.getLogger(__name__)

MOST_WORDS, LONGEST = 6, 80
LEAST = 3
KEPT, RARE_KEPT, SHOWN_WEEKS = timedelta(weeks=13), timedelta(weeks=2), timedelta(weeks=4)
WAIT, MOST_WAITING, MOST_SEEN = 60.0, 200, 100_000
TELLING = re.compile(r"\d{4}|@")


@dataclass
class Count:
    asked: int = 0
    empty: int = 0
    picked: int = 0
    places: int = 0


@dataclass
class Memory:
    """What this process has counted and not yet written."""

    counts: dict[str, Count] = field(default_factory=dict)
    seen: set[bytes] = field(default_factory=set)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    week: date = date.min
    written_at: float = field(default_factory=monotonic)
    lock: Lock = field(default_factory=Lock)


_memory = Memory()


def note(typed: str, who: object, *, is_empty: bool) -> None:
    """A search by somebody; `who` is digested and never written."""
    text = words_of(typed)
    if text and _is_new(text, who, "asked"):
        _count(text, Count(asked=1, empty=int(is_empty)))


def note_picked(typed: str, who: object, place: int) -> None:
    """A result was opened, the first on the page being 1."""
    text = words_of(typed)
    if text and 1 <= place <= 100 and _is_new(text, who, "picked"):
        _count(text, Count(picked=1, places=place))


def words_of(typed: str) -> str:
    """The words in the box in small letters, without filters; empty where they are many or telling."""
    words = list(dict.fromkeys(" ".join(fold(phrase.shown).split()) for phrase in parse(typed).sought))
    text = " ".join(words)
    is_short = len(text.split()) <= MOST_WORDS and len(text) <= LONGEST
    return text if is_short and not TELLING.search(typed) else ""


def write() -> int:
    """Write what waits; returns how many different words. The clock of each process is its own searches."""
    with _memory.lock:
        waiting, _memory.counts = _memory.counts, {}
        _memory.written_at = monotonic()
    kept = {text: count for text, count in waiting.items() if _is_clean(text)}
    with transaction.atomic():
        for text, count in sorted(kept.items()):
            row, _is_first = AskedWords.objects.get_or_create(week=_week(), text=text)
            changes: dict[str, Any] = {name: F(name) + value for name, value in vars(count).items() if value}
            AskedWords.objects.filter(pk=row.pk).update(**changes)
    return len(kept)


def forget() -> None:
    """Nothing waits and nobody has counted; for tests."""
    _memory.counts.clear()
    _memory.seen.clear()


def drop_old() -> int:
    """What is kept no longer; returns how many rows."""
    today = now().date()
    old = AskedWords.objects.filter(week__lt=today - KEPT)
    rare = AskedWords.objects.filter(week__lt=today - RARE_KEPT, asked__lt=LEAST)
    SettledWords.objects.filter(until__lt=today).delete()
    return old.delete()[0] + rare.delete()[0]


def often() -> Any:
    """What has been searched for most in the last four weeks; nothing rarer than LEAST."""
    return _sums(now().date() - SHOWN_WEEKS).order_by("-total", "text")


def without_results() -> Any:
    """Words that mostly found nothing and that nobody has seen to, the most searched for first."""
    today = now().date()
    settled = SettledWords.objects.filter(until__gte=today).values("text")
    found = _sums(today - KEPT).filter(nothing__gte=LEAST).filter(nothing__gte=F("total") / 2)
    return found.exclude(text__in=settled).order_by("-nothing", "text")


def _sums(since: date) -> Any:
    counted = AskedWords.objects.filter(week__gte=since).values("text")
    counted = counted.annotate(total=Sum("asked"), nothing=Sum("empty"), opened=Sum("picked"), place_sum=Sum("places"))
    return counted.filter(total__gte=LEAST)


def _count(text: str, more: Count) -> None:
    with _memory.lock:
        count = _memory.counts.setdefault(text, Count())
        for name, value in vars(more).items():
            setattr(count, name, getattr(count, name) + value)
        is_due = len(_memory.counts) >= MOST_WAITING or monotonic() - _memory.written_at > WAIT
    if is_due:
        try:
            write()
        except DatabaseError:  # Counts are not worth a page that fails.
            log.info("counts of searches were not written")


def _is_new(text: str, who: object, what: str) -> bool:
    week = _week()
    with _memory.lock:
        if _memory.week != week or len(_memory.seen) > MOST_SEEN:
            _memory.week, _memory.seen, _memory.key = week, set(), secrets.token_bytes(32)
        digest = hashlib.blake2b(f"{what}:{who}:{text}".encode(), key=_memory.key, digest_size=12).digest()
        is_new = digest not in _memory.seen
        _memory.seen.add(digest)
    return is_new


def _is_clean(text: str) -> bool:
    try:
        return screen_words("title", text=text).outcome == "pass"
    except Refused:
        return False


def _week() -> date:
    today = now().date()
    return today - timedelta(days=today.weekday())


def mean_place(row: dict[str, Any]) -> float | None:
    """At which place the results stood that were opened, on average."""
    return round(row["place_sum"] / row["opened"], 1) if row["opened"] else None


def rows(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Counts as the page shows them."""
    return [
        {**row, "place": mean_place(row), "share": round(100 * min(row["nothing"], row["total"]) / row["total"])}
        for row in found
    ]

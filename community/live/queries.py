"""Reads of topics, for the hub: one query for what is new, whoever listens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model

from community.live.models import Entry, Recheck, Topic

PAGE = 50
LARGEST_GAP = 500


@dataclass(frozen=True)
class Page:
    """Entries of a topic for one join. `is_gap` means: too much to replay, load the page afresh."""

    epoch: str
    seq: int
    events: list[dict[str, Any]]
    is_gap: bool = False


def heads(names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Topic name → (last sequence number, epoch), for those that exist."""
    rows = Topic.objects.filter(name__in=list(names)).values_list("name", "last_seq", "epoch")
    return {name: (seq, str(epoch)) for name, seq, epoch in rows}


def page_for(name: str, since: int | None, epoch: str | None) -> Page:
    """What a client that joins gets: everything after `since`, or the newest entries."""
    topic = Topic.objects.filter(name=name).first()
    if topic is None:
        return Page("", 0, [], is_gap=bool(since))
    # A topic may come to be after its first reader joined, who was told of no epoch and has lost nothing.
    is_lost = bool(since) and (epoch not in {"", str(topic.epoch)} or (since or 0) > topic.last_seq)
    start = topic.last_seq - PAGE if since is None else since
    if is_lost or topic.last_seq - start > LARGEST_GAP:
        return Page(str(topic.epoch), topic.last_seq, [], is_gap=True)
    return Page(str(topic.epoch), topic.last_seq, entries_after(name, max(0, start), topic.last_seq))


def entries_after(name: str, since: int, until: int) -> list[dict[str, Any]]:
    """The entries with since < seq <= until, as clients see them."""
    rows = list(Entry.objects.filter(topic__name=name, seq__gt=since, seq__lte=until).order_by("seq"))
    handles = _handles({row.sender_id for row in rows if row.sender_id})
    return [
        {
            "seq": row.seq,
            "verb": row.verb,
            "at": row.at.isoformat(),
            "by": handles.get(row.sender_id or 0),
            "body": row.body,
        }
        for row in rows
    ]


def flush(names: Iterable[str]) -> None:
    """Nothing waits to be told: entries of live itself are told when they are written."""


def rechecks_since(moment: datetime) -> list[int]:
    return list(Recheck.objects.filter(at__gte=moment).values_list("member_id", flat=True))


def _handles(ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    return dict(get_user_model()._default_manager.filter(pk__in=ids).values_list("pk", "handle"))

"""The log of rooms: appending inside an operation, and reading it back for sockets, pages and replay.

The live hub reads rooms through `heads`, `page_for`, `entries_after` and `flush`, as it reads topics through
live.queries.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from community.core.clock import now
from community.core.errors import Missing
from community.live.operations import ring
from community.live.queries import LARGEST_GAP, PAGE, Page
from webinars.models import Receipt, Room, RoomEvent, Webinar

Answer = dict[str, Any]
Operation = Callable[..., Answer]

log = logging.getLogger(__name__)

TALLY_EVERY = timedelta(seconds=1)


def topic_of(webinar: Webinar) -> str:
    """The name under which the hub knows a room."""
    return f"room:{webinar.slug}"


def locked_room(slug: str) -> Room:
    """The room of the webinar at `slug`, locked until the transaction ends; made at first need."""
    rooms = Room.objects.select_for_update(of=("self",)).select_related("webinar").filter(webinar__slug=slug)
    room = rooms.first()
    if room is None:
        _make_room(slug)
        room = rooms.first()
    if room is None:
        raise Missing
    return room


def _make_room(slug: str) -> None:
    """The first event of every room says how it is set, so that a page needs nothing but the log."""
    webinar = Webinar.objects.filter(slug=slug).first()
    if webinar is None:
        raise Missing
    _room, is_new = Room.objects.get_or_create(webinar=webinar)
    if is_new:
        append(locked_room(slug), "room.changed", settings_of(webinar))


def settings_of(webinar: Webinar) -> dict[str, Any]:
    """How a room is set, as `room.changed` tells it."""
    return {name: getattr(webinar, name) for name in ("chat_open", "slow_seconds", "questions_queued")}


def append(
    room: Room,
    verb: str,
    body: dict[str, Any],
    *,
    by: Any = None,
    ref: str | UUID | None = None,
    media_at: float | None = None,
    is_anonymous: bool = False,
) -> RoomEvent:
    """Write the next event of a locked room and ring after commit. `by` is a member, or None for the system."""
    room.last_seq += 1
    Room.objects.filter(pk=room.pk).update(last_seq=room.last_seq)
    event = RoomEvent.objects.create(
        room=room,
        seq=room.last_seq,
        verb=verb,
        body=body,
        sender=by,
        ref=ref,
        media_at=media_at,
        is_anonymous=is_anonymous,
    )
    ring(topic_of(room.webinar), event.seq)
    return event


def once(operation: Operation) -> Operation:
    """Answer a repeated `ref` as it was answered before, and store nothing; also where two arrive at the same moment.

    Goes over `transaction.atomic`: the second of two has failed on the constraint by then and left nothing behind.
    """

    @wraps(operation)
    def run(slug: str, *, by: Any, ref: str | UUID | None = None, **given: Any) -> Answer:
        known = answered_before(by, ref)
        if known is not None:
            return known
        try:
            return operation(slug, by=by, ref=ref, **given)
        except IntegrityError:
            known = answered_before(by, ref)
            if known is None:
                raise
            return known

    return run


def answered_before(by: Any, ref: str | UUID | None) -> Answer | None:
    """What this sender's `ref` was answered, if it was ever used."""
    if ref is None:
        return None
    event = RoomEvent.objects.filter(sender=by, ref=ref).only("seq", "verb", "body").first()
    if event is not None:
        return answer_of(event)
    return Receipt.objects.filter(sender=by, ref=ref).values_list("answer", flat=True).first()


def answer_of(event: RoomEvent) -> Answer:
    """What the sender of an event is told: its number and what it made, the same however often they ask."""
    made = {"question": event.body.get("question"), "poll": event.body.get("poll")}
    if isinstance(made["poll"], dict):
        made["poll"] = made["poll"]["id"]
    return {"seq": event.seq, **{name: value for name, value in made.items() if value}}


def give_receipt(room: Room, by: Any, ref: str | UUID | None, **more: Any) -> Answer:
    """The answer to a command without an event of its own, kept for when the command is repeated."""
    answer = {"seq": room.last_seq, **more}
    if ref is not None:
        Receipt.objects.create(sender=by, ref=ref, answer=answer)
    return answer


def tallies_are_due(room: Room) -> None:
    """Remember that votes or results changed; `flush` tells the room within about a second."""
    Room.objects.filter(pk=room.pk).update(tallies_due=True)


# --- What the hub asks -----------------------------------------------------------------------------------------


def heads(names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Topic name → (last sequence number, epoch), for those rooms that exist."""
    slugs = [name.removeprefix("room:") for name in names]
    rows = Room.objects.filter(webinar__slug__in=slugs).values_list("webinar__slug", "last_seq", "epoch")
    return {f"room:{slug}": (seq, str(epoch)) for slug, seq, epoch in rows}


def page_for(name: str, since: int | None, epoch: str | None) -> Page:
    """What a client that joins gets: everything after `since`, or the newest events."""
    room = Room.objects.filter(webinar__slug=name.removeprefix("room:")).first()
    if room is None:
        return Page("", 0, [], is_gap=bool(since))
    is_lost = bool(since) and (epoch not in {"", str(room.epoch)} or (since or 0) > room.last_seq)
    start = room.last_seq - PAGE if since is None else since
    if is_lost or room.last_seq - start > LARGEST_GAP:
        return Page(str(room.epoch), room.last_seq, [], is_gap=True)
    return Page(str(room.epoch), room.last_seq, _events(Q(room=room), max(0, start), room.last_seq))


def entries_after(name: str, since: int, until: int) -> list[dict[str, Any]]:
    """The events with since < seq <= until, as everybody in the room sees them."""
    return _events(Q(room__webinar__slug=name.removeprefix("room:")), since, until)


def _events(of_room: Q, since: int, until: int) -> list[dict[str, Any]]:
    rows = RoomEvent.objects.filter(of_room, seq__gt=since, seq__lte=until).order_by("seq")
    return [as_frame(*row) for row in rows.values_list(*FRAME_FIELDS)]


FRAME_FIELDS = ("seq", "verb", "at", "sender__handle", "is_anonymous", "body", "media_at", "gone")


def as_frame(
    seq: int, verb: str, at: Any, handle: str | None, is_anonymous: bool, body: Any, media_at: float | None, gone: str
) -> dict[str, Any]:
    """An event in the form of contracts.md; `by` is null for whoever asks anonymously."""
    shown = {**body, **({"media_at": media_at} if media_at is not None else {}), **({"gone": gone} if gone else {})}
    return {"seq": seq, "verb": verb, "at": at.isoformat(), "by": None if is_anonymous else handle, "body": shown}


def flush(names: Iterable[str]) -> None:
    """Tell rooms their new votes and results, at most once a second each. Called by every hub, done by one."""
    slugs = [name.removeprefix("room:") for name in names]
    late = now() - TALLY_EVERY
    due = Room.objects.filter(webinar__slug__in=slugs, tallies_due=True)
    for pk in due.filter(Q(tallied_at=None) | Q(tallied_at__lte=late)).values_list("pk", flat=True):
        _tell_tallies(pk, late)


@transaction.atomic
def _tell_tallies(pk: int, late: Any) -> None:
    room = Room.objects.select_for_update(of=("self",)).select_related("webinar").get(pk=pk)
    if not room.tallies_due or (room.tallied_at and room.tallied_at > late):
        return
    Room.objects.filter(pk=pk).update(tallies_due=False, tallied_at=now())
    for verb, body in [found for source in _tallies for found in source(room)]:
        append(room, verb, body)


Tally = Callable[[Room], Iterable[tuple[str, dict[str, Any]]]]

_tallies: list[Tally] = []


def register_tally(source: Tally) -> None:
    """`source(room)` yields (verb, body) for what has changed since it was told last, and marks it as told."""
    if source not in _tallies:
        _tallies.append(source)

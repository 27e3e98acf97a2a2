"""Takes, the chunks they come in and the segments they become. The presenters' socket and the packager call these."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from community.core.actors import SYSTEM, Actor, is_system
from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Conflict, Invalid, Refused
from community.core.events import record
from community.core.policies import require
from webinars.broadcasts import broadcast_of as broadcast_of
from webinars.broadcasts import locked
from webinars.crews import roles_of
from webinars.models import (
    Broadcast,
    Chunk,
    Container,
    Cut,
    Rendition,
    RoomEvent,
    Segment,
    SegmentState,
    Take,
    TakeState,
    Webinar,
    WebinarState,
)
from webinars.policies import may_present
from webinars.roomlog import append, locked_room

HELD_FOR = timedelta(seconds=120)
LEASE = timedelta(seconds=15)
QUIET = timedelta(seconds=10)
# How far the presenter's own clock may stray from ours before we take the moment of arrival instead.
TRUSTED = timedelta(minutes=10)
LARGEST_TAKE = 24 * 1024**3
TOLD_AGAIN = 16  # segments: a process that died between the first one and telling is made good


@dataclass(frozen=True)
class Arrival:
    """A chunk whose bytes are safe under `key`. Its number follows the one before."""

    seq: int
    size: int
    sha256: str
    key: str
    captured_at: datetime | None = None
    container: str = ""


@dataclass(frozen=True)
class Stretch:
    """One segment in one rendition, safe under `key`."""

    rendition: Rendition
    key: str
    size: int
    sha256: str
    start: float
    duration: float


@transaction.atomic
def begin_take(
    webinar: Webinar, *, by: Any, started_at: datetime | None = None, offset: float = 0, number: int | None = None
) -> Take:
    """Begin a take; what ran before is being finished. `started_at` is the sender's clock, `offset` (seconds) what
    the sender measured it to be behind ours. Raises Refused, and Conflict when `number` is not the next."""
    require(may_present(viewer_of(by), roles_of(by, webinar)))
    webinar.refresh_from_db(fields=["state"])
    if webinar.state != WebinarState.LIVE:
        raise Refused("not_live", _("The webinar is not live."))
    broadcast = locked(broadcast_of(webinar))
    last = broadcast.takes.order_by("-number").first()
    following = last.number + 1 if last else 1
    if number is not None and number < following:
        raise Conflict(_("This recording has been taken over by another."))
    broadcast.takes.filter(state=TakeState.OPEN).update(state=TakeState.ENDING, ended_at=now())
    take = Take.objects.create(
        broadcast=broadcast,
        number=number or following,
        by=by,
        started_at=_anchor(broadcast, started_at, offset),
        clock_offset=offset,
        last_chunk_at=now(),
    )
    record("webinars.take.begun", by=by, target=take, webinar=webinar.pk, number=take.number)
    return take


@transaction.atomic
def keep_chunk(take: Take, arrival: Arrival, *, by: Any) -> Take:
    """Add a chunk whose bytes are on disk. Raises Conflict when it is not the one expected, or the take is over."""
    # no-record: the take is the event, and each chunk is a row of its own
    # no-require: the socket asks for the right to present, and only who began a take adds to it
    take = Take.objects.select_for_update().get(pk=take.pk)
    if take.state != TakeState.OPEN or take.by_id != by.pk:
        raise Refused("take_closed", _("This recording has been ended or taken over."))
    if take.next_seq is not None and arrival.seq != take.next_seq:
        raise Conflict(_("Another chunk is expected."), theirs=str(take.next_seq))
    if take.received + arrival.size > LARGEST_TAKE:
        raise Invalid(_("The recording is too long."))
    Chunk.objects.create(
        take=take,
        seq=arrival.seq,
        offset=take.received,
        size=arrival.size,
        captured_at=arrival.captured_at,
        sha256=arrival.sha256,
        key=arrival.key,
    )
    if take.first_seq is None:
        take.first_seq, take.container = arrival.seq, arrival.container
    take.next_seq, take.received, take.last_chunk_at = arrival.seq + 1, take.received + arrival.size, now()
    take.save(update_fields=["first_seq", "container", "next_seq", "received", "last_chunk_at"])
    return take


@transaction.atomic
def end_take(take: Take, *, by: Actor) -> Take:
    """No more chunks will come; what is there is finished by the packager."""
    take = Take.objects.select_for_update().get(pk=take.pk)
    if not is_system(by):
        require(may_present(viewer_of(by), roles_of(by, take.broadcast.webinar)))
    if take.state == TakeState.OPEN:
        take.state, take.ended_at = TakeState.ENDING, now()
        take.save(update_fields=["state", "ended_at"])
    # no-record: closing it, a moment later, is the event
    return take


@transaction.atomic
def close_take(take: Take, *, by: Actor, error: str = "") -> None:
    """All that was sent has become segments, or cannot."""
    # no-require: the packager alone closes takes, when their bytes are used up
    take = Take.objects.select_for_update().get(pk=take.pk)
    if take.state in {TakeState.CLOSED, TakeState.FAILED}:
        return
    take.state, take.error = (TakeState.FAILED if error else TakeState.CLOSED), error
    take.ended_at = take.ended_at or now()
    take.save(update_fields=["state", "error", "ended_at"])
    Broadcast.objects.filter(pk=take.broadcast_id).update(version=F("version") + 1)
    if error:
        record("webinars.take.failed", by=by, target=take, number=take.number, code=error)
    else:
        record("webinars.take.closed", by=by, target=take, number=take.number)


@transaction.atomic
def add_segment(take: Take, stretches: Sequence[Stretch], *, consumed: tuple[int, int], by: Actor) -> None:
    """Put one stretch, in all its renditions, at the end of the recording.

    What falls into a stretch that was cut out is never shown. `consumed` says how many bytes of the take were
    segments before and are now; Conflict when another process was first. The first of `stretches` is the main one
    and sets the time.
    """
    # no-require: the packager acts for the presenter who was let in; no-record: the take is the event
    broadcast = locked(take.broadcast)
    take = Take.objects.select_for_update().get(pk=take.pk)
    if take.consumed != consumed[0] or take.state not in {TakeState.OPEN, TakeState.ENDING}:
        raise Conflict(_("Another process has cut this already, or the take was stopped."))
    main = stretches[0]
    zero = main.start if take.zero is None else take.zero
    start = max(0.0, main.start - zero)
    pdt = take.started_at + timedelta(seconds=start)
    ends_at = pdt + timedelta(seconds=main.duration)
    is_cut = Cut.objects.filter(broadcast=broadcast, wall_from__lt=ends_at, wall_to__gt=pdt).exists()
    for each in stretches:
        Segment.objects.create(
            broadcast=broadcast,
            rendition=each.rendition,
            seq=broadcast.next_segment,
            media_start=broadcast.media_end,
            take_start=start,
            duration=each.duration,
            pdt=pdt,
            size=each.size,
            sha256=each.sha256,
            key=each.key,
            state=SegmentState.REDACTED if is_cut else SegmentState.LIVE,
        )
        peak = int(each.size * 8 / each.duration)
        Rendition.objects.filter(pk=each.rendition.pk, bandwidth__lt=peak).update(bandwidth=peak)
    Take.objects.filter(pk=take.pk).update(zero=zero, consumed=consumed[1])
    Broadcast.objects.filter(pk=broadcast.pk).update(
        next_segment=F("next_segment") + 1,
        media_end=broadcast.media_end + main.duration,
        ends_at=ends_at,
        version=F("version") + 1,
    )
    if broadcast.next_segment % TOLD_AGAIN == 0:
        transaction.on_commit(lambda: tell_first_picture(broadcast.webinar, by=SYSTEM))


@transaction.atomic
def tell_first_picture(webinar: Webinar, *, by: Actor) -> None:
    """Tell the room, once, that there is something to play: players wait for it and ask for nothing before."""
    # no-require: the packager acts for the presenter who was let in; no-record: it stands in the room's log
    room = locked_room(webinar.slug)
    if not RoomEvent.objects.filter(room=room, verb="video.begun").exists():
        append(room, "video.begun", {})


def silent_takes() -> Iterator[tuple[Take, bool]]:
    """Takes that nothing has come for in the last seconds; with each, whether it has been held long enough."""
    running = Take.objects.filter(state__in=[TakeState.OPEN, TakeState.ENDING], last_chunk_at__lt=now() - QUIET)
    for take in running.select_related("broadcast__webinar"):
        is_over = take.broadcast.webinar.state == WebinarState.ENDED
        held = QUIET if is_over else HELD_FOR
        yield take, take.last_chunk_at is None or take.last_chunk_at < now() - held


def lease_take(take: Take, name: str) -> bool:
    """Take or keep the lease on turning this take's chunks into segments; whether `name` has it now."""
    # no-record: which process works is no event; no-require: processes ask, not people; no-atomic: one statement
    free = Q(packager__in=["", name]) | Q(packager_until=None) | Q(packager_until__lt=now())
    running = Take.objects.filter(pk=take.pk, state__in=[TakeState.OPEN, TakeState.ENDING])
    return bool(running.filter(free).update(packager=name, packager_until=now() + LEASE))


def must_be_converted(take: Take) -> None:
    """What browsers do not play everywhere goes through ffmpeg."""
    # no-record: how it is done is no event; no-require: processes ask, not people; no-atomic: one statement
    take.container = Container.OTHER
    Take.objects.filter(pk=take.pk).update(container=take.container)


def _anchor(broadcast: Broadcast, started_at: datetime | None, offset: float) -> datetime:
    """When the take began, by our clock: never in the future, never before the end of what came before it."""
    moment = now()
    anchor = started_at + timedelta(seconds=offset) if started_at else moment
    if not moment - TRUSTED <= anchor <= moment:
        anchor = moment
    return max(anchor, broadcast.ends_at) if broadcast.ends_at else anchor

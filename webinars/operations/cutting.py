"""Taking a stretch out of a webinar, for everybody and at once: picture, sound and the words beside it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.policies import require
from webinars.broadcasts import broadcast_of, locked
from webinars.lines import take_words, unpin_if
from webinars.media import disposal, timeline
from webinars.models import (
    Broadcast,
    Caption,
    Cut,
    CutReason,
    Gone,
    Question,
    QuestionState,
    Room,
    RoomEvent,
    Segment,
    SegmentState,
    Take,
    TakeState,
)
from webinars.questioning import set_state, take_question_words
from webinars.rights import may_run
from webinars.roomlog import Answer, answer_of, append, once
from webinars.seats import seat_in

LONGEST_LOOK_BACK = 600  # seconds
LONGEST_SEGMENT = timedelta(minutes=1)
# The dates of segments are as good as the line to the presenter; what is cut begins and ends a little wider.
MARGIN = timedelta(seconds=1)


@once
@transaction.atomic
def cut_last(
    slug: str,
    *,
    by: Any,
    seconds: int,
    stop: bool = True,
    reason: str = CutReason.OTHER,
    ref: str | UUID | None = None,
) -> Answer:
    """Cut the last `seconds` that were recorded, with what is still on its way; `stop` ends the take as well."""
    if not 1 <= seconds <= LONGEST_LOOK_BACK:
        raise Invalid({"seconds": [_("Between one second and ten minutes.")]})
    until = now() + MARGIN
    return _cut(slug, until - 2 * MARGIN - timedelta(seconds=seconds), until, by=by, stop=stop, reason=reason, ref=ref)


@once
@transaction.atomic
def cut_between(
    slug: str,
    *,
    by: Any,
    start: float,
    end: float,
    reason: str = CutReason.OTHER,
    ref: str | UUID | None = None,
) -> Answer:
    """Cut what lies between two moments of the recording, in seconds."""
    seat = seat_in(slug, by)
    require(may_run(seat))
    if not 0 <= start < end:
        raise Invalid({"end": [_("The end comes after the beginning.")]})
    wall = [timeline.wall_time(seat.webinar, moment) for moment in (start, end)]
    if wall[0] is None or wall[1] is None:
        raise Invalid(_("There is no recording yet."))
    return _cut(slug, wall[0], wall[1], by=by, stop=False, reason=reason, ref=ref)


def _cut(
    slug: str, wall_from: datetime, wall_to: datetime, *, by: Any, stop: bool, reason: str, ref: str | UUID | None
) -> Answer:
    seat = seat_in(slug, by)
    require(may_run(seat))
    if reason not in CutReason.values:
        raise Invalid({"reason": [_("Choose a reason.")]})
    broadcast = locked(broadcast_of(seat.webinar))
    if stop:
        _stop(broadcast)
    start, end = _redact(broadcast, wall_from, wall_to)
    cut = Cut.objects.create(
        broadcast=broadcast,
        media_from=start,
        media_to=end,
        wall_from=wall_from,
        wall_to=wall_to,
        reason=reason,
        by=by,
    )
    Caption.objects.filter(webinar=seat.webinar, media_from__lt=end, media_to__gt=start).delete()
    words = _take_words(seat.log, wall_from, wall_to, (start, end), by)
    Broadcast.objects.filter(pk=broadcast.pk).update(version=F("version") + 1)
    record("webinars.media.cut", by=by, target=cut, webinar=seat.webinar.pk, reason=reason, stopped=stop)
    transaction.on_commit(lambda: disposal.destroy_redacted(broadcast))
    return answer_of(append(seat.log, "media.cut", {"from": start, "to": end, **words}, by=by, ref=ref))


def _stop(broadcast: Broadcast) -> None:
    """End what runs, now: what has not been cut into segments yet will not be."""
    running = Take.objects.filter(broadcast=broadcast, state__in=[TakeState.OPEN, TakeState.ENDING])
    running.update(state=TakeState.CLOSED, ended_at=now())


def _redact(broadcast: Broadcast, wall_from: datetime, wall_to: datetime) -> tuple[float, float]:
    """Mark every segment that touches the stretch; where it lies in the recording, rounded out to segments."""
    near = Segment.objects.filter(broadcast=broadcast, pdt__lt=wall_to, pdt__gt=wall_from - LONGEST_SEGMENT)
    hit = [row for row in near if row.ends_at > wall_from]
    Segment.objects.filter(pk__in=[row.pk for row in hit]).update(state=SegmentState.REDACTED)
    if not hit:
        return broadcast.media_end, broadcast.media_end
    return min(row.media_start for row in hit), max(row.media_start + row.duration for row in hit)


def _take_words(
    room: Room, wall_from: datetime, wall_to: datetime, media: tuple[float, float], by: Any
) -> dict[str, list[Any]]:
    """Lines and questions of the stretch lose their words: those written then, and those written about then."""
    touched = Q(at__gte=wall_from, at__lte=wall_to) | Q(media_at__gte=media[0], media_at__lt=media[1])
    events = RoomEvent.objects.filter(touched, room=room, gone__in=["", Gone.EDITED])
    lines = list(events.filter(verb="chat.said"))
    for line in lines:
        take_words(line, Gone.CUT)
        unpin_if(room, line.seq)
    shown = list(events.filter(verb="question.shown"))
    return {"lines": [line.seq for line in lines], "questions": list(_take_questions(room, shown, by))}


def _take_questions(room: Room, events: Iterable[RoomEvent], by: Any) -> Iterable[str]:
    for event in events:
        question = Question.objects.filter(webinar=room.webinar, public_id=event.body.get("question")).first()
        if question is not None:
            take_question_words(room, question, Gone.CUT)
            set_state(room, question, QuestionState.HIDDEN, by=by)
            yield question.public_id

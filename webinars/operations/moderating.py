"""What moderators of a room do: hide lines and questions, mute, ban, set the room, and the panic button."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Invalid, Missing
from community.core.events import record
from community.core.policies import require
from community.live.operations import recheck
from community.members.models import Member
from community.moderation import operations as moderation
from community.moderation.models import Outcome, Reason
from webinars.crews import crew_of
from webinars.desks import ring_desk
from webinars.lines import line_at, put_back, take_words, unpin_if
from webinars.models import Gone, Hand, HeldLine, Question, QuestionState, Room, RoomEvent, RoomLimit, Webinar
from webinars.questioning import change, put_question_back, question_in, set_state, take_question_words
from webinars.rights import may_limit, may_moderate
from webinars.roomlog import (
    Answer,
    answer_of,
    append,
    give_receipt,
    locked_room,
    once,
    settings_of,
    tallies_are_due,
)
from webinars.seats import Seat, seat_in

Kind = RoomLimit.Kind
SLOWEST = 600
PANIC_SECONDS = 120


@once
@transaction.atomic
def hide_line(slug: str, *, by: Any, seq: int, reason: str = Reason.OTHER, ref: str | UUID | None = None) -> Answer:
    """Hide a line for everybody, at once, with a reason from the list."""
    seat = seat_in(slug, by)
    require(may_moderate(seat))
    _check(reason)
    line = line_at(seat.log, seq)
    if line.gone not in {"", Gone.EDITED}:
        return give_receipt(seat.log, by, ref)
    return answer_of(_hide(seat.log, line, by=by, reason=reason, ref=ref))


@once
@transaction.atomic
def hide_question(
    slug: str, *, by: Any, question: str, reason: str = Reason.OTHER, ref: str | UUID | None = None
) -> Answer:
    """Hide a question for everybody, at once, with a reason from the list."""
    seat = seat_in(slug, by)
    require(may_moderate(seat))
    _check(reason)
    found = question_in(seat.log, question)
    if found.state in {QuestionState.HIDDEN, QuestionState.WITHDRAWN}:
        return give_receipt(seat.log, by, ref)
    record("webinars.question.hidden", by=by, target=found, room=seat.log.pk, reason=reason)
    take_question_words(seat.log, found, Gone.HIDDEN, keep=True)
    return change(seat, found, ref=ref, state=QuestionState.HIDDEN, pinned=False)


@transaction.atomic
def hide_reported(target: RoomEvent, *, by: Any) -> RoomEvent:
    """Hide a reported line or question: moderation calls this after its decision."""
    # no-require: moderation has asked its policy about the moderator
    room = locked_room(target.room.webinar.slug)
    event = RoomEvent.objects.get(pk=target.pk)
    if event.gone not in {"", Gone.EDITED}:
        return event
    if event.verb == "chat.said":
        _hide(room, event, by=by, reason=Reason.OTHER, ref=None)
        return event
    found = question_in(room, event.body["question"])
    record("webinars.question.hidden", by=by, target=found, room=room.pk, reason=Reason.OTHER)
    take_question_words(room, found, Gone.HIDDEN, keep=True)
    set_state(room, found, QuestionState.HIDDEN, by=by)
    return event


@transaction.atomic
def restore_reported(target: RoomEvent, *, by: Any) -> RoomEvent:
    """Show a hidden line or question again: moderation calls this after the decision of a second moderator."""
    # no-require: moderation has asked its policy about the moderator
    room = locked_room(target.room.webinar.slug)
    event = RoomEvent.objects.get(pk=target.pk)
    if event.gone != Gone.HIDDEN:
        return event
    if event.verb == "chat.said":
        body = {"of": event.seq, "text": put_back(event), "restored": True}
        append(room, "chat.edited", body, by=by)
        record("webinars.line.restored", by=by, target=event, room=room.pk)
        return event
    found = question_in(room, event.body["question"])
    put_question_back(room, found, event)
    set_state(room, found, QuestionState.VISIBLE, by=by)
    record("webinars.question.restored", by=by, target=found, room=room.pk)
    return event


@transaction.atomic
def read_held(slug: str, *, by: Any, line: str) -> dict[str, Any]:
    """The words of a held line for a moderator of the room, with what the guard found; each look is an audit entry."""
    # no-record: moderation records the look
    seat = seat_in(slug, by)
    require(may_moderate(seat))
    words, findings = moderation.show_words(_held(seat, line), by=by)
    return {"line": line, "text": words.get("text", ""), "findings": findings}


@once
@transaction.atomic
def release_held(slug: str, *, by: Any, line: str, ref: str | UUID | None = None) -> Answer:
    """Publish a held line now."""
    # no-record: moderation records the decision, `release_line` what follows
    return _settle(slug, by, line, Outcome.RELEASE, ref)


@once
@transaction.atomic
def refuse_held(slug: str, *, by: Any, line: str, ref: str | UUID | None = None) -> Answer:
    """Do not publish a held line; its author is told."""
    # no-record: moderation records the decision, `refuse_line` what follows
    return _settle(slug, by, line, Outcome.REFUSE, ref)


@once
@transaction.atomic
def limit_member(
    slug: str, *, by: Any, member: str, kind: str, reason: str = Reason.CONDUCT, ref: str | UUID | None = None
) -> Answer:
    """Mute the member with this handle in this room, or take them out of it; open sockets feel it at once."""
    seat = seat_in(slug, by)
    limited = _member(member)
    is_crew = crew_of(seat.webinar).filter(pk=limited.pk).exists()
    require(may_limit(seat, is_crew, limited.pk == by.pk))
    _check(reason)
    _limit, is_new = RoomLimit.objects.get_or_create(
        room=seat.log, member=limited, kind=kind, lifted_at=None, defaults={"reason": reason}
    )
    if is_new:
        _lower_hand(seat.log, limited)
        recheck(limited, by=by)
        record("webinars.room.limited", by=by, target=seat.webinar, member=limited.pk, kind=kind, reason=reason)
        ring_desk(seat.webinar, "people")
    return give_receipt(seat.log, by, ref)


@once
@transaction.atomic
def lift_limit(slug: str, *, by: Any, member: str, kind: str, ref: str | UUID | None = None) -> Answer:
    """Give a member back the word, or the room."""
    seat = seat_in(slug, by)
    require(may_moderate(seat))
    limited = _member(member)
    in_force = RoomLimit.objects.filter(room=seat.log, member=limited, kind=kind, lifted_at=None)
    if in_force.update(lifted_at=now()):
        recheck(limited, by=by)
        record("webinars.room.limit_lifted", by=by, target=seat.webinar, member=limited.pk, kind=kind)
        ring_desk(seat.webinar, "people")
    return give_receipt(seat.log, by, ref)


@once
@transaction.atomic
def set_room(slug: str, *, by: Any, ref: str | UUID | None = None, **settings: Any) -> Answer:
    """Change how the room is set: `chat_open`, `slow_seconds`, `questions_queued`; what is not named stays."""
    seat = seat_in(slug, by)
    require(may_moderate(seat))
    if not settings:
        raise Invalid(_("Say what should change."))
    if not 0 <= settings.get("slow_seconds", 0) <= SLOWEST:
        raise Invalid({"slow_seconds": [_("Choose at most ten minutes.")]})
    record("webinars.room.set", by=by, target=seat.webinar, **settings)
    return answer_of(_set(seat, settings, by=by, ref=ref))


@once
@transaction.atomic
def panic(slug: str, *, by: Any, reason: str = Reason.OTHER, ref: str | UUID | None = None) -> Answer:
    """Everything stops at once: the chat closes, what waits is set aside, slow mode and the queue are on."""
    seat = seat_in(slug, by)
    require(may_moderate(seat))
    _check(reason)
    for question in Question.objects.filter(webinar=seat.webinar, state=QuestionState.QUEUE):
        change(seat, question, state=QuestionState.DISMISSED)
    append(seat.log, "chat.pinned", {"of": None}, by=by)
    Hand.objects.filter(room=seat.log).delete()
    tallies_are_due(seat.log)
    record("webinars.room.panicked", by=by, target=seat.webinar, reason=reason)
    stopped = {"chat_open": False, "slow_seconds": PANIC_SECONDS, "questions_queued": True}
    return answer_of(_set(seat, stopped, by=by, ref=ref))


def _settle(slug: str, by: Any, line: str, outcome: Outcome, ref: Any) -> Answer:
    """Moderation closes the review and calls `release_line` or `refuse_line`."""
    seat = seat_in(slug, by)
    require(may_moderate(seat))
    moderation.settle(_held(seat, line), by=by, outcome=outcome, reason=Reason.IDENTIFIERS)
    seat.log.refresh_from_db(fields=["last_seq"])
    return give_receipt(seat.log, by, ref)


def _held(seat: Seat, public_id: str) -> HeldLine:
    held = HeldLine.objects.filter(room=seat.log, public_id=public_id).first()
    if held is None:
        raise Missing
    return held


def _hide(room: Room, line: RoomEvent, *, by: Any, reason: str, ref: Any) -> RoomEvent:
    take_words(line, Gone.HIDDEN, keep=True)
    unpin_if(room, line.seq)
    record("webinars.line.hidden", by=by, target=line, room=room.pk, reason=reason)
    return append(room, "chat.hidden", {"of": line.seq}, by=by, ref=ref)


def _set(seat: Seat, settings: dict[str, Any], *, by: Any, ref: Any) -> RoomEvent:
    webinar: Webinar = seat.webinar
    for name, value in settings.items():
        setattr(webinar, name, value)
    webinar.save(update_fields=list(settings))
    return append(seat.log, "room.changed", settings_of(webinar), by=by, ref=ref)


def _member(handle: str) -> Member:
    member = Member.objects.filter(handle=handle, is_active=True).first()
    if member is None:
        raise Missing
    return member


def _lower_hand(room: Room, member: Member) -> None:
    if Hand.objects.filter(room=room, member=member).delete()[0]:
        tallies_are_due(room)


def _check(reason: str) -> None:
    if reason not in Reason.values:
        raise Invalid({"reason": [_("Choose a reason.")]})

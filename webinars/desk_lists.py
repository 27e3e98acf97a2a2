"""What the crew's desk shows: what waits, who asks for the word, who is limited. Words that are held are not in it."""

from typing import Any

from django.db.models import Count, Max

from webinars.models import (
    CrewMember,
    Hand,
    HeldLine,
    Poll,
    PollState,
    Question,
    QuestionState,
    Registration,
    RegistrationState,
    Room,
    RoomEvent,
    RoomLimit,
)
from webinars.rights import may_moderate
from webinars.roomlog import settings_of
from webinars.seats import Seat

PEOPLE = 200
NOT_SHOWN = (QuestionState.QUEUE, QuestionState.DISMISSED)


def desk_for(seat: Seat) -> dict[str, Any]:
    """All lists of the desk; what is only the moderators' is empty for presenters."""
    moderates = bool(may_moderate(seat))
    webinar, room = seat.webinar, seat.room
    waiting = _questions(seat)
    return {
        "settings": settings_of(webinar),
        "queue": [each for each in waiting if each["state"] == QuestionState.QUEUE],
        "set_aside": [each for each in waiting if each["state"] == QuestionState.DISMISSED],
        "held": _held(room) if room and moderates else [],
        "held_count": HeldLine.objects.filter(room=room, state=HeldLine.State.HELD).count() if room else 0,
        "hands": _hands(room) if room else [],
        "polls": _drafts(seat),
        "limits": _limits(room) if room and moderates else [],
        "people": _people(seat, room) if room and moderates else [],
        "registered": Registration.objects.filter(webinar=webinar, state=RegistrationState.REGISTERED).count(),
    }


def _questions(seat: Seat) -> list[dict[str, Any]]:
    """Questions that the room has not seen, without the name where it is asked for."""
    rows = Question.objects.filter(webinar=seat.webinar, state__in=NOT_SHOWN, shown_seq=None)
    return [
        {
            "question": row.public_id,
            "text": row.text,
            "state": row.state,
            "at": row.asked_at.isoformat(),
            "who": row.who,
            "anonymous": row.anonymous,
            "in_advance": row.in_advance,
            "media_at": row.media_at,
            **({} if row.anonymous else {"name": str(row.author), "handle": row.author.handle}),
        }
        for row in rows.select_related("author").order_by("asked_at", "id")
    ]


def _held(room: Room) -> list[dict[str, Any]]:
    """What waits for a moderator. Whoever asks anonymously stays so here; the look at the words is another act."""
    rows = HeldLine.objects.filter(room=room, state=HeldLine.State.HELD).select_related("author").order_by("at")
    return [
        {
            "line": row.public_id,
            "kind": row.kind,
            "at": row.at.isoformat(),
            **({} if row.details.get("anonymous") else {"name": str(row.author), "handle": row.author.handle}),
        }
        for row in rows
    ]


def _hands(room: Room) -> list[dict[str, Any]]:
    rows = Hand.objects.filter(room=room).select_related("member")
    return [{**_member(row.member), "at": row.raised_at.isoformat()} for row in rows]


def _limits(room: Room) -> list[dict[str, Any]]:
    rows = RoomLimit.objects.filter(room=room, lifted_at=None).select_related("member").order_by("at")
    return [{**_member(row.member), "kind": row.kind, "reason": row.reason, "at": row.at.isoformat()} for row in rows]


def _drafts(seat: Seat) -> list[dict[str, Any]]:
    polls = Poll.objects.filter(webinar=seat.webinar, state=PollState.DRAFT).prefetch_related("options")
    return [
        {
            "poll": poll.public_id,
            "prompt": poll.prompt,
            "kind": poll.kind,
            "results": poll.results,
            "options": [{"n": option.number, "text": option.text} for option in poll.options.all()],
            "correct": [option.number for option in poll.options.all() if option.is_correct],
            "explanation": poll.explanation,
        }
        for poll in polls
    ]


def _people(seat: Seat, room: Room) -> list[dict[str, Any]]:
    """Those who said something under their name, whoever spoke last first."""
    said = RoomEvent.objects.filter(room=room, verb="chat.said", sender__isnull=False)
    rows = said.values("sender__handle", "sender__name", "sender_id").annotate(lines=Count("pk"), last=Max("seq"))
    crew = set(CrewMember.objects.filter(webinar=seat.webinar).values_list("member_id", flat=True))
    return [
        {
            "handle": row["sender__handle"],
            "name": row["sender__name"] or row["sender__handle"],
            "lines": row["lines"],
            "is_crew": row["sender_id"] in crew,
        }
        for row in rows.order_by("-last")[:PEOPLE]
    ]


def _member(member: Any) -> dict[str, Any]:
    return {"handle": member.handle, "name": str(member)}

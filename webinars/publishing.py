"""How words that were checked come into a room: as a line, a changed line, a question, an answer to a poll.

Steps of operations, which hold the room's row and have asked who may; held words come the same way when released.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from community.core.events import record
from community.moderation import operations as moderation
from webinars.desks import ring_desk
from webinars.lines import line_at, take_words
from webinars.models import (
    Gone,
    HeldKind,
    HeldLine,
    Poll,
    PollAnswer,
    PollState,
    Question,
    QuestionState,
    Room,
    RoomEvent,
    WebinarState,
)
from webinars.roomlog import Answer, append, give_receipt, tallies_are_due
from webinars.seats import Seat, who_of

Ref = str | UUID | None


def publish_line(room: Room, author: Any, text: str, *, ref: Ref = None, **about: Any) -> RoomEvent:
    """A line of the chat. `about` may say `reply_to`, `announcement` and `media_at`."""
    media_at = about.pop("media_at", None)
    known = {name: value for name, value in about.items() if value}
    body = {"text": text, "name": str(author), "who": who_of(author), **known}
    return append(room, "chat.said", body, by=author, ref=ref, media_at=media_at)


def publish_change(room: Room, author: Any, text: str, *, of: int, ref: Ref = None) -> RoomEvent:
    """Other words in the place of a line's."""
    take_words(line_at(room, of), Gone.EDITED)
    return append(room, "chat.edited", {"of": of, "text": text}, by=author, ref=ref)


def new_question(room: Room, author: Any, text: str, *, looked_at: bool = False, **about: Any) -> Question:
    """A question, in the queue where a moderator looks first. `about` may say `anonymous` and `media_at`."""
    webinar = room.webinar
    in_advance = webinar.state == WebinarState.SCHEDULED
    waits = (in_advance or webinar.questions_queued) and not looked_at
    return Question.objects.create(
        webinar=webinar,
        author=author,
        text=text,
        who=who_of(author),
        state=QuestionState.QUEUE if waits else QuestionState.VISIBLE,
        in_advance=in_advance,
        **about,
    )


def show_question(room: Room, question: Question, *, ref: Ref = None) -> RoomEvent:
    """Tell the room of a question; without its author where it is anonymous."""
    body = {
        "question": question.public_id,
        "text": question.text,
        "who": question.who,
        "anonymous": question.anonymous,
        "in_advance": question.in_advance,
        **({} if question.anonymous else {"name": str(question.author)}),
    }
    hidden, media_at = question.anonymous, question.media_at
    event = append(room, "question.shown", body, by=question.author, ref=ref, media_at=media_at, is_anonymous=hidden)
    question.shown_seq = event.seq
    question.save(update_fields=["shown_seq"])
    return event


def put_answer(room: Room, poll: Poll, member: Any, *, choices: list[int], text: str = "") -> None:
    """A member's answer to an open poll, in the place of an earlier one."""
    PollAnswer.objects.update_or_create(poll=poll, member=member, defaults={"choices": choices, "text": text})
    Poll.objects.filter(pk=poll.pk).update(tally_due=True)
    tallies_are_due(room)


def hold_words(
    seat: Seat, kind: HeldKind, text: str, findings: Iterable[Any], *, ref: str | UUID | None, **details: Any
) -> Answer:
    """Store where the words belong, and hand the words to the moderators; the answer says `held`."""
    known = {name: value for name, value in details.items() if value is not None}
    line = HeldLine.objects.create(room=seat.log, author=seat.member, kind=kind, details=known)
    moderation.hold(line, by=seat.member, words={"text": text}, findings=findings)
    record("webinars.line.held", by=seat.member, target=line, room=seat.log.pk, kind=kind)
    ring_desk(seat.webinar, "held")
    return give_receipt(seat.log, seat.member, ref, held=True, line=line.public_id)


def publish_held(room: Room, held: HeldLine, text: str) -> None:
    """Bring held words to where they belong, if that is still there."""
    about, author = dict(held.details), held.author
    if held.kind == HeldKind.QUESTION:
        question = new_question(room, author, text, looked_at=True, **about)
        show_question(room, question)
    elif held.kind == HeldKind.ANSWER:
        poll = Poll.objects.filter(webinar=room.webinar, public_id=about["poll"], state=PollState.OPEN).first()
        if poll is not None:
            put_answer(room, poll, author, choices=[], text=text)
    elif "edit_of" in about:
        if not line_at(room, about["edit_of"]).gone:
            publish_change(room, author, text, of=about["edit_of"])
    else:
        publish_line(room, author, text, **about)

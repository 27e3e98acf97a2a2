"""What is read of a room: events, the folded state, and what is only one viewer's own."""

import json
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import gettext as _

from community.core.errors import Missing
from community.live.queries import LARGEST_GAP
from webinars.commands import may_of
from webinars.folding import empty_room, fold
from webinars.joining import you_of
from webinars.lines import line_at, words_of
from webinars.models import Hand, HeldLine, PollAnswer, Question, QuestionState, QuestionVote, Room
from webinars.roomlog import entries_after, flush, page_for, settings_of, topic_of
from webinars.seats import Seat
from webinars.seats import seat_for as seat_for

LINES = 200
# A state is kept for this long; every event makes a new one, so only the erasure of a member waits for it.
KEPT_SECONDS = 60


def events_for(seat: Seat, since: int | None, epoch: str) -> dict[str, Any]:
    """The events after `since`, at most as many as are replayed at once; `resync` where the place is worth nothing."""
    topic = topic_of(seat.webinar)
    flush([topic])
    if since is None:
        page = page_for(topic, None, None)
        return {"epoch": page.epoch, "seq": page.seq, "events": page.events}
    room = Room.objects.filter(webinar=seat.webinar).first()
    if room is None:
        return {"epoch": "", "seq": 0, "events": []}
    place = {"epoch": str(room.epoch), "seq": room.last_seq}
    if since > room.last_seq or (epoch and epoch != str(room.epoch)):
        return {**place, "events": [], "resync": True}
    return {**place, "events": entries_after(topic, since, min(room.last_seq, since + LARGEST_GAP))}


# --- The state -------------------------------------------------------------------------------------------------


def state_of(room: Room | None) -> dict[str, Any]:
    """The room as everybody in it sees it, folded once for each number and process."""
    if room is None:
        return empty_room()
    key = f"webinars.state:{room.pk}:{room.epoch}"
    cache = caches["process"]
    known = cache.get(key)
    if known is None or known["seq"] > room.last_seq:
        known = empty_room()
    if known["seq"] < room.last_seq:
        known = fold(entries_after(topic_of(room.webinar), known["seq"], room.last_seq), known)
        cache.set(key, known, KEPT_SECONDS)
    return dict(known)


def shown(state: dict[str, Any]) -> dict[str, Any]:
    """The state as lists, with the newest lines; `earlier` says that there are more before them."""
    lines = list(state["lines"].values())
    pinned = state["lines"].get(state["pinned"])
    return {
        **state,
        "lines": lines[-LINES:],
        "earlier": len(lines) > LINES,
        "pinned_line": pinned,
        "questions": list(state["questions"].values()),
        "polls": list(state["polls"].values()),
    }


def earlier_lines(seat: Seat, before: int | None, sought: str = "") -> dict[str, Any]:
    """A page of lines before the one with this number, newest last; with `sought`, those that say it."""
    lines = state_of(seat.room)["lines"].values()
    words = sought.casefold()
    found = [line for line in lines if before is None or line["seq"] < before]
    if words:
        found = [line for line in found if words in line["text"].casefold()]
    return {"lines": found[-LINES:], "earlier": len(found) > LINES}


def state_answer(seat: Seat) -> bytes:
    """JSON: what everybody sees, encoded once for each number and process, and the viewer's own part."""
    flush([topic_of(seat.webinar)])
    room = Room.objects.filter(webinar=seat.webinar).first()
    head = {"epoch": str(room.epoch) if room else "", "seq": room.last_seq if room else 0}
    whole = _encoded(seat, room)
    return f'{_json(head)[:-1]},"state":{whole},"own":{_json(own_part(seat))}}}'.encode()


def _encoded(seat: Seat, room: Room | None) -> str:
    if room is None:
        return _json(shown({**empty_room(), "rules": settings_of(seat.webinar)}))
    key = f"webinars.state.json:{room.pk}:{room.epoch}:{room.last_seq}"
    cache = caches["process"]
    known = cache.get(key)
    if known is None:
        room.webinar = seat.webinar
        known = _json(shown(state_of(room)))
        cache.set(key, known, KEPT_SECONDS)
    return str(known)


def own_part(seat: Seat) -> dict[str, Any]:
    """What is this viewer's alone: votes, answers, questions that wait, held lines, their hand, what they may do."""
    mine = {"webinar": seat.webinar, "author": seat.member}
    votes = QuestionVote.objects.filter(voter=seat.member, question__webinar=seat.webinar)
    answers = PollAnswer.objects.filter(member=seat.member, poll__webinar=seat.webinar)
    held = HeldLine.objects.filter(room__webinar=seat.webinar, author=seat.member, state=HeldLine.State.HELD)
    return {
        **you_of(seat),
        "may": may_of(seat),
        "votes": list(votes.values_list("question__public_id", flat=True)),
        "answers": {
            poll: {"choices": choices, "text": text}
            for poll, choices, text in answers.values_list("poll__public_id", "choices", "text")
        },
        "questions": [_own_question(question) for question in Question.objects.filter(**mine).order_by("asked_at")],
        "held": [{"line": line.public_id, "kind": line.kind, "at": line.at.isoformat()} for line in held],
        "hand": Hand.objects.filter(room__webinar=seat.webinar, member=seat.member).exists(),
    }


def _own_question(question: Question) -> dict[str, Any]:
    waits = question.state == QuestionState.QUEUE
    return {"question": question.public_id, "text": question.text, "state": question.state, "waits": waits}


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def follow_up(seat: Seat, seq: int) -> dict[str, str]:
    """The draft of a thread about a line: its words as a quotation, and the way to the moment."""
    line = line_at(seat.room, seq) if seat.room else None
    words = words_of(line) if line else ""
    if line is None or not words:
        raise Missing
    moment = f"?t={int(line.media_at)}" if line.media_at is not None else ""
    address = f"{settings.SITE_URL}{seat.webinar.get_absolute_url()}{moment}#line-{seq}"
    quoted = "\n".join(f"> {part}" for part in words.splitlines())
    source = _("{quoted}\n\nFrom the webinar [{title}]({address}).\n\n").format(
        quoted=quoted, title=seat.webinar.title, address=address
    )
    return {"title": seat.webinar.title[:160], "source": source, "quoted": words}


# --- Sentences for pages without scripts -----------------------------------------------------------------------


def said_of(name: str, answer: dict[str, Any]) -> str:
    """What a page says after a form was taken."""
    if answer.get("held"):
        return _("A moderator reads this first. You will see it in the room when it is out.")
    if answer.get("queued"):
        return _("Your question waits for a moderator; then everybody sees it.")
    return {
        "chat.say": _("Sent."),
        "question.ask": _("Your question is in the list."),
        "question.vote": _("Your vote is counted."),
        "poll.vote": _("Your answer is counted. You can change it until the poll is closed."),
        "chat.report": _("Thank you. A moderator will look at it, and you will be told."),
        "question.report": _("Thank you. A moderator will look at it, and you will be told."),
    }.get(name, _("Done."))

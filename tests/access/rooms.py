"""A webinar that is live, with something of everything in its room, and what each command is sent about it."""

from datetime import timedelta
from typing import Any

from community.core.clock import now
from community.members.models import Member
from tests.factories.webinars import register, webinar_with
from webinars.models import Deck, HeldLine, Poll, Question, RegistrationState, Webinar, WebinarState
from webinars.operations import chat, polls, questions
from webinars.operations.polls import PollWords

LIVE, HIDDEN = "open-rounds", "closed-rounds"
HELD = "I saw a 43-year-old woman last week who lost her baby."
POLL = {"prompt": "How do you start?", "options": ["Fast", "Slow"]}
OF_LINE, OF_HELD = {"seq": 2}, {"line": "held22222222"}
LISTED, QUEUED, ANSWERED, SECOND = ({"question": f"{name}2222"} for name in ("listed", "queued", "answered", "second"))
DRAFT, OPEN = {"poll": "draft2222"}, {"poll": "opened2222"}
REPORT = {"reason": "conduct", "note": ""}
DECK = "deck22222222"
MEMBER = {"member": "the-nurse"}

ROOM_DATA: dict[str, dict[str, Any]] = {
    "chat.say": {"text": "We start with balanced fluid."},
    "chat.edit": {**OF_LINE, "text": "We start with balanced fluid, warmed."},
    "chat.delete": OF_LINE,
    "chat.pin": OF_LINE,
    "chat.hide": OF_LINE,
    "chat.report": {**OF_LINE, **REPORT},
    "chat.follow_up": OF_LINE,
    "held.withdraw": OF_HELD,
    "held.release": OF_HELD,
    "held.refuse": OF_HELD,
    "question.ask": {"text": "Which fluid first?", "anonymous": True},
    "question.vote": LISTED,
    "question.unvote": LISTED,
    "question.withdraw": LISTED,
    "question.report": {**LISTED, **REPORT},
    "question.approve": QUEUED,
    "question.take": LISTED,
    "question.answer": LISTED,
    "question.dismiss": LISTED,
    "question.reopen": ANSWERED,
    "question.pin": LISTED,
    "question.merge": {**LISTED, "into": SECOND["question"]},
    "question.hide": LISTED,
    "poll.create": POLL,
    "poll.edit": {**DRAFT, **POLL},
    "poll.remove": DRAFT,
    "poll.open": DRAFT,
    "poll.vote": {**OPEN, "options": [1]},
    "poll.close": OPEN,
    "hand.raise": {},
    "hand.lower": {},
    "reaction": {"kind": "clap"},
    "slide.show": {"n": 1},
    "media.cut": {"seconds": 10},
    "room.set": {"slow_seconds": 10},
    "room.panic": {},
    "room.mute": MEMBER,
    "room.unmute": MEMBER,
    "room.ban": MEMBER,
    "room.unban": MEMBER,
    "webinar.live": {},
    "webinar.end": {},
}


def make_rooms(personas: dict[str, Member | None], author: Member) -> tuple[Webinar, Webinar]:
    """One webinar that all personas are registered for, presented by the presenter; and somebody else's draft."""
    presenter, member = personas["presenter"], personas["member"]
    assert presenter is not None
    assert member is not None
    open_one = webinar_with(presenter, slug=LIVE, organiser=presenter, for_whom="members", audience="members")
    for persona in set(personas.values()) - {None}:
        register(open_one, persona, RegistrationState.REGISTERED)  # type: ignore[arg-type]
    _fill(open_one, presenter, member)
    tomorrow = now() + timedelta(days=1)
    hidden = webinar_with(
        slug=HIDDEN,
        organiser=author,
        state=WebinarState.DRAFT,
        starts_at=tomorrow,
        ends_at=tomorrow + timedelta(hours=1),
    )
    return open_one, hidden


def _fill(webinar: Webinar, presenter: Member, member: Member) -> None:
    assert chat.say(LIVE, by=member, text="Good morning.")["seq"] == OF_LINE["seq"]
    held = chat.say(LIVE, by=member, text=HELD)["line"]
    HeldLine.objects.filter(public_id=held).update(public_id=OF_HELD["line"])
    for wanted in (LISTED, QUEUED, ANSWERED, SECOND):
        made = questions.ask(LIVE, by=member, text="Which fluid first?", anonymous=True)["question"]
        Question.objects.filter(public_id=made).update(public_id=wanted["question"])
    Question.objects.filter(public_id=QUEUED["question"]).update(state="queue", shown_seq=None)
    questions.answer(LIVE, by=presenter, **ANSWERED)
    words = PollWords(POLL["prompt"], POLL["options"])  # type: ignore[arg-type]
    for act, wanted in ((polls.create_poll, DRAFT), (polls.open_poll, OPEN)):
        made = act(LIVE, by=presenter, words=words)["poll"]
        Poll.objects.filter(public_id=made).update(public_id=wanted["poll"])
    Deck.objects.create(webinar=webinar, public_id=DECK, title="Slides", state=Deck.State.READY, page_count=2)

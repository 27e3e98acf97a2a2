"""What is done in a room leaves events: who, what, when, why, and never a word of what was said."""

from typing import Any

import pytest

from community.core.models import Event
from community.moderation.models import Review
from community.moderation.operations import claim, decide, reverse
from tests.factories.forums import verified_member
from tests.factories.members import MemberFactory
from tests.factories.webinars import attendee, webinar_with
from webinars.models import HeldLine, Webinar
from webinars.operations import chat, holding, moderating, polls, questions, reporting, running
from webinars.operations.polls import PollWords

pytestmark = pytest.mark.django_db

HELD = "I saw a 43-year-old woman last week who lost her baby."
WORDS = PollWords("How do you start?", ("Fast", "Slow"))


@pytest.fixture
def webinar() -> Any:
    return webinar_with(verified_member(), verified_member(), slug="rounds")


def verbs() -> list[str]:
    found = Event.objects.filter(verb__startswith="webinars.").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_the_course_of_a_webinar(webinar: Any) -> None:
    by = webinar.organiser
    Webinar.objects.update(state="scheduled")
    running.go_live("rounds", by=by)
    draft = polls.create_poll("rounds", by=by, words=WORDS)["poll"]
    polls.remove_poll("rounds", by=by, poll=draft)
    polls.open_poll("rounds", by=by, words=WORDS)
    moderating.set_room("rounds", by=by, slow_seconds=5)
    running.end("rounds", by=by)

    assert verbs() == [
        "webinars.webinar.went_live",
        "webinars.poll.created",
        "webinars.poll.removed",
        "webinars.poll.created",
        "webinars.poll.opened",
        "webinars.room.set",
        "webinars.poll.closed",
        "webinars.webinar.ended",
    ]


def test_what_the_crew_does_about_questions(webinar: Any) -> None:
    by, ada = webinar.organiser, attendee(webinar)
    first, second, third = (
        questions.ask("rounds", by=ada, text=f"Question {number}?", anonymous=True)["question"] for number in range(3)
    )
    questions.merge("rounds", by=by, question=second, into=first)
    questions.dismiss("rounds", by=by, question=third)
    questions.withdraw("rounds", by=ada, question=first)

    assert verbs()[3:] == [
        "webinars.question.merged",
        "webinars.question.dismissed",
        "webinars.question.withdrawn",
    ]
    assert "Question" not in str(list(Event.objects.values_list("facts", flat=True)))


def test_what_is_held_and_what_becomes_of_it(webinar: Any) -> None:
    moderator, ada = webinar.crew.get(role="moderator").member, attendee(webinar)
    lines = [chat.say("rounds", by=ada, text=HELD)["line"] for _line in range(3)]
    moderating.release_held("rounds", by=moderator, line=lines[0])
    moderating.refuse_held("rounds", by=moderator, line=lines[1])
    holding.withdraw_line("rounds", by=ada, line=lines[2])

    assert verbs() == [
        *["webinars.line.held"] * 3,
        "webinars.line.released",
        "webinars.line.refused",
        "webinars.line.withdrawn",
    ]
    assert list(HeldLine.objects.order_by("pk").values_list("state", flat=True)) == ["released", "refused", "withdrawn"]


def test_the_desk_of_the_site_decides_as_well(webinar: Any) -> None:
    """Held words are released, reported ones hidden and shown again, by moderators who are not in the room."""
    ada, reader = attendee(webinar), attendee(webinar)
    site = [MemberFactory.create(in_groups=["Moderators"]) for _one in range(2)]
    chat.say("rounds", by=ada, text=HELD)
    decide(claim(Review.objects.get(), by=site[0]), by=site[0], outcome="release", reason="case")
    asked = questions.ask("rounds", by=ada, text="Which fluid first?")["question"]
    reporting.report_line("rounds", by=reader, seq=2, reason="case")
    reporting.report_question("rounds", by=reader, question=asked, reason="case")
    for review in Review.objects.waiting().order_by("pk"):
        decide(claim(review, by=site[0]), by=site[0], outcome="hide", reason="case")
        reverse(review, by=site[1], reason="case")

    assert verbs() == [
        "webinars.line.held",
        "webinars.line.released",
        "webinars.question.asked",
        "webinars.line.hidden",
        "webinars.line.restored",
        "webinars.question.hidden",
        "webinars.question.restored",
    ]


def test_limits_and_their_end(webinar: Any) -> None:
    by, ada = webinar.organiser, attendee(webinar)
    moderating.limit_member("rounds", by=by, member=ada.handle, kind="mute", reason="conduct")
    moderating.lift_limit("rounds", by=by, member=ada.handle, kind="mute")
    assert verbs() == ["webinars.room.limited", "webinars.room.limit_lifted"]

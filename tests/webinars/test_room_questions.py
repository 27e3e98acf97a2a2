"""Questions to the speakers: votes that count once, the queue, anonymity, and every state they can be in."""

from datetime import timedelta
from typing import Any

import pytest

from community.core.clock import now
from community.core.errors import Missing, Refused
from community.core.models import Event
from community.moderation.models import Review
from community.moderation.operations import claim, decide, reverse
from tests.factories.forums import verified_member
from tests.factories.members import MemberFactory
from tests.factories.webinars import attendee, ref, webinar_with
from webinars.folding import fold
from webinars.models import HeldLine, Question, QuestionVote, Room, Webinar, WebinarState
from webinars.operations import questions
from webinars.operations.moderating import hide_question, release_held
from webinars.operations.reporting import report_question
from webinars.roomlog import entries_after, flush, topic_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def webinar() -> Any:
    return webinar_with(verified_member(), verified_member(name="Mo Moderator"), slug="rounds")


@pytest.fixture
def moderator(webinar: Any) -> Any:
    return webinar.crew.get(role="moderator").member


@pytest.fixture
def ada(webinar: Any) -> Any:
    return attendee(webinar, name="Ada Attendee")


def log(webinar: Any) -> list[dict[str, Any]]:
    return entries_after(topic_of(webinar), 0, 10_000)


def listed(webinar: Any) -> dict[str, Any]:
    Room.objects.update(tallied_at=None)
    flush([topic_of(webinar)])
    return dict(fold(log(webinar))["questions"])


def asked(webinar: Any, by: Any, text: str = "Which fluid first?", **about: Any) -> str:
    return str(questions.ask(webinar.slug, by=by, text=text, ref=ref(), **about)["question"])


def test_a_question_is_shown_with_its_author_or_without(webinar: Any, ada: Any) -> None:
    open_one, hidden_one = asked(webinar, ada), asked(webinar, ada, anonymous=True)

    shown = listed(webinar)
    assert (shown[open_one]["by"], shown[open_one]["name"]) == (ada.handle, "Ada Attendee")
    assert (shown[hidden_one]["by"], "name" in shown[hidden_one]) == (None, False)
    assert shown[hidden_one]["who"]["profession"] == ada.profession.name


def test_no_event_of_an_anonymous_question_names_who_asked(webinar: Any, ada: Any, moderator: Any) -> None:
    public_id = asked(webinar, ada, anonymous=True)
    questions.take("rounds", by=moderator, question=public_id, ref=ref())
    questions.withdraw("rounds", by=ada, question=public_id, ref=ref())

    assert ada.handle not in str(log(webinar))
    assert "Ada" not in str(log(webinar))
    assert "Which fluid" not in str(log(webinar))


def test_a_reveal_needs_a_moderator_and_a_reason_and_is_audited(webinar: Any, ada: Any, moderator: Any) -> None:
    public_id = asked(webinar, ada, anonymous=True)
    for somebody, reason in ((ada, "conduct"), (moderator, "curiosity")):
        with pytest.raises(Refused):
            questions.reveal_asker("rounds", by=somebody, question=public_id, reason=reason)

    assert questions.reveal_asker("rounds", by=moderator, question=public_id, reason="conduct") == ada
    event = Event.objects.get(verb="webinars.question.asker_revealed")
    assert (event.actor_id, event.facts["reason"]) == (moderator.pk, "conduct")


def test_votes_count_once_and_are_told_together(webinar: Any, ada: Any) -> None:
    public_id, voters = asked(webinar, ada), [attendee(webinar) for _voter in range(3)]
    for voter in voters:
        for _again in range(2):
            questions.vote("rounds", by=voter, question=public_id, ref=ref())
    questions.unvote("rounds", by=voters[0], question=public_id, ref=ref())

    assert listed(webinar)[public_id]["score"] == 2
    assert [event["verb"] for event in log(webinar)].count("question.scores") == 1
    assert QuestionVote.objects.count() == Question.objects.get().score == 2


def test_who_may_not_write_may_vote(webinar: Any, ada: Any) -> None:
    Webinar.objects.update(audience="public", for_whom="public")
    reader = attendee(webinar, MemberFactory.create())
    public_id = asked(webinar, ada)

    questions.vote("rounds", by=reader, question=public_id, ref=ref())

    assert listed(webinar)[public_id]["score"] == 1
    with pytest.raises(Refused):
        asked(webinar, reader)


def test_a_question_waits_in_the_queue_until_it_is_let_through(webinar: Any, ada: Any, moderator: Any) -> None:
    Webinar.objects.update(questions_queued=True)
    answer = questions.ask("rounds", by=ada, text="Which fluid first?", ref=ref())
    assert (answer["queued"], listed(webinar)) == (True, {})
    with pytest.raises(Missing):
        questions.vote("rounds", by=ada, question=answer["question"], ref=ref())
    with pytest.raises(Refused):
        questions.approve("rounds", by=ada, question=answer["question"], ref=ref())

    key = ref()
    approved = [questions.approve("rounds", by=moderator, question=answer["question"], ref=key) for _ in range(2)]

    assert approved[0] == approved[1]
    assert list(listed(webinar)) == [answer["question"]]


def test_what_is_asked_before_the_start_waits_and_says_so(webinar: Any, ada: Any, moderator: Any) -> None:
    later = now() + timedelta(days=2)
    Webinar.objects.update(state=WebinarState.SCHEDULED, starts_at=later, ends_at=later + timedelta(hours=1))
    public_id = asked(webinar, ada)
    questions.approve("rounds", by=moderator, question=public_id, ref=ref())
    assert listed(webinar)[public_id]["in_advance"] is True


def test_answering_keeps_when_the_answer_began(webinar: Any, ada: Any, moderator: Any) -> None:
    first, second = asked(webinar, ada), asked(webinar, ada, "And how much?")
    questions.take("rounds", by=moderator, question=first, media_at=60.0, ref=ref())
    questions.take("rounds", by=moderator, question=second, media_at=120.0, ref=ref())
    questions.answer("rounds", by=moderator, question=second, media_at=180.0, ref=ref())

    shown = listed(webinar)
    assert [(shown[each]["state"], shown[each]["answered_media_at"]) for each in (first, second)] == [
        ("answered", 60.0),
        ("answered", 120.0),
    ]
    questions.reopen("rounds", by=moderator, question=first, ref=ref())
    questions.pin("rounds", by=moderator, question=first, ref=ref())
    assert (listed(webinar)[first]["state"], listed(webinar)[first]["pinned"]) == ("visible", True)


def test_a_question_set_aside_in_the_queue_can_still_be_brought_back(webinar: Any, ada: Any, moderator: Any) -> None:
    Webinar.objects.update(questions_queued=True)
    public_id = asked(webinar, ada)
    questions.dismiss("rounds", by=moderator, question=public_id, ref=ref())
    assert listed(webinar) == {}
    questions.reopen("rounds", by=moderator, question=public_id, ref=ref())
    assert listed(webinar)[public_id]["state"] == "visible"


def test_merging_counts_each_voter_once(webinar: Any, ada: Any, moderator: Any) -> None:
    first, second = asked(webinar, ada), asked(webinar, ada, "Which fluid do you start with?")
    both, one = attendee(webinar), attendee(webinar)
    for voter, public_id in ((both, first), (both, second), (one, second)):
        questions.vote("rounds", by=voter, question=public_id, ref=ref())

    questions.merge("rounds", by=moderator, question=second, into=first, ref=ref())
    questions.vote("rounds", by=ada, question=second, ref=ref())

    shown = listed(webinar)
    assert (shown[second]["state"], shown[second]["merged_into"], shown[first]["score"]) == ("merged", first, 3)
    with pytest.raises(Refused):
        questions.merge("rounds", by=moderator, question=first, into=first, ref=ref())


def test_a_reported_question_is_hidden_and_shown_again(webinar: Any, ada: Any, run_jobs: Any) -> None:
    public_id, reader = asked(webinar, ada, anonymous=True), attendee(webinar)
    site = [MemberFactory.create(in_groups=["Moderators"]) for _one in range(2)]
    report_question("rounds", by=reader, question=public_id, reason="conduct", ref=ref())

    decide(claim(Review.objects.get(), by=site[0]), by=site[0], outcome="hide", reason="conduct")
    assert (listed(webinar)[public_id]["state"], listed(webinar)[public_id]["text"]) == ("hidden", "")
    reverse(Review.objects.get(), by=site[1], reason="conduct")
    assert (listed(webinar)[public_id]["state"], listed(webinar)[public_id]["text"]) == (
        "visible",
        "Which fluid first?",
    )


def test_a_moderator_of_the_room_hides_a_question(webinar: Any, ada: Any, moderator: Any) -> None:
    public_id = asked(webinar, ada)
    with pytest.raises(Refused):
        hide_question("rounds", by=ada, question=public_id)
    hide_question("rounds", by=moderator, question=public_id, reason="case", ref=ref())
    assert listed(webinar)[public_id]["text"] == ""
    assert Question.objects.get().text == ""


def test_a_held_question_comes_anonymous_as_it_was_asked(webinar: Any, ada: Any, moderator: Any) -> None:
    text = "I saw a 43-year-old woman last week who lost her baby. What now?"
    answer = questions.ask("rounds", by=ada, text=text, anonymous=True, media_at=4.0, ref=ref())
    assert (answer["held"], Question.objects.count()) == (True, 0)

    release_held("rounds", by=moderator, line=HeldLine.objects.get().public_id, ref=ref())

    (shown,) = listed(webinar).values()
    assert (shown["by"], shown["anonymous"], shown["text"]) == (None, True, text)
    assert ada.handle not in str(log(webinar))

"""Polls, hands, slides, limits, settings, the panic button, and the course from live to the end."""

from datetime import timedelta
from typing import Any

import pytest

from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Boundary, Invalid, Missing, Refused
from community.core.models import Event
from community.live.models import Recheck
from tests.factories.forums import verified_member
from tests.factories.webinars import attendee, ref, webinar_with
from webinars.desk_lists import desk_for
from webinars.folding import fold
from webinars.joining import resolve, still_in
from webinars.models import Deck, Hand, Poll, PollAnswer, Question, Room, RoomLimit, Speaker, Webinar, WebinarState
from webinars.operations import chat, hands, moderating, polls, questions, running
from webinars.operations.polls import PollWords
from webinars.roomlog import entries_after, flush, topic_of
from webinars.seats import seat_for
from webinars.tallying import suppressed

pytestmark = pytest.mark.django_db

QUIZ = PollWords("Which fluid first?", ("Balanced", "Saline"), results="live", correct=(1,), explanation="As found.")


@pytest.fixture
def webinar() -> Any:
    return webinar_with(verified_member(name="Pia Presenter"), verified_member(name="Mo Moderator"), slug="rounds")


@pytest.fixture
def presenter(webinar: Any) -> Any:
    return webinar.crew.get(role="presenter").member


@pytest.fixture
def moderator(webinar: Any) -> Any:
    return webinar.crew.get(role="moderator").member


@pytest.fixture
def ada(webinar: Any) -> Any:
    return attendee(webinar, name="Ada Attendee")


def log(webinar: Any) -> list[dict[str, Any]]:
    return entries_after(topic_of(webinar), 0, 10_000)


def state(webinar: Any) -> dict[str, Any]:
    Room.objects.update(tallied_at=None)
    flush([topic_of(webinar)])
    return fold(log(webinar))


def code(call: Any, *args: Any, **given: Any) -> str:
    """How a call is refused."""
    with pytest.raises(Boundary) as refused:
        call(*args, **given)
    return str(refused.value.code)


# --- Polls -----------------------------------------------------------------------------------------------------


def test_a_quiz_from_draft_to_explanation(webinar: Any, presenter: Any, ada: Any) -> None:
    poll = polls.create_poll("rounds", by=presenter, words=QUIZ, ref=ref())["poll"]
    assert code(polls.answer_poll, "rounds", by=ada, poll=poll, options=[1]) == "missing"
    polls.open_poll("rounds", by=presenter, poll=poll, ref=ref())
    voters = [ada, *(attendee(webinar) for _one in range(6))]
    for voter in voters:
        polls.answer_poll("rounds", by=voter, poll=poll, options=[1], ref=ref())
    polls.answer_poll("rounds", by=ada, poll=poll, options=[2], ref=ref())

    shown = state(webinar)["polls"][poll]
    assert (shown["total"], shown["counts"]) == (7, {"1": None, "2": None})
    assert "correct" not in shown
    assert "explanation" not in str(log(webinar))

    polls.close_poll("rounds", by=presenter, poll=poll, ref=ref())
    shown = state(webinar)["polls"][poll]
    assert (shown["state"], shown["correct"], shown["explanation"]) == ("closed", [1], "As found.")
    assert code(polls.answer_poll, "rounds", by=ada, poll=poll, options=[1]) == "closed"
    assert PollAnswer.objects.count() == 7


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"1": 9, "2": 6}, {"1": 9, "2": 6}),
        ({"1": 9, "2": 4}, {"1": None, "2": None}),
        ({"1": 9, "2": 4, "3": 7}, {"1": 9, "2": None, "3": None}),
        ({"1": 9, "2": 4, "3": 0}, {"1": 9, "2": None, "3": None}),
        ({"1": 3}, {"1": None}),
        ({}, {}),
    ],
)
def test_small_cells_and_what_would_give_them_away_are_left_out(counts: Any, shown: Any) -> None:
    assert suppressed(counts) == shown


def test_results_for_later_tell_only_how_many(webinar: Any, presenter: Any) -> None:
    words = PollWords("How do you start?", ("Fast", "Slow"))
    poll = polls.open_poll("rounds", by=presenter, words=words, ref=ref())["poll"]
    for _one in range(5):
        polls.answer_poll("rounds", by=attendee(webinar), poll=poll, options=[1], ref=ref())
    shown = state(webinar)["polls"][poll]
    assert (shown["total"], "counts" in shown) == (5, False)


def test_words_for_a_poll_go_through_the_guard_and_stand_without_names(webinar: Any, presenter: Any, ada: Any) -> None:
    poll = polls.open_poll("rounds", by=presenter, words=PollWords("In a word?", kind="text"), ref=ref())["poll"]
    assert code(polls.answer_poll, "rounds", by=ada, poll=poll, text="MRN 00123456") == "case_identifiers"
    for number in range(5):
        polls.answer_poll("rounds", by=attendee(webinar), poll=poll, text=f"Early {number}", ref=ref())
    polls.close_poll("rounds", by=presenter, poll=poll, ref=ref())
    assert state(webinar)["polls"][poll]["texts"] == [f"Early {number}" for number in range(5)]


@pytest.mark.parametrize("options", [[], [3], [1, 2], [0]])
def test_an_answer_that_the_poll_does_not_have_is_invalid(webinar: Any, presenter: Any, ada: Any, options: Any) -> None:
    poll = polls.open_poll("rounds", by=presenter, words=QUIZ, ref=ref())["poll"]
    with pytest.raises(Invalid):
        polls.answer_poll("rounds", by=ada, poll=poll, options=options, ref=ref())


def test_only_the_crew_makes_polls_and_throws_drafts_away(webinar: Any, presenter: Any, ada: Any) -> None:
    assert code(polls.create_poll, "rounds", by=ada, words=QUIZ) == "not_moderator"
    poll = polls.create_poll("rounds", by=presenter, words=QUIZ, ref=ref())["poll"]
    polls.remove_poll("rounds", by=presenter, poll=poll, ref=ref())
    assert Poll.objects.count() == 0
    with pytest.raises(Invalid):
        polls.create_poll("rounds", by=presenter, words=PollWords("One answer?", ("Only",)), ref=ref())


# --- Hands, slides, settings, limits ---------------------------------------------------------------------------


def test_hands_are_counted_for_all_and_named_for_the_crew(webinar: Any, ada: Any, presenter: Any) -> None:
    for _again in range(2):
        hands.raise_hand("rounds", by=ada, ref=ref())
    assert state(webinar)["hands"] == 1
    desk = desk_for(seat_for(viewer_of(presenter), "rounds"))
    assert [hand["handle"] for hand in desk["hands"]] == [ada.handle]
    assert code(hands.lower_hand, "rounds", by=attendee(webinar), member=ada.handle) == "not_moderator"
    hands.lower_hand("rounds", by=presenter, member=ada.handle, ref=ref())
    assert (state(webinar)["hands"], Hand.objects.count()) == (0, 0)


def test_a_reaction_is_kept_nowhere(webinar: Any, ada: Any) -> None:
    hands.react("rounds", by=ada, kind="clap")
    assert log(webinar) == []


def test_slides_are_shown_by_the_crew_and_only_those_there_are(webinar: Any, presenter: Any, ada: Any) -> None:
    deck = Deck.objects.create(webinar=webinar, title="Slides", state=Deck.State.READY, page_count=3)
    running.show_slide("rounds", by=presenter, n=2, ref=ref())
    assert state(webinar)["slide"] == {"n": 2, "deck": deck.public_id}
    assert code(running.show_slide, "rounds", by=presenter, n=4) == "invalid"
    assert code(running.show_slide, "rounds", by=ada, n=1) == "not_moderator"
    assert code(running.show_slide, "rounds", by=presenter, n=1, deck="other") == "missing"


def test_a_mute_ends_words_but_not_votes_and_a_ban_ends_the_room(webinar: Any, moderator: Any, ada: Any) -> None:
    public_id = questions.ask("rounds", by=ada, text="Which fluid first?", ref=ref())["question"]
    moderating.limit_member("rounds", by=moderator, member=ada.handle, kind="mute", reason="conduct", ref=ref())
    assert code(chat.say, "rounds", by=ada, text="Yes.") == "muted"
    questions.vote("rounds", by=ada, question=public_id, ref=ref())
    access = resolve("rounds", viewer_of(ada))
    assert access is not None
    assert "chat.say" not in access.may
    assert "question.vote" in access.may

    moderating.limit_member("rounds", by=moderator, member=ada.handle, kind="ban", reason="conduct", ref=ref())
    assert code(questions.vote, "rounds", by=ada, question=public_id) == "no_right"
    assert resolve("rounds", viewer_of(ada)) is None
    assert still_in("rounds", [ada.pk, moderator.pk]) == {moderator.pk}
    assert Recheck.objects.filter(member_id=ada.pk).exists()

    for kind in ("ban", "mute"):
        moderating.lift_limit("rounds", by=moderator, member=ada.handle, kind=kind, ref=ref())
    chat.say("rounds", by=ada, text="Thank you.", ref=ref())
    assert RoomLimit.objects.filter(lifted_at=None).count() == 0
    assert Event.objects.filter(verb="webinars.room.limited").count() == 2


def test_nobody_mutes_the_crew_or_without_the_right(webinar: Any, moderator: Any, presenter: Any, ada: Any) -> None:
    mute = {"kind": "mute", "reason": "conduct"}
    assert code(moderating.limit_member, "rounds", by=moderator, member=presenter.handle, **mute) == "crew"
    assert code(moderating.limit_member, "rounds", by=ada, member=moderator.handle, **mute) == "not_moderator"
    assert code(moderating.limit_member, "rounds", by=moderator, member="nobody", **mute) == "missing"


def test_a_closed_chat_leaves_questions_and_the_crew(webinar: Any, moderator: Any, ada: Any) -> None:
    moderating.set_room("rounds", by=moderator, chat_open=False, ref=ref())
    assert state(webinar)["rules"] == {"chat_open": False, "slow_seconds": 0, "questions_queued": False}
    assert code(chat.say, "rounds", by=ada, text="Yes.") == "closed"
    chat.say("rounds", by=moderator, text="The chat is closed for now.", ref=ref())
    questions.ask("rounds", by=ada, text="Which fluid first?", ref=ref())
    assert code(moderating.set_room, "rounds", by=moderator, slow_seconds=601) == "invalid"


def test_the_panic_button_stops_everything(webinar: Any, moderator: Any, ada: Any) -> None:
    Webinar.objects.update(questions_queued=True)
    questions.ask("rounds", by=ada, text="Which fluid first?", ref=ref())
    hands.raise_hand("rounds", by=ada, ref=ref())
    assert code(moderating.panic, "rounds", by=ada) == "not_moderator"

    moderating.panic("rounds", by=moderator, reason="conduct", ref=ref())

    shown = state(webinar)
    assert shown["rules"] == {"chat_open": False, "slow_seconds": 120, "questions_queued": True}
    assert (shown["hands"], shown["questions"], Question.objects.get().state) == (0, {}, "dismissed")
    assert Event.objects.get(verb="webinars.room.panicked").facts == {"reason": "conduct"}


# --- The course ------------------------------------------------------------------------------------------------


def test_nobody_goes_live_before_every_speaker_has_declared(webinar: Any, presenter: Any, ada: Any) -> None:
    Webinar.objects.update(state=WebinarState.SCHEDULED)
    speaker = Speaker.objects.create(webinar=webinar, name="Guest Speaker")
    assert code(running.go_live, "rounds", by=ada) == "not_presenter"
    assert code(running.go_live, "rounds", by=presenter) == "statements_missing"
    Speaker.objects.filter(pk=speaker.pk).update(coi_declared_at=now(), coi_none=True)
    key = ref()
    answers = [running.go_live("rounds", by=presenter, ref=key) for _again in range(2)]

    assert answers[0] == answers[1]
    assert (state(webinar)["live"], Webinar.objects.get().state) == (True, "live")
    assert [event["verb"] for event in log(webinar)].count("webinar.live") == 1


def test_the_end_closes_polls_and_lowers_hands(webinar: Any, presenter: Any, ada: Any) -> None:
    poll = polls.open_poll("rounds", by=presenter, words=QUIZ, ref=ref())["poll"]
    hands.raise_hand("rounds", by=ada, ref=ref())
    assert code(running.end, "rounds", by=ada) == "not_presenter"

    running.end("rounds", by=presenter, ref=ref())

    shown = state(webinar)
    assert (shown["ended"], shown["hands"], shown["polls"][poll]["state"]) == (True, 0, "closed")
    assert code(chat.say, "rounds", by=ada, text="Thank you.") == "closed"
    assert code(hands.raise_hand, "rounds", by=ada) == "closed"


def test_an_end_by_mistake_can_be_undone_for_a_while(webinar: Any, presenter: Any) -> None:
    running.end("rounds", by=presenter, ref=ref())
    running.go_live("rounds", by=presenter, ref=ref())
    assert Webinar.objects.get().ended_at is None
    running.end("rounds", by=presenter, ref=ref())
    Webinar.objects.update(ended_at=now() - timedelta(minutes=16))
    assert code(running.go_live, "rounds", by=presenter) == "closed"


def test_the_desk_is_the_crews(webinar: Any, presenter: Any, moderator: Any, ada: Any) -> None:
    Webinar.objects.update(questions_queued=True)
    questions.ask("rounds", by=ada, text="Which fluid first?", anonymous=True, ref=ref())
    chat.say("rounds", by=ada, text="I saw a 43-year-old woman last week who lost her baby.", ref=ref())
    polls.create_poll("rounds", by=presenter, words=QUIZ, ref=ref())

    of_moderator = desk_for(seat_for(viewer_of(moderator), "rounds"))
    of_presenter = desk_for(seat_for(viewer_of(presenter), "rounds"))

    assert (len(of_moderator["queue"]), len(of_moderator["held"]), len(of_moderator["polls"])) == (1, 1, 1)
    assert "Ada" not in str(of_moderator["queue"])
    assert (of_presenter["held"], of_presenter["held_count"], of_presenter["people"]) == ([], 1, [])
    assert "baby" not in str(of_moderator)


def test_a_stranger_finds_nothing(webinar: Any) -> None:
    stranger = verified_member()
    with pytest.raises(Refused):
        seat_for(viewer_of(stranger), "rounds")
    with pytest.raises(Missing):
        seat_for(viewer_of(stranger), "nothing")

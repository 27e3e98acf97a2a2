"""Many at once in one room, on a real database: nothing doubled, nothing lost, numbers dense."""

from typing import Any

import pytest

from community.core.errors import Refused
from tests.factories.forums import verified_member
from tests.factories.webinars import attendee, ref, webinar_with
from tests.forums.test_races import all_at_once
from webinars.folding import fold
from webinars.models import Hand, HeldLine, Poll, PollAnswer, Question, QuestionVote, Receipt, Room, RoomEvent
from webinars.operations import chat, hands, moderating, polls, questions
from webinars.operations.polls import PollWords
from webinars.roomlog import entries_after, flush, topic_of

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = PollWords("How do you start?", ("Fast", "Slow"))
HELD = "I saw a 43-year-old woman last week who lost her baby."


@pytest.fixture
def webinar() -> Any:
    return webinar_with(verified_member(), slug="rounds")


def state(webinar: Any) -> dict[str, Any]:
    Room.objects.update(tallied_at=None)
    flush([topic_of(webinar)])
    return fold(entries_after(topic_of(webinar), 0, 1000))


def test_the_first_lines_of_a_room_come_at_once(webinar: Any) -> None:
    people = [attendee(webinar) for _one in range(6)]

    answers = all_at_once(*[lambda by=by: chat.say("rounds", by=by, text="Yes.", ref=ref()) for by in people])

    assert sorted(answer["seq"] for answer in answers) == list(range(2, 8))
    assert list(RoomEvent.objects.values_list("seq", flat=True)) == list(range(1, 8))
    assert Room.objects.get().last_seq == 7


def test_one_ref_sent_at_once_is_one_of_everything(webinar: Any) -> None:
    """An event of its own, a receipt, held words: each command, six times at the same moment."""
    ada, presenter = attendee(webinar), webinar.crew.get(role="presenter").member
    asked = questions.ask("rounds", by=ada, text="Which fluid first?", ref=ref())["question"]
    opened = polls.open_poll("rounds", by=presenter, words=WORDS, ref=ref())["poll"]
    calls = (
        lambda key: chat.say("rounds", by=ada, text="Once.", ref=key),
        lambda key: chat.say("rounds", by=ada, text=HELD, ref=key),
        lambda key: questions.ask("rounds", by=ada, text="And how much?", ref=key),
        lambda key: questions.vote("rounds", by=ada, question=asked, ref=key),
        lambda key: hands.raise_hand("rounds", by=ada, ref=key),
        lambda key: polls.answer_poll("rounds", by=ada, poll=opened, options=[1], ref=key),
        lambda key: polls.create_poll("rounds", by=presenter, words=WORDS, ref=key),
        lambda key: moderating.set_room("rounds", by=webinar.organiser, slow_seconds=5, ref=key),
    )
    for call in calls:
        key = ref()
        answers = all_at_once(*[lambda call=call, key=key: call(key)] * 6)
        assert answers == [answers[0]] * 6
        assert isinstance(answers[0], dict), answers[0]

    kept = (QuestionVote, Hand, HeldLine, PollAnswer)
    assert [model.objects.count() for model in kept] == [1, 1, 1, 1]
    assert (Question.objects.count(), Poll.objects.count(), Receipt.objects.filter(sender=ada).count()) == (2, 2, 4)
    assert RoomEvent.objects.filter(verb="chat.said").count() == 1


def test_votes_at_once_are_all_counted_and_told(webinar: Any) -> None:
    ada, voters = attendee(webinar), [attendee(webinar) for _one in range(6)]
    asked = questions.ask("rounds", by=ada, text="Which fluid first?", ref=ref())["question"]
    topic = topic_of(webinar)

    all_at_once(
        *[lambda by=by: questions.vote("rounds", by=by, question=asked, ref=ref()) for by in voters],
        *[lambda: flush([topic])] * 2,
    )

    assert Question.objects.get().score == 6
    assert state(webinar)["questions"][asked]["score"] == 6


def test_of_a_closing_chat_and_a_line_the_log_says_which_was_first(webinar: Any) -> None:
    ada, organiser = attendee(webinar), webinar.organiser
    for round_ in range(5):
        moderating.set_room("rounds", by=organiser, chat_open=True, ref=ref())
        closing, said = all_at_once(
            lambda: moderating.set_room("rounds", by=organiser, chat_open=False, ref=ref()),
            lambda: chat.say("rounds", by=ada, text="Just in time?", ref=ref()),
        )
        assert isinstance(said, Refused) or said["seq"] < closing["seq"], round_

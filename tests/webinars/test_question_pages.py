"""Pages of questions: nothing comes twice and nothing is left out while votes go on, and words are found."""

from typing import Any

import pytest
from django.test import Client

from community.core.clock import now
from tests.factories.forums import verified_member
from tests.factories.webinars import attendee, webinar_with
from webinars.models import Question, QuestionState, Room
from webinars.publishing import show_question
from webinars.question_pages import Asked, page_of
from webinars.reading import state_of
from webinars.room_reading import in_order
from webinars.roomlog import append

pytestmark = pytest.mark.django_db
MANY = 120


@pytest.fixture
def room() -> Room:
    """A room in which so many questions were asked; each third speaks of lactate."""
    host = verified_member()
    webinar = webinar_with(host, slug="rounds", organiser=host)
    room = Room.objects.create(webinar=webinar)
    texts = [f"Number {n}: {'lactate' if n % 3 == 0 else 'fluid'}?" for n in range(MANY)]
    rows = [
        Question(webinar=webinar, author=host, text=text, state=QuestionState.VISIBLE, asked_at=now()) for text in texts
    ]
    for row in rows:
        row.save()
        show_question(room, row)
    return room


def page(room: Room, **asked: Any) -> Any:
    room.refresh_from_db()
    state, wanted = state_of(room), Asked(**asked)
    return page_of(room, state, in_order(state["questions"].values(), wanted.by), wanted)


def vote(room: Room, **scores: int) -> None:
    append(room, "question.scores", {"scores": scores})


def test_the_order_stands_still_while_votes_go_on(room: Room) -> None:
    first = page(room)
    last = page(room, page=3, at=first.at).rows[-1]["question"]
    vote(room, **{last: 9})

    following = [page(room, page=n, at=first.at) for n in (2, 3)]

    turned = [row["question"] for each in (first, *following) for row in each.rows]
    assert (len(turned), len(set(turned))) == (MANY, MANY)
    assert (following[1].rows[-1]["question"], following[1].rows[-1]["score"]) == (last, 9)
    assert page(room).rows[0]["question"] == last
    assert "page=3" in following[0].next_url and f"at={first.at}" in following[0].next_url
    assert following[1].next_url == ""


def test_what_comes_later_is_told_and_what_went_is_left_out(room: Room) -> None:
    first = page(room)
    row = Question.objects.create(webinar=room.webinar, author=room.webinar.organiser, text="New?", asked_at=now())
    row.state = QuestionState.VISIBLE
    row.save()
    show_question(room, row)
    gone = first.rows[0]["question"]
    append(room, "question.changed", {"question": gone, "state": "hidden", "pinned": False})

    second = page(room, page=2, at=first.at)

    assert (second.fresh, second.total) == (1, MANY - 1)
    assert {row["question"] for each in (1, 2, 3) for row in page(room, page=each, at=first.at).rows} & {gone} == set()


def test_words_are_found_in_the_whole_room_by_page_and_by_program(room: Room) -> None:
    client = Client()
    client.force_login(attendee(room.webinar))

    twin = client.get("/webinars/rounds/room/questions/?find=LACTATE&sort=time").json()
    html = client.get("/webinars/rounds/?find=lactate&page=9#questions").text

    assert (twin["total"], twin["pages"], len(twin["questions"])) == (MANY // 3, 1, MANY // 3)
    assert twin["questions"][0]["text"] == "Number 117: lactate?"
    assert html.count('class="room-question ') == MANY // 3
    assert "40 questions found" in html


def test_the_crew_turn_pages_and_a_stranger_sees_none(room: Room) -> None:
    client = Client()
    client.force_login(room.webinar.organiser)
    first = page(room)

    desk = client.get(f"/webinars/rounds/desk/?page=2&at={first.at}").text
    presenter = client.get("/webinars/rounds/present/?find=Number 119").text
    stranger = Client()
    stranger.force_login(verified_member())

    assert "Page 2 of 5" in desk and desk.count('data-do="question.hide"') == 25
    assert "1 question found" in presenter and "Number 119" in presenter
    assert stranger.get("/webinars/rounds/room/questions/").status_code in {403, 404}


@pytest.mark.parametrize(("page_given", "at"), [("x", "y"), ("-1", "-5"), ("9" * 30, "9" * 30), ("2", "")])
def test_senseless_places_count_as_not_given(page_given: str, at: str) -> None:
    asked = Asked.of({"page": page_given, "at": at, "sort": "colour"})

    assert asked == Asked("votes", 2 if page_given == "2" else 1, 0, "")

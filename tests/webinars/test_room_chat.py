"""The chat of a room: what is said is stored once, in order, screened, and gone where it was taken away."""

from typing import Any

import pytest

from community.core.errors import Invalid, Missing, Refused
from tests.factories.forums import suspend
from tests.factories.webinars import attendee, ref, register, verified_member, webinar_with
from webinars.models import RoomEvent
from webinars.operations.chat import delete_line, edit_line, say
from webinars.roomlog import entries_after, topic_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def webinar() -> Any:
    return webinar_with(slug="rounds")


@pytest.fixture
def member(webinar: Any) -> Any:
    return attendee(webinar, name="Ada Attendee")


def log(webinar: Any) -> list[dict[str, Any]]:
    return entries_after(topic_of(webinar), 0, 10_000)


def test_a_line_says_who_speaks_and_is_numbered(webinar: Any, member: Any) -> None:
    answer = say("rounds", by=member, text="  Good morning. ", media_at=3.5, ref=ref())

    first, line = log(webinar)
    assert (first["verb"], first["by"]) == ("room.changed", None)
    assert answer == {"seq": line["seq"]} == {"seq": 2}
    assert (line["verb"], line["by"]) == ("chat.said", member.handle)
    assert line["body"] == {
        "text": "Good morning.",
        "name": "Ada Attendee",
        "who": {"profession": member.profession.name, "region": ""},
        "media_at": 3.5,
    }


def test_a_repeated_ref_gets_the_same_answer_and_stores_nothing(webinar: Any, member: Any) -> None:
    key = ref()

    answers = [say("rounds", by=member, text="Once.", ref=key) for _again in range(3)]

    assert answers == [{"seq": 2}] * 3
    assert RoomEvent.objects.filter(verb="chat.said").count() == 1

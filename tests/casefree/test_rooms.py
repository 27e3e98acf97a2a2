"""What one author tells in a room of a webinar adds up over lines, questions and answers, as it does in a thread."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from community.casefree.models import Telling
from community.core.errors import Refused
from tests.factories.webinars import attendee, ref, webinar_with
from webinars.models import HeldLine, RoomEvent
from webinars.operations.chat import edit_line, say
from webinars.operations.questions import ask
from webinars.rescreening import events_after

pytestmark = pytest.mark.django_db

OPENING = "Would you restart the pill in a 26-year-old with aura?"
JOB = "She is the village teacher and stands all day."
HOME = "Her sister had it too."
#: Eleven before there was a memory.
QUERIES_OF_A_LINE = 12


@pytest.fixture
def webinar() -> Any:
    return webinar_with(slug="rounds")


def test_the_third_detail_is_held_whether_said_or_asked(webinar: Any) -> None:
    teller, other = attendee(webinar), attendee(webinar)
    first = say("rounds", by=teller, text=OPENING, ref=ref())
    asked = ask("rounds", by=teller, text=HOME, anonymous=True, ref=ref())
    assert "held" not in first
    assert "held" not in asked

    assert "held" not in say("rounds", by=other, text=JOB, ref=ref())
    assert say("rounds", by=teller, text=JOB, ref=ref())["held"]
    assert HeldLine.objects.get().author == teller
    assert set(Telling.objects.filter(author=teller).values_list("thread", flat=True)) == {"room:rounds"}
    assert not RoomEvent.objects.filter(sender=teller, body__text=JOB).exists()


def test_an_edit_adds_up_with_the_lines_before_it(webinar: Any) -> None:
    teller = attendee(webinar)
    for text in (OPENING, HOME):
        say("rounds", by=teller, text=text, ref=ref())
    plain = say("rounds", by=teller, text="Thank you.", ref=ref())

    assert edit_line("rounds", by=teller, seq=plain["seq"], text=JOB, ref=ref())["held"]


def test_a_number_split_over_two_lines_is_read_together(webinar: Any) -> None:
    teller, other = attendee(webinar), attendee(webinar)
    say("rounds", by=teller, text="Her MRN is", ref=ref())
    say("rounds", by=other, text="Good morning.", ref=ref())

    with pytest.raises(Refused) as refused:
        say("rounds", by=teller, text="4471902 if you want to look", ref=ref())
    assert refused.value.code == "case_identifiers"
    assert "held" not in say("rounds", by=other, text="4471902 steps today, and you?", ref=ref())


def test_memory_costs_a_harmless_line_one_query(
    webinar: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    teller = attendee(webinar)
    say("rounds", by=teller, text="Good morning.", ref=ref())

    with django_assert_num_queries(QUERIES_OF_A_LINE) as sent:
        say("rounds", by=teller, text="Which dose do you use?", ref=ref())
    assert sum("chat.edited" in query["sql"] for query in sent.captured_queries) == 1


def test_lines_and_questions_can_be_screened_again_with_what_they_say_now(webinar: Any) -> None:
    teller = attendee(webinar)
    line = say("rounds", by=teller, text="Good morning.", ref=ref())
    edit_line("rounds", by=teller, seq=line["seq"], text="Good evening.", ref=ref())
    ask("rounds", by=teller, text="Which dose do you use?", ref=ref())

    rows = list(events_after(0, 50))

    assert [row[1:] for row in rows] == [("chat", "Good evening."), ("question", "Which dose do you use?")]
    assert list(events_after(rows[-1][0], 50)) == []

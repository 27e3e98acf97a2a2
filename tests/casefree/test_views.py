"""The composer's question to the guard: members only, limited, nothing stored and nothing logged."""

import logging

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from community.casefree.views import RATE
from community.core.clock import now
from community.core.models import Event
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(MemberFactory())
    return client


def test_screen_words_tells_what_it_found(writer: Client) -> None:
    answer = writer.post(reverse("screen-words"), {"text": "MRN 4471902", "surface": "post"})

    assert answer.json()["outcome"] == "block"
    assert [(f["start"], f["end"], f["kind"]) for f in answer.json()["findings"]] == [(4, 11, "record_number")]
    assert "no-store" in answer["Cache-Control"]


def test_screen_words_lets_clean_words_pass(writer: Client) -> None:
    answer = writer.post(reverse("screen-words"), {"text": "Which protocol do you use?"})

    assert answer.json() == {"outcome": "pass", "findings": []}


def test_screen_words_refuses_stranger(client: Client) -> None:
    answer = client.post(reverse("screen-words"), {"text": "MRN 4471902"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "not_signed_in"


def test_screen_words_refuses_get(writer: Client) -> None:
    assert writer.get(reverse("screen-words")).status_code == 405


def test_screen_words_asks_for_csrf_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(MemberFactory())

    assert strict.post(reverse("screen-words"), {"text": "x"}).status_code == 403


def test_screen_words_is_limited(writer: Client) -> None:
    with time_machine.travel(now(), tick=False):  # All in one minute, however slow the machine is.
        answers = [writer.post(reverse("screen-words"), {"text": "x"}) for _ in range(int(RATE.partition("/")[0]) + 1)]

    assert [a.status_code for a in answers[:-1]] == [200] * (len(answers) - 1)
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


def test_screen_words_stores_and_logs_nothing(writer: Client, caplog: pytest.LogCaptureFixture) -> None:
    events, members = Event.objects.count(), get_user_model().objects.count()

    with caplog.at_level(logging.DEBUG):
        writer.post(reverse("screen-words"), {"text": "MRN 4471902"})

    assert "4471902" not in caplog.text
    assert (Event.objects.count(), get_user_model().objects.count()) == (events, members)

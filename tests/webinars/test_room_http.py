"""The room over HTTP: the twin of the socket, plain forms, the API, and what all of it costs."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.core.actors import SYSTEM
from community.members.operations import erase_member
from tests.factories.forums import verified_member
from tests.factories.webinars import attendee, ref, webinar_with
from webinars.models import Question, RoomEvent, Webinar
from webinars.operations import chat, questions
from webinars.operations.forgetting import own_words
from webinars.roomlog import entries_after, topic_of

pytestmark = pytest.mark.django_db

ROOM = "/webinars/rounds/room/"


@pytest.fixture
def webinar() -> Any:
    return webinar_with(moderator=verified_member(), slug="rounds", title="Sepsis rounds")


@pytest.fixture
def ada(webinar: Any) -> Any:
    return attendee(webinar, name="Ada Attendee")


@pytest.fixture
def client(ada: Any) -> Client:
    client = Client()
    client.force_login(ada)
    return client


def give(client: Client, do: str, key: str | None = None, **fields: Any) -> Any:
    frame = {"do": do, "ref": key or ref(), **fields}
    return client.post(f"{ROOM}commands/", json.dumps(frame), content_type="application/json")


# --- The twin of the socket ------------------------------------------------------------------------------------


def test_a_command_is_acknowledged_once_and_seen_by_who_asks_since(client: Client) -> None:
    key = ref()
    answers = [give(client, "chat.say", key, text="Good morning.").json() for _again in range(2)]

    assert answers == [{"is": "ack", "ref": key, "seq": 2}] * 2
    page = client.get(f"{ROOM}events/?since=1").json()
    assert (page["seq"], [event["verb"] for event in page["events"]]) == (2, ["chat.said"])
    assert client.get(f"{ROOM}events/?since=2&epoch={page['epoch']}").json()["events"] == []
    assert client.get(f"{ROOM}events/").json()["events"][1]["body"]["text"] == "Good morning."


def test_a_place_that_is_worth_nothing_is_told_so(client: Client) -> None:
    give(client, "chat.say", text="Good morning.")
    assert client.get(f"{ROOM}events/?since=99").json()["resync"] is True
    assert client.get(f"{ROOM}events/?since=1&epoch=other").json()["resync"] is True


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "9" * 30])
def test_a_place_that_is_no_number_is_refused(client: Client, since: str) -> None:
    answer = client.get(f"{ROOM}events/?since={since}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{",
        "[" * 5000,
        '{"do": "chat.say"}',
        '{"do": "chat.say", "ref": "1", "text": "x"}',
        json.dumps({"do": "chat.say", "ref": ref(), "text": 5}),
        json.dumps({"do": "chat.say", "ref": ref(), "text": "x", "extra": 1}),
        json.dumps({"do": "chat.say", "ref": ref(), "text": "x", "media_at": float("nan")}),
        json.dumps({"do": "chat.say", "ref": ref(), "text": "x", "media_at": -1}),
        json.dumps({"do": "chat.say", "ref": ref(), "text": "nul \x00"}),
        json.dumps({"do": "chat.say", "ref": ref(), "text": "half \ud800"}),
        json.dumps({"do": "chat.say", "ref": ref(), "text": "x" * 17_000}),
        json.dumps({"do": "question.vote", "ref": ref(), "question": "'; --"}),
        json.dumps({"do": "chat.hide", "ref": ref(), "seq": 2**70}),
        json.dumps({"do": "no.such", "ref": ref()}),
    ],
)
def test_a_hostile_command_is_invalid_and_stores_nothing(client: Client, body: str) -> None:
    answer = client.post(f"{ROOM}commands/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["is"], answer.json()["code"]) == (400, "refused", "invalid")
    assert RoomEvent.objects.count() == 0


def test_refusals_carry_stable_codes_and_the_place_of_what_was_found(client: Client, webinar: Any) -> None:
    blocked = give(client, "chat.say", text="Her record number is MRN 00123456.")
    assert (blocked.status_code, blocked.json()["code"]) == (403, "case_identifiers")
    found = blocked.json()["findings"][0]
    assert (found["field"], found["kind"]) == ("text", "record_number")
    assert give(client, "chat.hide", seq=1).json()["code"] == "not_moderator"
    assert give(client, "question.vote", question="nothing").status_code == 404
    assert Client().get(f"{ROOM}state/").status_code == 401
    stranger = Client()
    stranger.force_login(verified_member())
    assert stranger.get(f"{ROOM}state/").json()["code"] == "not_registered"


def test_the_state_comes_with_ones_own_part_beside_it(client: Client, ada: Any, webinar: Any) -> None:
    made = give(client, "question.ask", text="Which fluid first?", anonymous=True).json()["question"]
    give(client, "question.vote", question=made)
    give(client, "hand.raise")
    Webinar.objects.update(questions_queued=True)
    waiting = give(client, "question.ask", text="And how much?").json()["question"]

    answer = client.get(f"{ROOM}state/").json()
    other = Client()
    other.force_login(attendee(webinar))

    assert [(each["question"], each["by"]) for each in answer["state"]["questions"]] == [(made, None)]
    own = answer["own"]
    assert (own["votes"], own["hand"], [each["question"] for each in own["questions"]]) == (
        [made],
        True,
        [made, waiting],
    )
    theirs = other.get(f"{ROOM}state/").json()
    assert (theirs["own"]["votes"], theirs["own"]["questions"], theirs["own"]["hand"]) == ([], [], False)
    assert ada.handle not in json.dumps(theirs)


# --- Forms and the API -----------------------------------------------------------------------------------------


def test_every_command_works_as_a_form(client: Client) -> None:
    said = client.post(f"{ROOM}commands/", {"do": "chat.say", "text": "Good morning.", "reply_to": "", "ref": ref()})
    asked = client.post(
        f"{ROOM}commands/", {"do": "question.ask", "text": "Which?", "anonymous": "on", "next": "/forums/"}
    )
    outside = client.post(f"{ROOM}commands/", {"do": "hand.raise", "next": "https://elsewhere.example/"})

    assert [each.url for each in (said, asked, outside)] == ["/webinars/rounds/", "/forums/", "/webinars/rounds/"]
    assert Question.objects.get().anonymous
    refused = client.post(f"{ROOM}commands/", {"do": "chat.say", "text": "Record number MRN 00123456."})
    assert refused.status_code == 403
    assert "MRN 00123456" in refused.content.decode()


def test_the_api_gives_the_same(client: Client) -> None:
    key = ref()
    frame = {"do": "chat.say", "ref": key, "text": "Good morning."}
    answers = [
        client.post("/api/v1/webinars/rounds/room/commands/", frame, content_type="application/json").json()
        for _again in range(2)
    ]
    assert answers[0] == answers[1]
    assert (answers[0]["ref"], answers[0]["seq"]) == (key, 2)
    events = client.get("/api/v1/webinars/rounds/room/events/?since=1").json()["events"]
    assert events == client.get(f"{ROOM}events/?since=1").json()["events"]
    assert client.get("/api/v1/webinars/rounds/room/").json() == client.get(f"{ROOM}state/").json()
    bad = client.post("/api/v1/webinars/rounds/room/commands/", {**frame, "x": 1}, content_type="application/json")
    assert bad.status_code == 422


def test_a_line_is_followed_up_in_the_forum_by_a_link(client: Client, ada: Any) -> None:
    seq = chat.say("rounds", by=ada, text="We start with balanced fluid.", media_at=61.5)["seq"]
    page = client.get(give(client, "chat.follow_up", seq=seq).json()["url"])
    assert page.context["draft"]["title"] == "Sepsis rounds"
    assert f"/webinars/rounds/?t=61#line-{seq}" in page.context["draft"]["source"]
    assert client.get(f"{ROOM}follow-up/1/").status_code == 404


# --- Erasure and cost ------------------------------------------------------------------------------------------


def test_who_is_erased_is_nobody_in_the_room(webinar: Any, ada: Any, run_jobs: Any) -> None:
    chat.say("rounds", by=ada, text="We start with balanced fluid.")
    questions.ask("rounds", by=ada, text="Which fluid first?")
    assert [line["text"] for line in own_words(ada)["lines"]] == ["We start with balanced fluid."]
    handle = ada.handle

    erase_member(ada, by=SYSTEM)
    run_jobs()

    log = entries_after(topic_of(webinar), 0, 100)
    assert "We start with balanced fluid." in str(log)
    assert "Ada" not in str(log)
    assert handle not in str(log)
    assert Question.objects.get().who == {}


def cost(client: Client, call: Any) -> list[str]:
    call()
    with CaptureQueriesContext(connection) as captured:
        assert call().status_code == 200
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def test_what_a_line_costs(client: Client) -> None:
    queries = cost(client, lambda: give(client, "chat.say", text="Good morning."))
    # Session, member; the ref among events and receipts, the locked room; groups, seats in groups, credential, webinar
    # with all that admits and limits; sanctions; what the author said before; counter and event.
    assert len(queries) == COST_OF_A_LINE


@pytest.mark.parametrize("items", [1, 3])
def test_what_the_state_costs(client: Client, ada: Any, items: int) -> None:
    for number in range(items):
        chat.say("rounds", by=ada, text=f"Line {number}.")
        made = questions.ask("rounds", by=ada, text=f"Question {number}?")["question"]
        questions.vote("rounds", by=ada, question=made)
    queries = cost(client, lambda: client.get(f"{ROOM}state/"))
    assert len(queries) == COST_OF_THE_STATE


COST_OF_A_LINE = 13
COST_OF_THE_STATE = 14

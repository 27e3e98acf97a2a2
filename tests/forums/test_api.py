"""The forums over HTTP for programs."""

import uuid
from typing import Any

import pytest
from django.test import Client

from forums.models import Post, ReadMarker
from tests.factories.forums import SpaceFactory, make_thread, verified_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    signed_in = Client()
    signed_in.force_login(verified_member())
    return signed_in


def send(client: Client, path: str, **data: Any) -> Any:
    return client.post(f"/api/v1/forums/{path}", data, content_type="application/json")


def test_spaces_threads_and_posts_are_listed(client: Client) -> None:
    thread = make_thread(replies=1)

    spaces = client.get("/api/v1/forums/spaces/").json()
    threads = client.get(f"/api/v1/forums/spaces/{thread.space.slug}/threads/").json()
    posts = client.get(f"/api/v1/forums/threads/{thread.public_id}/posts/").json()

    assert [(space["slug"], space["threads"], space["unread"]) for space in spaces] == [(thread.space.slug, 1, 1)]
    assert [(row["id"], row["posts"], row["unread"]) for row in threads["threads"]] == [(thread.public_id, 2, True)]
    assert [(post["number"], post["verified"]) for post in posts["posts"]] == [(1, "verified"), (2, "verified")]


def test_a_thread_is_created(client: Client) -> None:
    space = SpaceFactory.create()

    answer = send(
        client,
        f"spaces/{space.slug}/threads/",
        title="Fluids",
        source="Which?",
        tags=["sepsis"],
        client_key=str(uuid.uuid4()),
    )

    assert (answer.status_code, answer.json()["number"]) == (201, 1)


def test_a_reply_repeated_is_the_same_post(client: Client) -> None:
    thread, key = make_thread(), str(uuid.uuid4())

    answers = [send(client, f"threads/{thread.public_id}/posts/", source="One.", client_key=key) for _again in "ab"]

    assert {answer.json()["id"] for answer in answers} == {Post.objects.get(number=2).public_id}


def test_a_field_too_many_is_refused(client: Client) -> None:
    answer = send(client, f"threads/{make_thread().public_id}/posts/", source="A", client_key=str(uuid.uuid4()), by=1)

    assert answer.status_code == 422


def test_blocked_words_answer_with_their_places(client: Client) -> None:
    words = "Her NHS number is 943 476 5919."

    answer = send(client, f"threads/{make_thread().public_id}/posts/", source=words, client_key=str(uuid.uuid4()))

    assert (answer.status_code, answer.json()["code"]) == (403, "case_identifiers")
    found = answer.json()["findings"][0]
    assert words[found["start"] : found["end"]].endswith("5919")


def test_reading_is_marked(client: Client) -> None:
    thread = make_thread(replies=2)

    answer = send(client, f"threads/{thread.public_id}/read/", number=2)

    assert (answer.status_code, ReadMarker.objects.get(last_read_number=2).thread) == (204, thread)


def test_what_one_may_not_read_is_missing(client: Client) -> None:
    space = SpaceFactory.create(audience="profession:2221")

    assert client.get(f"/api/v1/forums/spaces/{space.slug}/threads/").status_code == 404


def test_nothing_without_a_session() -> None:
    assert Client().get("/api/v1/forums/spaces/").status_code == 401

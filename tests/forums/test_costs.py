"""What pages cost: one literal number of queries, the same with one and with three of everything."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.core.audiences import viewer_of
from forums import queries
from tests.factories.forums import SpaceFactory, make_reply, make_thread, verified_member

pytestmark = pytest.mark.django_db

# Session, member, groups, credential, seats, the bell: what every signed-in page asks.
SHELL = 6
ITEMS = (1, 3)


@pytest.fixture
def reader() -> Any:
    return verified_member()


def cost(client: Client, path: str, *, again: bool = True) -> int:
    client.get(path if again else "/forums/")  # Whatever is kept in memory for all is there now.
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def client_of(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.parametrize("items", ITEMS)
def test_thread_page(items: int, reader: Any) -> None:
    thread = make_thread(tags=("a", "b", "c")[:items])
    for _item in range(items):
        make_reply(thread, reply_to=1)

    client = client_of(reader)

    # Thread, tags, posts, own waiting posts; the first visit moves the pointer and ends the notices (two savepoints).
    assert cost(client, thread.get_absolute_url(), again=False) == SHELL + 8
    assert cost(client, thread.get_absolute_url()) == SHELL + 4


@pytest.mark.parametrize("items", ITEMS)
def test_thread_list(items: int, reader: Any) -> None:
    space = SpaceFactory.create()
    for item in range(items):
        make_thread(space, tags=("a", "b", "c")[: item + 1])

    # Space, threads, tags: seven and the session with its member.
    assert cost(client_of(reader), space.get_absolute_url()) == SHELL + 3


@pytest.mark.parametrize("items", ITEMS)
def test_space_list(items: int, reader: Any) -> None:
    for _item in range(items):
        make_thread()

    # Counts, spaces, groups one may join.
    assert cost(client_of(reader), "/forums/") == SHELL + 3


@pytest.mark.parametrize("items", ITEMS)
def test_unread_list(items: int, reader: Any) -> None:
    for _item in range(items):
        make_thread()

    assert cost(client_of(reader), "/forums/unread/") == SHELL + 2


@pytest.mark.parametrize("items", ITEMS)
def test_unread_badge(items: int, reader: Any, django_assert_num_queries: Any) -> None:
    for _item in range(items):
        make_thread()
    viewer = viewer_of(reader)

    with django_assert_num_queries(1):
        assert queries.unread_count(viewer) == items
    with django_assert_num_queries(1):
        assert len(queries.unread_by_space(viewer)) == items

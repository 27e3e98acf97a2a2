"""Many at once on a real database: nothing doubled, nothing lost, numbers dense."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from community.core import limits
from community.core.errors import Conflict
from forums.models import Post, ReadMarker, Revision, Thread
from forums.operations import edit_post, mark_read, reply
from forums.writing import Words
from tests.factories.forums import make_thread, verified_member

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Start every call at the same moment in a thread of its own; results and exceptions in order."""
    start, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return results


def test_one_key_sent_eight_times_at_once_is_one_post() -> None:
    thread, author, key = make_thread(), verified_member(), uuid.uuid4()

    posts = all_at_once(*[lambda: reply(thread, by=author, words=Words("One."), client_key=key)] * 8)

    assert {post.pk for post in posts} == {Post.objects.get(number=2).pk}


def test_one_key_sent_to_two_threads_at_once_is_one_post() -> None:
    first, second, author, key = make_thread(), make_thread(), verified_member(), uuid.uuid4()

    all_at_once(
        lambda: reply(first, by=author, words=Words("One."), client_key=key),
        lambda: reply(second, by=author, words=Words("One."), client_key=key),
    )

    assert Post.objects.filter(author=author, client_key=key).count() == 1


def test_replies_at_once_get_dense_numbers() -> None:
    thread, authors = make_thread(), [verified_member() for _author in range(6)]

    all_at_once(*[lambda by=by: reply(thread, by=by, words=Words("Yes."), client_key=uuid.uuid4()) for by in authors])

    thread.refresh_from_db()
    assert sorted(Post.objects.values_list("number", flat=True)) == list(range(1, 8))
    assert (thread.post_count, thread.last_number) == (7, 7)


@pytest.mark.parametrize("round", range(5))
def test_of_two_edits_at_once_one_wins_and_the_other_is_told(round: int) -> None:
    limits.forget_all()
    thread = make_thread(replies=1)
    post = thread.posts.get(number=2)

    results = all_at_once(
        *[
            lambda text=text: edit_post(post, by=thread.author, words=Words(text, "opinion"), revision=1)
            for text in "AB"
        ]
    )

    conflicts = [result for result in results if isinstance(result, Conflict)]
    assert len(conflicts) == 1
    assert conflicts[0].theirs == Post.objects.get(pk=post.pk).source
    assert Revision.objects.filter(post=post).count() == 1


def test_pointers_raised_at_once_end_at_the_highest() -> None:
    thread, reader = make_thread(replies=5), verified_member()

    all_at_once(*[lambda number=number: mark_read(thread, by=reader, number=number) for number in (2, 6, 3, 5)])

    assert ReadMarker.objects.get(member=reader).last_read_number == 6


def test_the_races_run_on_a_database_with_rows_and_locks() -> None:
    assert connection.vendor in {"sqlite", "postgresql"}
    assert Thread.objects.count() == 0

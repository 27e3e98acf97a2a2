"""Fifty canaries through every surface of forums and rooms: none is left anywhere but in sealed, held words."""

import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import connection

from community.core.errors import Boundary
from community.moderation.operations import report
from forums.operations import edit_post, open_thread, reply
from tests.factories.forums import make_thread, verified_member, words
from tests.factories.webinars import attendee, ref, webinar_with
from webinars.operations.chat import edit_line, say
from webinars.operations.polls import PollWords, create_poll, open_poll
from webinars.operations.questions import ask

pytestmark = pytest.mark.django_db

CANARIES = [f"MRN 55{number:02d}871" for number in range(50)]


def doors(author: Any, presenter: Any) -> list[Callable[[str], object]]:
    """Ways for words into the database; each takes a canary."""
    thread = make_thread(by=author)
    post = thread.posts.get()
    line = say("rounds", by=author, text="Good morning.", ref=ref())["seq"]
    poll = PollWords("Which?", ("One", "Two"))
    return [
        lambda text: reply(thread, by=author, words=words(text), client_key=uuid.uuid4()),
        lambda text: edit_post(post, by=author, words=words(text, title="A title"), revision=post.revision),
        lambda text: open_thread(thread.space, by=author, words=words(text, title="A title"), client_key=uuid.uuid4()),
        lambda text: open_thread(thread.space, by=author, words=words("A text.", title=text), client_key=uuid.uuid4()),
        lambda text: say("rounds", by=author, text=text, ref=ref()),
        lambda text: edit_line("rounds", by=author, seq=line, text=text, ref=ref()),
        lambda text: ask("rounds", by=author, text=text, ref=ref()),
        lambda text: create_poll("rounds", by=presenter, words=PollWords(text, poll.options), ref=ref()),
        lambda text: open_poll("rounds", by=presenter, words=PollWords("Which?", ("One", text)), ref=ref()),
        lambda text: report(post, by=presenter, reason="other", note=text),
    ]


def everything() -> str:
    """All that is stored in tables, full-text indexes with them."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            parts += [str(row) for row in cursor.fetchall()]
    return "\n".join(parts)


def test_no_canary_is_left_anywhere(caplog: pytest.LogCaptureFixture, run_jobs: Callable[[], int]) -> None:
    presenter = verified_member()
    author = attendee(webinar_with(slug="rounds", presenter=presenter))
    ways = doors(author, presenter)

    with caplog.at_level(logging.DEBUG):
        for number, canary in enumerate(CANARIES):
            with pytest.raises(Boundary) as refused:
                ways[number % len(ways)](f"Please look at her file, {canary}, tonight.")
            assert canary not in str(refused.value)
        run_jobs()

    kept = "\n".join([everything(), caplog.text, str(mail.outbox), str([vars(cache) for cache in caches.all()])])
    assert "Good morning." in kept
    assert [canary for canary in CANARIES if canary.removeprefix("MRN ") in kept] == []

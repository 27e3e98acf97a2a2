"""Bulk rows look exactly like those the operations write."""

from datetime import timedelta

import pytest

from community.core.clock import now
from community.credentials.queries import snapshot
from forums.bulk import PostRow, ThreadRow, write_threads
from forums.models import Post, Thread
from tests.factories.forums import SpaceFactory, make_reply, make_thread, verified_member

pytestmark = pytest.mark.django_db
UNLIKE = {"id", "thread", "client_key", "created_at", "published_at", "public_id"}


def test_bulk_posts_are_like_written_ones() -> None:
    space, author = SpaceFactory.create(), verified_member()
    written = make_thread(space, by=author)
    make_reply(written, by=author, source="**Yes**", stance="opinion")
    credential, start = snapshot(author), now() - timedelta(days=3)

    count = write_threads(
        [
            ThreadRow(
                space,
                "Fluids in sepsis",
                [
                    PostRow(author, "Which fluid do you start with?", "question", start, credential),
                    PostRow(author, "**Yes**", "opinion", start + timedelta(hours=1), credential),
                ],
            )
        ]
    )

    bulk = Thread.objects.exclude(pk=written.pk).get()
    written.refresh_from_db()
    space.refresh_from_db()
    assert (count, space.thread_count) == (2, 2)
    names = [field.name for field in Post._meta.concrete_fields if field.name not in UNLIKE]
    rows = [list(Post.objects.filter(thread=thread).order_by("number").values(*names)) for thread in (written, bulk)]
    assert rows[0] == rows[1]
    counters = ("title", "slug", "stance", "audience", "post_count", "last_number", "last_post_number", "last_poster")
    assert [getattr(written, name) for name in counters] == [getattr(bulk, name) for name in counters]
    assert bulk.last_posted_at == start + timedelta(hours=1)

"""Rows in bulk for demonstrations and load tests: thousands of posts a second, with all counters right.

Not an operation: it asks nobody's permission, rings no bell and leaves no event. Only commands call it.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q

from community.core.models import new_public_id
from community.core.text import Rendered, render
from forums.models import Post, PostState, Space, Thread, ThreadState
from forums.policies import audience_of_thread
from forums.writing import slug_of

THREADS_AT_ONCE = 500
POSTS_AT_ONCE = 2000
COLUMNS = (
    *("public_id", "audience", "thread", "number", "author", "client_key", "state"),
    *("stance", "source", "html", "plain", "renderer_version"),
    *("credential", "coi", "revision", "edit_held", "created_at", "published_at"),
)


@dataclass(frozen=True)
class PostRow:
    """A post to write. `credential` is what `credentials.queries.snapshot` gives for the author."""

    author: Any
    source: str
    stance: str
    at: datetime
    credential: dict[str, Any]


@dataclass(frozen=True)
class ThreadRow:
    """A thread to write; the first post opens it. Posts stand in order of time."""

    space: Space
    title: str
    posts: Sequence[PostRow]


def write_threads(
    rows: Iterable[ThreadRow], *, around: Callable[[], AbstractContextManager[object]] = nullcontext
) -> int:
    """Write threads with their posts, each batch in one transaction with `around()` inside; returns the number of
    posts."""
    todo, written = iter(rows), 0
    while batch := list(islice(todo, THREADS_AT_ONCE)):
        with transaction.atomic(), around():
            threads = Thread.objects.bulk_create([_thread(row) for row in batch])
            written += _write_posts(_posts(zip(threads, batch, strict=True)))
    _count_threads()
    return written


def _write_posts(posts: Iterator[tuple[Any, ...]]) -> int:
    """Straight into the table: making a model instance costs more than the row does."""
    columns = ", ".join(_field(name).column for name in COLUMNS)
    marks = ", ".join(["%s"] * len(COLUMNS))
    statement = f"INSERT INTO {Post._meta.db_table} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own
    written = 0
    with connection.cursor() as cursor:
        while batch := list(islice(posts, POSTS_AT_ONCE)):
            cursor.executemany(statement, batch)
            written += len(batch)
    return written


def _thread(row: ThreadRow) -> Thread:
    first, last, count = row.posts[0], row.posts[-1], len(row.posts)
    thread = Thread(
        space=row.space,
        title=row.title,
        slug=slug_of(row.title),
        author=first.author,
        stance=first.stance,
        created_at=first.at,
        last_posted_at=last.at,
        last_poster=last.author,
        last_number=count,
        last_post_number=count,
        post_count=count,
    )
    thread.audience = audience_of_thread(thread)
    return thread


def _posts(pairs: Iterable[tuple[Thread, ThreadRow]]) -> Iterator[tuple[Any, ...]]:
    """The values of COLUMNS for each post, as the database takes them."""
    key, moment, credential = (_prepared(name) for name in ("client_key", "published_at", "credential"))
    credentials: dict[int, Any] = {}
    for thread, row in pairs:
        for number, post in enumerate(row.posts, start=1):
            rendered, at = _rendered(post.source), moment(post.at)
            held = credentials.get(id(post.credential)) or credential(post.credential)
            credentials[id(post.credential)] = held
            identity = (new_public_id(), thread.audience, thread.pk, number, post.author.pk, key(uuid.uuid4()))
            words = (post.stance, post.source, rendered.html, rendered.plain, rendered.version)
            yield (*identity, PostState.PUBLISHED.value, *words, held, "", 1, False, at, at)


def _field(name: str) -> Any:
    return Post._meta.get_field(name)


def _prepared(name: str) -> Callable[[Any], Any]:
    """How a value of this field goes into the present database."""
    field = _field(name)
    return lambda value: field.get_db_prep_save(value, connection)


@lru_cache(maxsize=4096)
def _rendered(source: str) -> Rendered:
    return render(source)


def _count_threads() -> None:
    """Set the counter of every space from its published threads."""
    published = Count("threads", filter=Q(threads__state=ThreadState.PUBLISHED))
    spaces = list(Space.objects.annotate(n=published))
    for space in spaces:
        space.thread_count = space.n
    Space.objects.bulk_update(spaces, ["thread_count"])

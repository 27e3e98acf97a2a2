"""Fills the demo up to given numbers for load tests: members, threads, posts and attendees, without events or mail.

Posts are the content's own words, rendered once and used many times; the past that load tests need is bulk, not story.
"""

import random
import secrets
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Count

from community.core.clock import now
from community.core.models import ALPHABET
from community.core.text import Rendered, render
from community.credentials.models import Application
from community.credentials.proof import Level
from community.credentials.states import State
from community.members.models import Country, Member, Profession
from community.members.operations.joining import CONDUCT_VERSION
from demo.people import DOMAIN
from demo.texts import STANCES, spaces
from forums.models import Post, Space, Thread
from forums.writing import slug_of

BATCH = 2_000
CROWD = "crowd"
ATTENDEE = "attendee"
CLOSE_COUNTERS = """
    UPDATE forums_thread
    SET last_number = %s, last_post_number = %s, post_count = %s, last_posted_at = %s, last_poster_id = %s
    WHERE id = %s
"""
REPLIES = tuple(STANCES.values())[1:]


@dataclass(frozen=True)
class Sizes:
    """How many of each there are to be in all; 0 leaves them as they are."""

    members: int = 0
    threads: int = 0
    posts: int = 0
    attendees: int = 0

    @property
    def are_wanted(self) -> bool:
        return any((self.members, self.threads, self.posts, self.attendees))


@dataclass(frozen=True)
class Made:
    """What a step wrote and how long it took."""

    name: str
    count: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.count / self.seconds if self.seconds else 0.0


class Frame:
    """Writes posts as rows, past the models: a few values differ from post to post, the rest is prepared once."""

    VARYING = (
        "public_id",
        "client_key",
        "thread",
        "number",
        "author",
        "stance",
        "source",
        "html",
        "plain",
        "created_at",
        "published_at",
        "audience",
    )

    def __init__(self, sample: Post) -> None:
        fields = [field for field in Post._meta.concrete_fields if not field.primary_key]
        self._columns = [field.column for field in fields]
        self._constant = [field.get_db_prep_save(getattr(sample, field.attname), connection) for field in fields]
        self._places = [next(i for i, f in enumerate(fields) if f.name == name) for name in self.VARYING]
        self._key = Post._meta.get_field("client_key")

    @classmethod
    def of_posts(cls) -> "Frame":
        """A frame for published replies of verified members."""
        words = ("", Rendered("", "", (), ()))
        return cls(_post(Thread(pk=0), 1, 0, REPLIES[0], now(), words))

    def row(self, thread: Thread, author: int, stance: str, words: tuple[str, Rendered]) -> tuple[Any, ...]:
        """The values of one post, with the next number of its thread."""
        source, rendered = words
        at = connection.ops.adapt_datetimefield_value(thread.last_posted_at)
        key = self._key.get_db_prep_save(uuid.uuid4(), connection)
        identifier = "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(12))
        varying = (
            identifier,
            key,
            thread.pk,
            thread.last_number,
            author,
            stance,
            source,
            rendered.html,
            rendered.plain,
            at,
            at,
            thread.audience,
        )
        values = self._constant.copy()
        for place, value in zip(self._places, varying, strict=True):
            values[place] = value
        return tuple(values)

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Insert the rows."""
        columns = ", ".join(f'"{column}"' for column in self._columns)
        places = ", ".join(["%s"] * len(self._columns))
        with connection.cursor() as cursor:
            cursor.executemany(f'INSERT INTO "{Post._meta.db_table}" ({columns}) VALUES ({places})', rows)  # noqa: S608


def fill(sizes: Sizes) -> Iterator[Made]:
    """Write what is missing to the wanted sizes, one step after another."""
    yield _timed("members", lambda: add_members(CROWD, sizes.members - Member.objects.count()))
    attending = Member.objects.filter(handle__startswith=f"{ATTENDEE}-").count()
    yield _timed("attendees", lambda: add_members(ATTENDEE, sizes.attendees - attending))
    yield _timed("threads", lambda: add_threads(sizes.threads - Thread.objects.count()))
    yield _timed("posts", lambda: add_posts(sizes.posts - Post.objects.count()))


@transaction.atomic
def add_members(stem: str, count: int) -> int:
    """Verified members without a password; sign them in with `demo_sessions`."""
    if count <= 0:
        return 0
    first = Member.objects.filter(handle__startswith=f"{stem}-").count() + 1
    profession, country = Profession.objects.get(code="2211"), Country.objects.get(code="GB")
    numbers = range(first, first + count)
    rows = [_member(f"{stem}-{number:06d}", profession, country) for number in numbers]
    Member.objects.bulk_create(rows, batch_size=BATCH)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=row, email=row.email, verified=True, primary=True) for row in rows], batch_size=BATCH
    )
    Application.objects.bulk_create([_approval(row) for row in rows], batch_size=BATCH)
    return count


@transaction.atomic
def add_threads(count: int) -> int:
    """Threads with their opening post, spread over all spaces and two years."""
    if count <= 0:
        return 0
    chance, moment = random.Random(Thread.objects.count()), now()
    rooms, authors, titles = list(Space.objects.all()), _authors(), _titles()
    rows = [_thread(chance, moment, rooms, authors, f"{chance.choice(titles)} ({n})") for n in range(count)]
    Thread.objects.bulk_create(rows, batch_size=BATCH)
    pool = _pool(chance)
    openings = [_post(row, 1, row.author_id, "question", row.created_at, chance.choice(pool)) for row in rows]
    Post.objects.bulk_create(openings, batch_size=BATCH)
    _count_threads()
    return count


@transaction.atomic
def add_posts(count: int) -> int:
    """Replies, most of them in few threads, as in life."""
    if count <= 0:
        return 0
    chance, authors = random.Random(Post.objects.count()), _authors()
    threads = list(
        Thread.objects.filter(state="published").only("id", "audience", "last_number", "post_count", "last_posted_at")
    )
    chosen = chance.choices(threads, [1 / (rank + 8) for rank in range(len(threads))], k=count)
    pool, moment, rows, frame = _pool(chance), now() - timedelta(minutes=30), [], Frame.of_posts()
    for thread in chosen:
        thread.last_number += 1
        thread.post_count += 1
        thread.last_posted_at += (moment - thread.last_posted_at) * 0.01 * chance.random()
        author, stance = chance.choice(authors), chance.choice(REPLIES)
        thread.last_poster_id = author
        rows.append(frame.row(thread, author, stance, chance.choice(pool)))
    frame.write(rows)
    _close_counters({thread.pk: thread for thread in chosen})
    return count


def _member(handle: str, profession: Profession, country: Country) -> Member:
    return Member(
        email=f"{handle}@load.{DOMAIN}",
        password=make_password(None),
        handle=handle,
        name=handle.replace("-", " ").title(),
        given_name=handle.partition("-")[0].title(),
        family_name=handle.partition("-")[2],
        profession=profession,
        country=country,
        coi_none=True,
        conduct_version=CONDUCT_VERSION,
        joined_at=now() - timedelta(days=400),
    )


def _approval(member: Member) -> Application:
    moment = now()
    return Application(
        member=member,
        profession=member.profession,
        country=member.country,
        state=State.VERIFIED,
        level=Level.VERIFIED_DOCUMENT,
        verified_at=moment - timedelta(days=300),
        decided_at=moment - timedelta(days=300),
        expires_at=moment + timedelta(days=300),
    )


def _thread(chance: random.Random, moment: datetime, rooms: list[Space], authors: list[int], title: str) -> Thread:
    room, author = chance.choice(rooms), chance.choice(authors)
    created = moment - timedelta(hours=1) - timedelta(days=730) * chance.random()
    return Thread(
        space=room,
        title=title[:160],
        slug=slug_of(title),
        author_id=author,
        stance="question",
        created_at=created,
        last_number=1,
        last_post_number=1,
        post_count=1,
        last_posted_at=created,
        last_poster_id=author,
        audience=room.audience,
    )


def _post(thread: Thread, number: int, author: int, stance: str, at: datetime, words: tuple[str, Rendered]) -> Post:
    source, rendered = words
    return Post(
        thread_id=thread.pk,
        number=number,
        author_id=author,
        client_key=uuid.uuid4(),
        stance=stance,
        source=source,
        html=rendered.html,
        plain=rendered.plain,
        renderer_version=rendered.version,
        credential={"level": "verified_document", "profession": "2211", "country": "GB", "region": "GB"},
        created_at=at,
        published_at=at,
        audience=thread.audience,
    )


def _authors() -> list[int]:
    """Ids of those who are verified now."""
    return list(Application.objects.approved().exclude(level="learner").values_list("member_id", flat=True))


def _titles() -> list[str]:
    return [thread.title for space in spaces() for thread in space.threads]


def _pool(chance: random.Random) -> list[tuple[str, Rendered]]:
    """A few hundred rendered texts of one to three of the content's posts, without their mentions."""
    texts = [post.text.replace("@", "") for space in spaces() for thread in space.threads for post in thread.posts]
    sources = ["\n\n".join(chance.sample(texts, chance.choice((1, 1, 2, 3)))) for _ in range(400)]
    return [(source, render(source)) for source in sources]


def _count_threads() -> None:
    counts = Thread.objects.filter(state="published").values_list("space").annotate(count=Count("pk"))
    for space, count in counts.order_by():
        Space.objects.filter(pk=space).update(thread_count=count)


def _close_counters(threads: dict[int, Thread]) -> None:
    """Every new post is published, so the newest number is the last one given."""
    moment = connection.ops.adapt_datetimefield_value
    rows = [
        (t.last_number, t.last_number, t.post_count, moment(t.last_posted_at), t.last_poster_id, t.pk)
        for t in threads.values()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(CLOSE_COUNTERS, rows)


def _timed(name: str, step: Callable[[], int]) -> Made:
    began = time.monotonic()
    count = step()
    return Made(name, count, time.monotonic() - began)

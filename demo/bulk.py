"""Fills the demo up to given numbers for load tests: members, threads, posts and attendees, without events or mail.

Posts are the content's own words, rendered once and used many times; the past that load tests need is bulk, not story.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from community.core.clock import now
from community.credentials.models import Application
from community.credentials.proof import Level
from community.credentials.states import State
from community.members.models import Country, Member, Profession
from community.members.operations.joining import CONDUCT_VERSION
from demo.people import DOMAIN
from demo.texts import STANCES, spaces
from forums.bulk import PostRow, ThreadRow, write_threads
from forums.models import Post, Space, Thread
from search.triggers import at_once

BATCH = 2_000
CROWD = "crowd"
ATTENDEE = "attendee"
POSTS_IN_A_THREAD = 20
CREDENTIAL = {"level": "verified_document", "profession": "2211", "country": "GB", "region": "GB"}
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


def fill(sizes: Sizes) -> Iterator[Made]:
    """Write what is missing to the wanted sizes, one step after another."""
    yield _timed("members", lambda: add_members(CROWD, sizes.members - Member.objects.count()))
    attending = Member.objects.filter(handle__startswith=f"{ATTENDEE}-").count()
    yield _timed("attendees", lambda: add_members(ATTENDEE, sizes.attendees - attending))
    missing = sizes.threads - Thread.objects.count(), sizes.posts - Post.objects.count()
    yield _timed("posts", lambda: add_discussions(*missing))


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


def add_discussions(threads: int, posts: int) -> int:
    """New threads with so many posts in all, most of them in few threads, as in life; returns the posts."""
    threads = threads if threads > 0 else ceil(max(posts, 0) / POSTS_IN_A_THREAD)
    if threads <= 0:
        return 0
    chance = random.Random(Post.objects.count())
    replies = Counter(
        chance.choices(range(threads), [1 / (rank + 8) for rank in range(threads)], k=max(0, posts - threads))
    )
    crowd = Crowd.now(chance)
    discussions = (crowd.thread(1 + replies[rank]) for rank in range(threads))
    return write_threads(discussions, around=at_once)


@dataclass(frozen=True)
class Crowd:
    """Everything that threads of the load data are drawn from."""

    chance: random.Random
    rooms: list[Space]
    authors: list[Member]
    titles: list[str]
    words: list[str]

    @classmethod
    def now(cls, chance: random.Random) -> "Crowd":
        """The rooms there are, those who are verified now, and a few hundred texts of the content's own posts."""
        holders = Application.objects.approved().exclude(level=Level.LEARNER).values("member")
        told = [thread for space in spaces() for thread in space.threads]
        texts = [post.text.replace("@", "") for thread in told for post in thread.posts]
        words = ["\n\n".join(chance.sample(texts, chance.choice((1, 1, 2, 3)))) for _ in range(400)]
        members = list(Member.objects.filter(pk__in=holders))
        return cls(chance, list(Space.objects.all()), members, [thread.title for thread in told], words)

    def thread(self, count: int) -> ThreadRow:
        """A thread of `count` posts that begins somewhere in two years."""
        at = now() - timedelta(hours=2) - timedelta(days=730) * self.chance.random()
        gap = (now() - timedelta(hours=1) - at) / (count + 1)
        stances = ["question", *self.chance.choices(REPLIES, k=count - 1)]
        posts = [self._post(stance, at + gap * index) for index, stance in enumerate(stances)]
        title = f"{self.chance.choice(self.titles)} ({self.chance.randrange(10**6)})"
        return ThreadRow(self.chance.choice(self.rooms), title[:160], posts)

    def _post(self, stance: str, at: datetime) -> PostRow:
        return PostRow(self.chance.choice(self.authors), self.chance.choice(self.words), stance, at, CREDENTIAL)


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


def _timed(name: str, step: Callable[[], int]) -> Made:
    began = time.monotonic()
    count = step()
    return Made(name, count, time.monotonic() - began)

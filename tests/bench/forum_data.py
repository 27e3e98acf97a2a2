"""Made-up forums of any size for benchmarks, with members who hold sessions."""

import random
import secrets
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from community.core.clock import now
from community.credentials.models import Application
from community.credentials.queries import snapshot
from community.credentials.states import State
from community.members.models import Member, Profession
from community.members.operations.joining import CONDUCT_VERSION
from forums.bulk import PostRow, ThreadRow, write_threads
from forums.models import Space, Stance, Thread

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SPACES, MEMBERS = 12, 60
SENTENCES = (
    "We moved to balanced fluid as the default and audit it every quarter.",
    "The guideline leaves the interval open; our unit settled on four hours.",
    "Two trials of the last year point the other way, in a younger population.",
    "Nurses start the bundle here, and the delay has fallen by half.",
    "What would you accept as evidence before changing the local protocol?",
)


def fill(posts: int, long: int) -> dict[str, Any]:
    """Write `posts` posts in threads of twenty, and one thread of `long` posts; says how fast it was."""
    spaces, people = _spaces(), _people()
    started = time.monotonic()
    count = write_threads(_threads(posts // 20, spaces, people))
    seconds = time.monotonic() - started
    write_threads([_thread("The long one", spaces[0], people, long)])
    return {"posts": count, "fill_posts_per_s": round(count / seconds), "long": long}


def addresses() -> dict[str, list[str]]:
    """Where the benchmark goes: some threads, all spaces, the long thread."""
    threads = list(Thread.objects.exclude(title="The long one").select_related("space").order_by("pk")[:400])
    long = Thread.objects.select_related("space").get(title="The long one")
    return {
        "threads": [thread.get_absolute_url() for thread in threads],
        "spaces": [space.get_absolute_url() for space in Space.objects.all()],
        "long": [long.get_absolute_url()],
    }


def sessions() -> list[str]:
    """A session key for each member of the benchmark."""
    keys = []
    for member in Member.objects.filter(handle__startswith="bench-"):
        session = SessionStore()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return keys


def _spaces() -> list[Space]:
    rows = [
        Space(slug=f"bench-{n}", name=f"Bench {n}", kind="topic", purpose="Load.", audience="verified")
        for n in range(SPACES)
    ]
    return list(Space.objects.bulk_create(rows))


def _people() -> list[tuple[Member, dict[str, Any]]]:
    profession = Profession.objects.get_or_create(code="2211", defaults={"name": "Generalist medical practitioner"})[0]
    moment = now()
    people = []
    for n in range(MEMBERS):
        member = Member.objects.create(
            email=f"bench-{n}@collegium.test", handle=f"bench-{n}", name=f"Bench Member {n}",
            conduct_version=CONDUCT_VERSION, profession=profession, password=secrets.token_hex(),
        )  # fmt: skip
        Application.objects.create(
            member=member, profession=profession, state=State.VERIFIED, level="verified",
            decided_at=moment, verified_at=moment, expires_at=moment + timedelta(days=365),
        )  # fmt: skip
        people.append((member, snapshot(member)))
    return people


def _threads(count: int, spaces: list[Space], people: list[Any]) -> Iterator[ThreadRow]:
    for n in range(count):
        yield _thread(f"Question {n} about local practice", spaces[n % len(spaces)], people, 20)


def _thread(title: str, space: Space, people: list[Any], length: int) -> ThreadRow:
    dice = random.Random(title)
    start = now() - timedelta(days=dice.randrange(1, 700))
    return ThreadRow(space, title, [_post(dice, people, start + timedelta(seconds=n)) for n in range(length)])


def _post(dice: random.Random, people: list[Any], at: Any) -> PostRow:
    author, credential = dice.choice(people)
    source = "\n\n".join(dice.sample(SENTENCES, 3))
    return PostRow(author, source, dice.choice(Stance.values), at, credential)

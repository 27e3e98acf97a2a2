"""Verified members, spaces, threads and posts as tests need them; what is written goes through the operations."""

import uuid
from datetime import timedelta
from typing import Any

import factory

from community.core.clock import now
from community.credentials.models import Application
from community.credentials.proof import Level
from community.credentials.states import State
from community.members.models import Member, Profession
from community.members.operations.joining import CONDUCT_VERSION
from forums.models import Post, Space, SpaceKind, SpaceMember, Stance, Thread
from forums.operations import open_thread, reply
from forums.writing import Words
from tests.factories.members import MemberFactory

PHYSICIAN, NURSE = "2211", "2221"


def profession(code: str = PHYSICIAN) -> Profession:
    return Profession.objects.get_or_create(code=code, defaults={"name": f"Profession {code}"})[0]


def verified_member(*, code: str = PHYSICIAN, level: str = Level.VERIFIED, **fields: Any) -> Member:
    """A member with a credential in force."""
    member = MemberFactory.create(conduct_version=CONDUCT_VERSION, profession=profession(code), **fields)
    Application.objects.create(
        member=member,
        profession=member.profession,
        state=State.VERIFIED,
        level=level,
        decided_at=now() - timedelta(days=10),
        verified_at=now() - timedelta(days=10),
        expires_at=now() + timedelta(days=300),
    )
    return member


def learner(**fields: Any) -> Member:
    return verified_member(level=Level.LEARNER, **fields)


def suspend(member: Member) -> None:
    """End the right to post, as a verifier's decision does."""
    Application.objects.filter(member=member).update(state=State.SUSPENDED)


class SpaceFactory(factory.django.DjangoModelFactory[Space]):
    """A space that verified clinicians read and write."""

    class Meta:
        model = Space

    slug = factory.Sequence(lambda n: f"space-{n}")
    name = factory.Sequence(lambda n: f"Space {n}")
    kind = SpaceKind.TOPIC
    purpose = "Questions about how we work."
    audience = "verified"


def private_group(*members: Member, **fields: Any) -> Space:
    """A group that only these members read."""
    space = SpaceFactory.create(audience="space:0", **fields)
    space.audience = f"space:{space.pk}"
    space.save()
    SpaceMember.objects.bulk_create([SpaceMember(space=space, member=member) for member in members])
    return space


def words(source: str = "Which fluid do you start with?", **fields: Any) -> Words:
    return Words(source, **{"stance": Stance.QUESTION, **fields})


def make_thread(space: Space | None = None, by: Member | None = None, replies: int = 0, **fields: Any) -> Thread:
    """A published thread, and so many replies by its author."""
    by = by or verified_member()
    asked = words(title=fields.pop("title", "Fluids in sepsis"), **fields)
    thread = open_thread(space or SpaceFactory.create(), by=by, words=asked, client_key=uuid.uuid4()).thread
    for number in range(replies):
        make_reply(thread, by=by, source=f"Reply {number + 2}")
    thread.refresh_from_db()
    return thread


def make_reply(
    thread: Thread, by: Member | None = None, source: str = "We start with balanced fluid.", **fields: Any
) -> Post:
    said = Words(source, fields.pop("stance", Stance.PRACTICE))
    return reply(thread, by=by or verified_member(), words=said, client_key=uuid.uuid4(), **fields)

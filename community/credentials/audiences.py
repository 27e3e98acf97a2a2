"""The tokens that a credential gives: "verified", "profession:<ISCO-08 code>" and "learner", both ways."""

from collections.abc import Iterable

from django.db.models import QuerySet

from community.core.audiences import VERIFIED
from community.credentials.proof import Level
from community.credentials.queries import (
    POSTING_LEVELS,
    applications_in_force,
    current_application,
    members_who_may_post,
    why_not,
)
from community.members.models import Member

PROFESSION = "profession"
LEARNER = "learner"


def tokens_for(member: Member) -> Iterable[str]:
    """All tokens of a member's credential at once: one query serves the three prefixes, at every request."""
    application = current_application(member)
    reason = why_not(application, member) if application else "not_verified"
    if application is None or reason:
        return [LEARNER] if reason == "learner" else []
    profession = application.profession
    return [VERIFIED, f"{PROFESSION}:{profession.code}"] if profession else [VERIFIED]


def nothing(member: Member) -> Iterable[str]:
    """The tokens of this prefix come with those of another source."""
    return []


def verified_members(token: str) -> "QuerySet[Member]":
    return members_who_may_post()


def members_of_profession(token: str) -> "QuerySet[Member]":
    code = token.partition(":")[2]
    held = applications_in_force().filter(level__in=POSTING_LEVELS, profession__code=code)
    return Member.objects.filter(pk__in=held.values("member"))


def learners(token: str) -> "QuerySet[Member]":
    return Member.objects.filter(pk__in=applications_in_force().filter(level=Level.LEARNER).values("member"))


SOURCES = (
    (VERIFIED, tokens_for, verified_members),
    (PROFESSION, nothing, members_of_profession),
    (LEARNER, nothing, learners),
)

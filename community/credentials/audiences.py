"""The tokens that a credential gives: "verified", "profession:<ISCO-08 code>" and "learner", both ways."""

from collections.abc import Iterable

from django.db.models import QuerySet

from community.core.audiences import VERIFIED
from community.credentials.proof import Level
from community.credentials.queries import POSTING_LEVELS, applications_in_force, members_who_may_post, standing
from community.members.models import Member

PROFESSION = "profession"
LEARNER = "learner"


def tokens_for(member: Member) -> Iterable[str]:
    """All tokens of a member's credential at once: one look at the standing serves the three prefixes."""
    held = standing(member)
    if held.reason == "learner":
        return [LEARNER]
    if not held.may_post:
        return []
    return [VERIFIED, f"{PROFESSION}:{held.profession}"] if held.profession else [VERIFIED]


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

"""The crew of a webinar: organisers, presenters, moderators, speakers.

What only the crew may see has the audience `crew:<id>`. No viewer carries that token, which would cost every page of
the site a query: WebinarQuerySet.visible_to asks for the crew itself.
"""

from typing import Any

from django.db.models import QuerySet

from community.members.models import Member
from webinars.models import CrewMember, CrewRole, Webinar


def crew_token(webinar: Webinar) -> str:
    """The audience of what only the crew may see."""
    return f"crew:{webinar.pk}"


def is_crew_token(token: str) -> bool:
    return token.startswith("crew:")


def crew_of(webinar: Webinar) -> "QuerySet[Member]":
    """The active members of the crew."""
    crew = CrewMember.objects.filter(webinar=webinar).values("member_id")
    return Member.objects.filter(pk__in=crew, is_active=True)


def roles_of(member: Any, webinar: Webinar) -> frozenset[str]:
    """What the member does for this webinar; empty for everybody else."""
    if member is None or not member.is_active:
        return frozenset()
    roles = CrewMember.objects.filter(webinar=webinar, member=member).values_list("role", flat=True)
    return frozenset(roles)


def set_role(webinar: Webinar, member: Any, role: CrewRole) -> None:
    """Give a role; part of the operations that decide about crews."""
    CrewMember.objects.get_or_create(webinar=webinar, member=member, role=role)

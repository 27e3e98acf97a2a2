"""The audience token of a webinar's crew, in both directions: organisers, presenters, moderators and its speakers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from community.members.models import Member
from webinars.models import CrewMember, CrewRole, Webinar


def crew_token(webinar: Webinar) -> str:
    """The audience of what only the crew may see."""
    return f"crew:{webinar.pk}"


def tokens_for(member: Any) -> Iterable[str]:
    webinars = CrewMember.objects.filter(member=member).values_list("webinar_id", flat=True)
    return {f"crew:{webinar_id}" for webinar_id in webinars}


def members_for(token: str) -> "QuerySet[Member]":
    webinar_id = token.partition(":")[2]
    if not webinar_id.isdecimal():
        return Member.objects.none()
    crew = CrewMember.objects.filter(webinar_id=int(webinar_id)).values("member_id")
    return Member.objects.filter(Q(pk__in=crew), is_active=True)


def roles_of(member: Any, webinar: Webinar) -> frozenset[str]:
    """What the member does for this webinar; empty for everybody else."""
    if member is None or not member.is_active:
        return frozenset()
    roles = CrewMember.objects.filter(webinar=webinar, member=member).values_list("role", flat=True)
    return frozenset(roles)


def set_role(webinar: Webinar, member: Any, role: CrewRole) -> None:
    """Give a role; part of the operations that decide about crews."""
    CrewMember.objects.get_or_create(webinar=webinar, member=member, role=role)

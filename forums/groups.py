"""The audience token of a private group, in both directions: seat → token, token → members."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from community.members.models import Member
from forums.models import Space, SpaceMember


def tokens_for(member: Any) -> Iterable[str]:
    seats = SpaceMember.objects.filter(member=member).values_list("space_id", flat=True)
    return [f"space:{space_id}" for space_id in seats]


def members_for(token: str) -> QuerySet[Member]:
    space_id = token.partition(":")[2]
    if not space_id.isdecimal():
        return Member.objects.none()
    return Member.objects.filter(space_seats__space_id=int(space_id), is_active=True)


def name_of(space_id: str) -> str:
    """What a private group is called."""
    return Space.objects.filter(pk=space_id).values_list("name", flat=True).first() or ""

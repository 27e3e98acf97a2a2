"""The tokens of staff: "staff", "moderators", "verifiers", "editors", "reviewers"."""

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from community.members.models import EDITORS, MODERATORS, REVIEWERS, VERIFIERS, Member

GROUP_OF_TOKEN: dict[str, str | None] = {
    "staff": None,
    "moderators": MODERATORS,
    "verifiers": VERIFIERS,
    "editors": EDITORS,
    "reviewers": REVIEWERS,
}


def tokens_for(token: str) -> Callable[[Member], Iterable[str]]:
    def held_by(member: Member) -> Iterable[str]:
        return [token] if _holds(member, token) else []

    return held_by


def members_for(token: str) -> "QuerySet[Member]":
    group = GROUP_OF_TOKEN[token]
    if group is None:
        return Member.objects.filter(is_staff=True)
    return Member.objects.filter(Q(groups__name=group) | Q(is_superuser=True)).distinct()


def _holds(member: Member, token: str) -> bool:
    group = GROUP_OF_TOKEN[token]
    return member.is_staff if group is None else member.in_group(group)

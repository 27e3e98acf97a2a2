"""The duty roster as an audience: the token "roster", both ways, kept in this process for ten seconds.

Every request resolves its viewer's tokens, so the roster must not cost it a query.
"""

from collections.abc import Iterable
from typing import Any

from django.core.cache import caches
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save

from community.core.audiences import TokenSource, register_tokens
from community.knowledge.models import Duty
from community.members.models import Member

ROSTER = "roster"
KEPT_SECONDS = 10
KEY = "knowledge:roster"


def register() -> None:
    """Called once, when the models are ready."""
    register_tokens(TokenSource(ROSTER, tokens_for, members_for))
    for signal in (post_save, post_delete):
        signal.connect(_forget, sender=Duty)


def tokens_for(member: Member) -> Iterable[str]:
    return [ROSTER] if is_on_duty(member) else []


def members_for(token: str) -> "QuerySet[Member]":
    return Member.objects.filter(pk__in=Duty.objects.current().values("member"))


def is_on_duty(member: Any) -> bool:
    """Whether the member is on the roster at this moment; up to ten seconds late in other processes."""
    return member is not None and member.pk in _on_duty()


def on_duty_now() -> "QuerySet[Duty]":
    """The present entries of the roster with their members."""
    return Duty.objects.current().select_related("member__profession", "member__country")


def _on_duty() -> frozenset[int]:
    cache = caches["process"]
    members: frozenset[int] | None = cache.get(KEY)
    if members is None:
        members = frozenset(Duty.objects.current().values_list("member_id", flat=True))
        cache.set(KEY, members, KEPT_SECONDS)
    return members


def _forget(**_kwargs: Any) -> None:
    caches["process"].delete(KEY)

"""What waits for a verifier, in which order, and whose it is."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from community.core.clock import now
from community.credentials.models import Application, ReviewedDomain

CLAIM_LASTS = timedelta(minutes=45)


def is_free(application: Application, member: Any) -> bool:
    """Whether nobody else has taken it up, or their claim has lapsed."""
    if application.claimed_by_id in {None, member.pk}:
        return True
    return application.claimed_at is None or application.claimed_at < now() - CLAIM_LASTS


def queue_for(member: Any) -> "QuerySet[Application]":
    """What this verifier could decide now, oldest first. Never their own, nor of those they were asked to vouch for."""
    waiting = Application.objects.waiting().exclude(member=member.pk).exclude(vouches__voucher=member.pk)
    appealed = Q(appeal_of__decisions__reviewer=member.pk)
    return (
        waiting.exclude(appealed)
        .exclude(proposal__reviewer=member.pk)
        .select_related("member", "profession", "country", "claimed_by", "proposal")
        .in_order()
    )


def next_for(member: Any) -> Application | None:
    """The oldest one that is free."""
    lapsed = Q(claimed_by=None) | Q(claimed_by=member.pk) | Q(claimed_at__lt=now() - CLAIM_LASTS)
    second = Q(proposal__isnull=False)
    return queue_for(member).filter(lapsed | second).first()


def count_for(member: Any) -> int:
    """How many wait for this verifier."""
    return queue_for(member).count()


def domains_to_review() -> "QuerySet[ReviewedDomain]":
    return ReviewedDomain.objects.filter(verdict=ReviewedDomain.Verdict.PENDING).order_by("asked_at")

"""What editors' reports read: write-ups by state and age, adaptations, reviewers' load, checks due; and what waits."""

from datetime import timedelta

from django.db.models import Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from community.core.clock import now
from community.knowledge.models import Adaptation, MythPage, PeerReview, ReviewState, Seat, WriteUpPage
from community.knowledge.practice.facets import Stage, Standing
from community.members.models import Member

YEAR = timedelta(days=365)


def all_write_ups() -> "QuerySet[WriteUpPage]":
    """Every write-up, drafts too, with the number of its versions and adaptations."""
    rows = WriteUpPage.objects.select_related("country").defer("body")
    versions, adaptations = Count("versions", distinct=True), Count("adaptations", distinct=True)
    return rows.annotate(version_count=versions, adaptation_count=adaptations).order_by("title", "pk")  # type: ignore[no-any-return]


def all_adaptations() -> "QuerySet[Adaptation]":
    """Every adaptation with how many reports there are and the month of the last."""
    rows = Adaptation.objects.select_related("parent", "child", "country", "by")
    return rows.annotate(report_count=Count("reports"), last_month=Max("reports__month")).order_by("-made_at", "-pk")


def reviewers() -> "QuerySet[Member]":
    """Everybody who was ever asked to review, with what lies with them now and what they did in a year."""
    open_now = Q(peer_reviews__state__in=[ReviewState.INVITED, ReviewState.WORKING])
    done = Q(peer_reviews__state=ReviewState.DONE, peer_reviews__decided_at__gt=now() - YEAR)
    rows = Member.objects.filter(peer_reviews__isnull=False).select_related("profession", "country")
    return rows.annotate(
        open_reviews=Count("peer_reviews", filter=open_now),
        oldest_open=Min("peer_reviews__began_at", filter=open_now),
        done_in_a_year=Count("peer_reviews", filter=done),
        declined=Count("peer_reviews", filter=Q(peer_reviews__state=ReviewState.DECLINED)),
    ).order_by("-open_reviews", "name", "pk")


def published_checks() -> "QuerySet[MythPage]":
    """Published myth checks, the one due first before the others."""
    rows = MythPage.objects.live().annotate(rumour_count=Count("rumours"))
    return rows.order_by(F("review_due").asc(nulls_last=True), "pk")  # type: ignore[no-any-return]


def write_ups_due() -> int:
    due = Q(standing=Standing.REVIEW_DUE) | Q(standing=Standing.CURRENT, review_due__lte=now().date())
    return WriteUpPage.objects.live().filter(due).count()  # type: ignore[no-any-return]


def lacking_reviewers() -> "QuerySet[WriteUpPage]":
    """Write-ups in review in whose newest round a seat is free."""
    of_page = PeerReview.objects.filter(page=OuterRef("pk")).order_by()
    newest = PeerReview.objects.filter(page=OuterRef("page")).order_by("-round").values("round")[:1]
    seated = of_page.filter(round=Subquery(newest), state__in=PeerReview.TAKEN)
    taken = Subquery(seated.values("page").annotate(n=Count("pk")).values("n")[:1], output_field=IntegerField())
    rows = WriteUpPage.objects.filter(stage=Stage.IN_REVIEW).annotate(taken=Coalesce(taken, 0))
    return rows.filter(taken__lt=len(Seat))  # type: ignore[no-any-return]


def age_of(page: WriteUpPage) -> int | None:
    """Whole days since the newest version; None for what was never published."""
    return (now() - page.last_published_at).days if page.last_published_at else None

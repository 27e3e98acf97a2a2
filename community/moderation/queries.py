"""What moderators read: the queue, one review with everything around it, and the words with what triggered."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.core.errors import Missing
from community.moderation.models import Decision, HeldWords, Outcome, Report, Review, Sanction
from community.moderation.registry import Handler, handler_for, type_of

PAGE = 30
PILLS: dict[int, str] = {Review.Priority.NORMAL: "", Review.Priority.HIGH: "caution", Review.Priority.URGENT: "bad"}


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue and where the next one starts ("" at the end)."""

    reviews: list[Review]
    next: str
    filters: dict[str, str]

    @property
    def next_url(self) -> str:
        """The address of the next page under the same filters."""
        return f"{reverse('review-list')}?{urlencode(self.filters | {'after': self.next})}" if self.next else ""


@dataclass(frozen=True)
class Piece:
    """Some words, and the finding that marks them if there is one."""

    text: str
    finding: dict[str, Any] | None = None


@dataclass(frozen=True)
class Passage:
    """One field of held words, cut at its findings."""

    field: str
    pieces: list[Piece]


def queue_for(member: Any, *, kind: str = "", reason: str = "", show: str = "", after: str = "") -> QueuePage:
    """A page of the queue for a moderator, without what they wrote themselves."""
    reviews = _shown(member, show).exclude(author=member)
    if kind:
        reviews = reviews.filter(kind=kind)
    if reason:
        reviews = reviews.filter(reason=reason)
    reviews = reviews.select_related("author", "claimed_by").annotate(report_count=Count("reports"))
    rows = list(_after(reviews, after, decided=show == "decided")[: PAGE + 1])
    with_subjects(rows[:PAGE])
    for review in rows[:PAGE]:
        _put_row(review)
    filters = {"kind": kind, "reason": reason, "show": show}
    return QueuePage(rows[:PAGE], _position(rows[PAGE - 1]) if len(rows) > PAGE else "", filters)


def review_for(member: Any, public_id: str) -> Review:
    """One review with its reports and decisions; Missing for one's own, as for one that does not exist."""
    review = (
        Review.objects.exclude(author=member)
        .filter(public_id=public_id)
        .select_related("author__profession", "author__country", "claimed_by", "held")
        .annotate(**_history_of_author())
        .first()
    )
    if review is None:
        raise Missing
    prefetch_related_objects([review], Prefetch("reports", Report.objects.select_related("reporter").order_by("id")))
    if not review.is_waiting:  # A review is never opened again, so a waiting one has no decisions.
        decisions = Decision.objects.select_related("by").order_by("id")
        prefetch_related_objects([review], Prefetch("decisions", decisions))
    with_subjects([review])
    vars(review).update(came_by=_came_by(review, len(review.reports.all())))
    return review


def outcome_for(public_id: str) -> Review | None:
    """A decided review as its author and the reporters see it."""
    rows = Review.objects.exclude(outcome="").prefetch_related("reports", "decisions")
    return rows.filter(public_id=public_id).first()


def with_subjects(reviews: Iterable[Review]) -> None:
    """Put `subject_label`, `subject_title`, `subject_url`, `subject_preview` on each: one query for each type."""
    by_type: dict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        by_type[review.target_type].append(review)
    for target_type, group in by_type.items():
        handler = handler_for(target_type)
        targets = {str(row.pk): row for row in handler.rows().filter(pk__in=[one.target_id for one in group])}
        for review in group:
            _describe(review, handler, targets.get(review.target_id))


def held_words(target: Any) -> dict[str, str]:
    """The held words of a target, for the package that releases it; empty when nothing is held."""
    held = HeldWords.objects.filter(review__target_type=type_of(target), review__target_id=str(target.pk)).last()
    return json.loads(held.words) if held else {}


def passages(words: dict[str, str], findings: Iterable[dict[str, Any]]) -> list[Passage]:
    """Cut each field at the bounds of its findings, so that a template can mark what triggered."""
    found = list(findings)
    return [
        Passage(field, _cut(text, [one for one in found if one["field"] == field])) for field, text in words.items()
    ]


def sanctions_of(member: Any) -> QuerySet[Sanction]:
    """A member's sanctions, newest first."""
    return Sanction.objects.filter(member=member).order_by("-id")


def sanction_of(public_id: str) -> Sanction:
    """One sanction; Missing when there is none."""
    sanction = Sanction.objects.filter(public_id=public_id).first()
    if sanction is None:
        raise Missing
    return sanction


def own_data(member: Any) -> dict[str, Any]:
    """What this package keeps about a member, for their download; who reported them is not theirs to know."""
    return {
        "reports_made": list(Report.objects.filter(reporter=member).values("reason", "note", "created_at")),
        "sanctions": list(sanctions_of(member).values("kind", "reason", "imposed_at", "until", "lifted_at")),
        "reviews": list(
            Review.objects.filter(author=member).exclude(outcome="").values("kind", "outcome", "decided_at")
        ),
    }


def _shown(member: Any, show: str) -> QuerySet[Review]:
    if show == "decided":
        return Review.objects.filter(state=Review.State.DECIDED)
    if show == "mine":
        return Review.objects.free_for(member.pk).filter(claimed_by=member)
    return Review.objects.waiting()


def _describe(review: Review, handler: Handler, target: Any) -> None:
    """What is held is shown nowhere but under a claim, its title included."""
    is_shown = target is not None and not (review.kind == Review.Kind.HOLD and review.is_waiting)
    vars(review).update(
        subject_label=handler.label,
        subject_title=handler.title(target) if is_shown else "",
        subject_url=handler.url(target) if is_shown else "",
        subject_preview=handler.preview(target) if is_shown else "",
    )


def _put_row(review: Review) -> None:
    """What one row of the queue says besides the title."""
    reports = getattr(review, "report_count", 0)
    said = ngettext("%(n)d report", "%(n)d reports", reports) % {"n": reports} if reports else ""
    words = [vars(review)["subject_label"], review.get_reason_display(), str(review.author or ""), said]
    vars(review).update(
        meta=[word for word in words if word], pill_kind=PILLS[review.priority], came_by=_came_by(review, reports)
    )


def _came_by(review: Review, reports: int) -> str:
    """How it came into the queue; what the guard found when it read again was reported by nobody."""
    is_found = review.kind == Review.Kind.REPORT and not reports
    return _("Found by the guard under new rules") if is_found else review.get_kind_display()


def _after(reviews: QuerySet[Review], after: str, *, decided: bool) -> QuerySet[Review]:
    """Continue after a position, "<priority>-<id>" as `_position` writes it; anything else starts at the top."""
    priority, _dash, pk = after.partition("-")
    here = (int(priority), int(pk)) if priority.isdecimal() and pk.isdecimal() else None
    if decided:
        return (reviews.filter(id__lt=here[1]) if here else reviews).order_by("-id")
    if here:
        reviews = reviews.filter(Q(priority__lt=here[0]) | Q(priority=here[0], id__gt=here[1]))
    return reviews.order_by("-priority", "id")


def _position(review: Review) -> str:
    return f"{review.priority}-{review.pk}"


def _history_of_author() -> dict[str, Any]:
    """Annotations: how earlier reviews of the same author ended, and the sanction in force."""
    others = Review.objects.filter(author=OuterRef("author")).exclude(pk=OuterRef("pk")).order_by()
    ended = {
        name: others.filter(outcome__in=outcomes).values("author").annotate(n=Count("pk")).values("n")
        for name, outcomes in {
            "author_removed": [Outcome.HIDE, Outcome.REFUSE],
            "author_cleared": [Outcome.KEEP, Outcome.RELEASE, Outcome.RESTORE],
        }.items()
    }
    return {name: Subquery(query) for name, query in ended.items()}


def _cut(text: str, findings: list[dict[str, Any]]) -> list[Piece]:
    bounds = {0, len(text)}
    for finding in findings:
        bounds.update(min(max(finding[end], 0), len(text)) for end in ("start", "end"))
    return [Piece(text[start:end], _covering(findings, start, end)) for start, end in pairwise(sorted(bounds))]


def _covering(findings: list[dict[str, Any]], start: int, end: int) -> dict[str, Any] | None:
    return next((one for one in findings if one["start"] <= start and end <= one["end"]), None)

"""How something enters the queue: held by the guard, or reported by a member. One open review for a target."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Model

from community.casefree.operations import note_hold
from community.core.actors import Actor
from community.core.errors import Invalid
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.moderation.models import HeldWords, Reason, Report, Review
from community.moderation.policies import may_report
from community.moderation.registry import handler_for, type_of

REPORTS_A_DAY = "30/day"
PRIORITY_OF_REPORT = {
    Reason.IDENTIFIERS: Review.Priority.URGENT,
    Reason.CASE: Review.Priority.HIGH,
    Reason.UNSAFE: Review.Priority.HIGH,
}


@transaction.atomic
def hold(target: Model, *, by: Actor, words: Mapping[str, str], findings: Iterable[Any]) -> Review:
    """Open a review for words that must not be published before a moderator has read them.

    Called by the operation that stores the target. `words` are sealed by field name; `findings` carry offsets
    into them and never the words.
    """
    # no-require: the operation that stores the words has asked whether they may be written
    findings = list(findings)
    review = _open(target, by=by, kind=Review.Kind.HOLD, reason=Reason.IDENTIFIERS)
    if review.kind != Review.Kind.HOLD:
        review.kind = Review.Kind.HOLD
        review.save(update_fields=["kind"])
    HeldWords.objects.update_or_create(
        review=review,
        defaults={"words": json.dumps(dict(words)), "findings": [_plain(finding) for finding in findings]},
    )
    note_hold(review.pk, [finding.kind for finding in findings], by=by)
    return review


@transaction.atomic
def flag(target: Model, *, by: Actor) -> Review:
    """Open a review for something published in which new rules of the guard find what they would have held."""
    # no-require: the clock does this, nobody asks for it
    return _open(target, by=by, kind=Review.Kind.REPORT, reason=Reason.IDENTIFIERS)


@transaction.atomic
def report(target: Model, *, by: Any, reason: str, note: str = "") -> Review:
    """Report what a member can see. A second report joins the open review; the same member counts once.

    The caller has fetched `target` through `visible_to(by)`. Raises Refused, Invalid and TooMany.
    """
    require(may_report(by, handler_for(type_of(target)).author(target)))
    if reason not in Reason.values:
        raise Invalid({"reason": ["Choose a reason."]})
    spend("moderation.report", by.pk, REPORTS_A_DAY)
    refuse_if_not_clean("report", note=note)
    review = _open(target, by=by, kind=Review.Kind.REPORT, reason=reason)
    Report.objects.update_or_create(review=review, reporter=by, defaults={"reason": reason, "note": note})
    _raise_priority(review, PRIORITY_OF_REPORT.get(Reason(reason), Review.Priority.NORMAL))
    record("moderation.review.reported", by=by, target=review, reason=reason)
    return review


def _open(target: Model, *, by: Actor, kind: str, reason: str) -> Review:
    """Return the target's open review, or open one."""
    review, is_new = Review.objects.waiting().get_or_create(
        target_type=type_of(target),
        target_id=str(target.pk),
        defaults={"kind": kind, "reason": reason, "author": handler_for(type_of(target)).author(target)},
    )
    if is_new:
        record("moderation.review.opened", by=by, target=review, kind=kind, reason=reason)
    return review


def _raise_priority(review: Review, priority: int) -> None:
    """Raise the priority and the version, so that a moderator who decides sees the newest report."""
    review.priority = max(review.priority, priority)
    Review.objects.filter(pk=review.pk).update(priority=review.priority, version=F("version") + 1)
    review.refresh_from_db(fields=["version"])


def _plain(finding: Any) -> dict[str, Any]:
    """Return a finding as JSON: where, what kind, why; never the words."""
    return {name: getattr(finding, name) for name in ("field", "start", "end", "kind", "reason")}

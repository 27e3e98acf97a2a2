"""How a review ends: a moderator decides, a second one reverses, or the author withdraws the held words."""

import json
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Conflict, Invalid
from community.core.events import record
from community.core.policies import deny, require
from community.core.screening import refuse_if_not_clean
from community.moderation.models import Decision, HeldWords, Outcome, Reason, Review
from community.moderation.policies import may_handle, may_reverse
from community.moderation.registry import handler_for, type_of


@transaction.atomic
def decide(review: Review, *, by: Any, outcome: str, reason: str, note: str = "") -> Decision:
    """Close a review and let the target's package act on it. `note` is written to the author.

    `review.version` is the version that the moderator saw: Conflict when it has changed since.
    The held words are deleted with the decision.
    """
    require(may_handle(by, review))
    _check(outcome, reason, allowed=review.outcomes)
    refuse_if_not_clean("moderation_note", note=note)
    _close(Review.objects.free_for(by.pk), review, outcome)
    _act(review, outcome, by=by)
    HeldWords.objects.filter(review=review).delete()
    decision = Decision.objects.create(review=review, by=by, outcome=outcome, reason=reason, note=note)
    record("moderation.review.decided", by=by, target=review, kind=review.kind, outcome=outcome, reason=reason)
    return decision


@transaction.atomic
def reverse(review: Review, *, by: Any, reason: str, note: str = "") -> Decision:
    """Show a hidden target again: the decision of a second moderator, kept beside the first."""
    require(may_reverse(by, review))
    _check(Outcome.RESTORE, reason, allowed=(Outcome.RESTORE,))
    refuse_if_not_clean("moderation_note", note=note)
    _close(Review.objects.filter(outcome=Outcome.HIDE), review, Outcome.RESTORE)
    _act(review, Outcome.RESTORE, by=by)
    decision = Decision.objects.create(review=review, by=by, outcome=Outcome.RESTORE, reason=reason, note=note)
    record("moderation.review.reversed", by=by, target=review, reason=reason)
    return decision


@transaction.atomic
def settle(target: Model, *, by: Any, outcome: str, reason: str) -> None:
    """Decide at once on held words where they stand, such as in a live room whose own moderators cannot wait.

    Called by the package that owns the target, which has asked its own policy; nobody decides on their own words.
    """
    # no-require: the caller's operation has asked about the moderator
    review = _waiting_hold(target)
    if review is None:
        raise Conflict(_("This has been decided already."))
    if review.author_id == by.pk:
        require(deny("own_words", _("You cannot decide on your own contribution.")))
    _check(outcome, reason, allowed=review.outcomes)
    _close(Review.objects.free_for(by.pk), review, outcome)
    _act(review, outcome, by=by)
    HeldWords.objects.filter(review=review).delete()
    Decision.objects.create(review=review, by=by, outcome=outcome, reason=reason)
    record("moderation.review.decided", by=by, target=review, kind=review.kind, outcome=outcome, reason=reason)


@transaction.atomic
def show_words(target: Model, *, by: Any) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The held words by field and their findings, for those who may `settle`; each look is an audit entry."""
    # no-require: the caller's operation has asked about the moderator
    review = _waiting_hold(target)
    if review is None or not hasattr(review, "held"):
        raise Conflict(_("This has been decided already."))
    if review.author_id == by.pk:
        require(deny("own_words", _("You cannot decide on your own contribution.")))
    record("moderation.review.words_read", by=by, target=review)
    return json.loads(review.held.words), review.held.findings


@transaction.atomic
def withdraw(target: Model, *, by: Any) -> None:
    """Close the open review of held words that their author takes back; nothing happens without one."""
    review = _waiting_hold(target)
    if review is None:
        return
    if review.author_id != by.pk:
        require(deny("not_author", _("Only the author can withdraw this.")))
    _close(Review.objects.waiting(), review, Outcome.WITHDRAW)
    HeldWords.objects.filter(review=review).delete()
    record("moderation.review.withdrawn", by=by, target=review)


def _waiting_hold(target: Model) -> Review | None:
    """The open review of a target's held words."""
    of_target = Review.objects.waiting().filter(target_type=type_of(target), target_id=str(target.pk))
    return of_target.filter(kind=Review.Kind.HOLD).first()


def _check(outcome: str, reason: str, *, allowed: tuple[Outcome, ...]) -> None:
    """Raise Invalid for a decision or a reason that this review cannot have."""
    if outcome not in allowed:
        raise Invalid({"outcome": [_("Choose a decision.")]})
    if reason not in Reason.values:
        raise Invalid({"reason": [_("Choose a reason.")]})


def _close(reviews: Any, review: Review, outcome: str) -> None:
    """Mark a review as decided if it is still the version that was read; raise Conflict otherwise."""
    changed = reviews.filter(pk=review.pk, version=review.version).update(
        state=Review.State.DECIDED,
        outcome=outcome,
        decided_at=now(),
        claimed_by=None,
        claimed_until=None,
        version=F("version") + 1,
    )
    if not changed:
        raise Conflict(_("Another moderator is handling this, or it has changed. Look again before you decide."))
    review.refresh_from_db()


def _act(review: Review, outcome: str, *, by: Any) -> None:
    """Call the target's package. A target that its owner has deleted meanwhile needs nothing more."""
    handler = handler_for(review.target_type)
    acts = {
        Outcome.RELEASE: handler.release,
        Outcome.REFUSE: handler.refuse,
        Outcome.HIDE: handler.hide,
        Outcome.RESTORE: handler.restore,
    }
    target = handler.rows().filter(pk=review.target_id).first()
    if target is not None and Outcome(outcome) in acts:
        acts[Outcome(outcome)](target, by=by)

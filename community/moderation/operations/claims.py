"""Taking a review and giving it back. A claim is a lease on a version, so two moderators never decide one thing."""

import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Conflict
from community.core.events import record
from community.core.policies import require
from community.moderation.models import Review
from community.moderation.policies import may_handle, may_moderate, may_read_words

LEASE = timedelta(minutes=15)


@transaction.atomic
def claim(review: Review, *, by: Any) -> Review:
    """Take a review for LEASE, or extend one's own lease; raise Conflict when another moderator was faster."""
    require(may_handle(by, review))
    _change(
        review,
        by=by,
        state=Review.State.CLAIMED,
        claimed_by=by,
        claimed_until=now() + LEASE,
    )
    record("moderation.review.claimed", by=by, target=review)
    return review


@transaction.atomic
def claim_next(*, by: Any) -> Review | None:
    """Take the most urgent free review that is not `by`'s own; None when there is none."""
    require(may_moderate(by))
    free = Review.objects.free_for(by.pk).exclude(author=by).exclude(reports__reporter=by)
    review = free.in_order().first()
    return claim(review, by=by) if review else None


@transaction.atomic
def release_claim(review: Review, *, by: Any) -> Review:
    """Give a claimed review back to the queue."""
    require(may_handle(by, review))
    _change(review, by=by, state=Review.State.OPEN, claimed_by=None, claimed_until=None)
    record("moderation.review.unclaimed", by=by, target=review)
    return review


@transaction.atomic
def open_words(review: Review, *, by: Any) -> dict[str, str]:
    """Return the held words by field; each look is an audit entry. Empty when nothing is held."""
    require(may_read_words(by, review))
    held = getattr(review, "held", None)
    if held is None:
        return {}
    record("moderation.review.words_read", by=by, target=review)
    words: dict[str, str] = json.loads(held.words)
    return words


def _change(review: Review, *, by: Any, **values: Any) -> None:
    """Write `values` if the review is still the version that was read and free for `by`."""
    free = Review.objects.free_for(by.pk).filter(pk=review.pk, version=review.version)
    if not free.update(version=F("version") + 1, **values):
        raise Conflict(_("Another moderator is handling this, or it has changed. Look again before you decide."))
    review.refresh_from_db()

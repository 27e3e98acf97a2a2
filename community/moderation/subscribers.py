"""Tells authors, reporters and sanctioned members what was decided and why."""

from community.core.events import on
from community.core.models import Event
from community.core.notices import tell
from community.members.models import Member
from community.moderation.models import Outcome, Review, Sanction


@on("moderation.review.decided", "moderation.review.reversed")
def tell_author(event: Event) -> None:
    """Tell the author, except of a report that changed nothing: they never knew of it."""
    review = Review.objects.select_related("author").filter(pk=event.target_id).first()
    if review and review.author and event.facts.get("outcome") != Outcome.KEEP:
        tell(review.author, "moderation.decided", target=review, event_id=event.pk)


@on("moderation.review.decided")
def tell_reporters(event: Event) -> None:
    """Tell everybody who reported that it was looked at."""
    for reporter in Member.objects.filter(reports_made__review=int(event.target_id), is_active=True):
        tell(reporter, "moderation.report_decided", target=Review(pk=int(event.target_id)), event_id=event.pk)


@on("moderation.sanction.imposed", "moderation.sanction.lifted")
def tell_sanctioned(event: Event) -> None:
    """Tell a member what they may not do any more, or again."""
    sanction = Sanction.objects.select_related("member").filter(pk=event.target_id).first()
    if sanction:
        tell(sanction.member, "moderation.sanctioned", target=sanction, event_id=event.pk)

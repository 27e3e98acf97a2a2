"""Upkeep of reading: bounds of those who read lately, and pointers that no list looks at any more."""

from datetime import timedelta

from community.core.clock import now
from community.core.tasks import every
from community.members.models import Member
from forums.models import ReadMarker
from forums.models.threads import UNREAD_CUTOFF
from forums.operations import refresh_bound

LATELY = timedelta(hours=1)
BATCH = 500


@every("15 minutes")
def raise_bounds() -> None:
    """Raise the lower bound of members who have read something since the last rounds."""
    for member in Member.objects.filter(pk__in=_recent_readers()[:BATCH]):
        refresh_bound(by=member)


@every("1 day")
def drop_old_markers() -> None:
    """Forget pointers into threads that have been silent for longer than anything counts as unread."""
    silent = now() - 2 * UNREAD_CUTOFF
    ReadMarker.objects.filter(thread__last_posted_at__lt=silent).delete()


def _recent_readers() -> list[int]:
    recent = ReadMarker.objects.filter(read_at__gte=now() - LATELY).order_by().values_list("member_id", flat=True)
    return list(recent.distinct())

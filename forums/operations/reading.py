"""How far a member has read. Nobody else may see it, so it leaves no event."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Min

from community.core.audiences import Viewer, viewer_of
from community.core.clock import now
from community.core.errors import Missing
from community.notifications.operations import mark_group_read
from forums.models import Reading, ReadMarker, Space, SpaceMarker, Thread
from forums.models.threads import UNREAD_CUTOFF
from forums.queries import unread_threads

# A post that another transaction is just writing may carry a slightly earlier time than our look.
IN_FLIGHT = timedelta(minutes=5)


# Both databases know this form; the condition keeps a late request from moving a pointer back.
RAISE_POINTER = """
    INSERT INTO forums_readmarker (member_id, thread_id, last_read_number, read_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (member_id, thread_id) DO UPDATE
    SET last_read_number = excluded.last_read_number, read_at = excluded.read_at
    WHERE forums_readmarker.last_read_number < excluded.last_read_number
"""


def group_of(thread_id: int) -> str:
    """What the notices about the posts of a thread collapse by."""
    return f"forums.thread:{thread_id}"


def mark_read(thread: Thread, *, by: Any, number: int) -> None:
    """Raise the member's pointer in a thread they were shown; it is clamped to the newest post and never goes back.

    Who has seen the newest post needs no notice of the thread any more. The caller has fetched it through `visible_to`.
    """
    # no-atomic: each of the two statements is right without the other
    # no-require: whoever was shown a post has read it
    # no-record: how far one reads is nobody's business
    with connection.cursor() as cursor:
        cursor.execute(RAISE_POINTER, [by.pk, thread.pk, min(number, thread.last_post_number), now()])
    if number >= thread.last_post_number:
        mark_group_read(by, group_of(thread.pk), by=by)


@transaction.atomic
def mark_space_read(space: Space, *, by: Any) -> None:
    """Count everything of a space up to now as read; the pointers of its threads are no longer needed."""
    # no-require: `visible_to` below decides
    # no-record: how far one reads is nobody's business
    if not Space.objects.visible_to(viewer_of(by)).filter(pk=space.pk).exists():
        raise Missing
    moment = now()
    SpaceMarker.objects.update_or_create(member=by, space=space, defaults={"read_at": moment})
    ReadMarker.objects.filter(member=by, thread__space=space, thread__last_posted_at__lte=moment).delete()


@transaction.atomic
def refresh_bound(*, by: Any, viewer: Viewer | None = None) -> datetime:
    """Raise the time below which nothing is unread for this member, so that lists need not look further back."""
    # no-require: it changes only how fast one's own lists are
    # no-record: how far one reads is nobody's business
    viewer = viewer or viewer_of(by)
    oldest = unread_threads(viewer).order_by().aggregate(oldest=Min("last_posted_at"))["oldest"]
    bound: datetime = min(filter(None, [oldest, now() - IN_FLIGHT]))
    Reading.objects.update_or_create(member=by, defaults={"first_unread_at": bound, "seen_at": now()})
    return bound


@transaction.atomic
def forget_bound(*, by: Any) -> None:
    """Look back to the cutoff again: after a member gained the right to read something older."""
    # no-require: it changes only how fast one's own lists are
    # no-record: how far one reads is nobody's business
    Reading.objects.filter(member=by).update(first_unread_at=now() - UNREAD_CUTOFF)

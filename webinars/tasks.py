"""Periodic work of webinars."""

import logging

from community.core import buckets
from community.core.actors import SYSTEM
from community.core.clock import now
from community.core.models import Attempt
from community.core.tasks import every, job
from webinars.media import disposal, packaging, pushing
from webinars.operations.broadcasting import end_take, silent_takes
from webinars.operations.reminding import due_reminders, remind

log = logging.getLogger(__name__)


@every("1 minute")
def remind_registered() -> None:
    """Send the reminders that are due, batch after batch."""
    for webinar, reminder in due_reminders(now()):
        while remind(webinar, reminder, by=SYSTEM):
            pass


@every("10 seconds")
def finish_silent_takes() -> None:
    """End takes that nothing has been sent for, finish what a process that died has left, destroy what was cut."""
    for take, is_over in silent_takes():
        if is_over:
            end_take(take, by=SYSTEM)
        packaging.advance(take.pk)
    disposal.destroy_redacted()


@every("5 seconds")
def push_what_waits() -> None:
    """Where a bucket is set: let the media worker take finished files there, unless it is at it."""
    if buckets.bucket() is None:
        return
    on_its_way = Attempt.objects.filter(job=push_media.path, state__in=[Attempt.State.WAITING, Attempt.State.RUNNING])
    if not on_its_way.exists() and pushing.waits():
        push_media.enqueue()


@job(retries=0, queue="media", lease=180)
def push_media() -> None:
    """Half a minute of pushing. A bucket that is away is asked again soon; files stay here meanwhile."""
    try:
        pushing.push_all()
    except buckets.Unreachable as error:
        log.warning("the bucket does not answer", extra={"code": str(error)})

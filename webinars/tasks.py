"""Periodic work of webinars."""

import logging

from community.core import buckets
from community.core.actors import SYSTEM
from community.core.clock import now
from community.core.models import Attempt
from community.core.tasks import Job, every, job
from webinars.media import disposal, packaging, pushing, recorded
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
    if not _is_on_its_way(push_media) and pushing.waits():
        push_media.enqueue()


@job(retries=0, queue="media", lease=180)
def push_media() -> None:
    """Half a minute of pushing. A bucket that is away is asked again soon; files stay here meanwhile."""
    try:
        pushing.push_all()
    except buckets.Unreachable as error:
        log.warning("the bucket does not answer", extra={"code": str(error)})


@every("5 seconds")
def take_in_recordings() -> None:
    """While webinars get their video from OBS: let the media worker make their recordings."""
    if not _is_on_its_way(advance_recordings) and any(recorded.awaited()):
        advance_recordings.enqueue()


@job(retries=0, queue="media", lease=3600)
def advance_recordings() -> None:
    recorded.advance_all()


def _is_on_its_way(what: Job) -> bool:
    return Attempt.objects.filter(job=what.path, state__in=[Attempt.State.WAITING, Attempt.State.RUNNING]).exists()

"""Periodic work of webinars."""

from community.core.actors import SYSTEM
from community.core.clock import now
from community.core.tasks import every
from webinars.media import disposal, packaging
from webinars.operations.broadcasting import end_take, silent_takes
from webinars.operations.reminding import due_reminders, remind


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

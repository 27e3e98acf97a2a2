"""Periodic work of webinars."""

from community.core.actors import SYSTEM
from community.core.clock import now
from community.core.tasks import every
from webinars.operations.reminding import due_reminders, remind


@every("1 minute")
def remind_registered() -> None:
    """Send the reminders that are due, batch after batch."""
    for webinar, reminder in due_reminders(now()):
        while remind(webinar, reminder, by=SYSTEM):
            pass

"""Reminding those who registered: a day, an hour and ten minutes before, as each of them wants it, each once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from community.core.actors import Actor
from community.core.events import record
from community.core.notices import tell
from webinars.models import Registration, RegistrationState, Webinar, WebinarState

#: A batch is one transaction, so that nobody waits long behind it.
BATCH = 100


@dataclass(frozen=True)
class Reminder:
    """`level` counts up, so that a registration remembers the last one it had. Within `until` it has no point."""

    kind: str
    level: int
    before: timedelta
    until: timedelta


REMINDERS = (
    Reminder("day", 1, timedelta(days=1), timedelta(hours=2)),
    Reminder("hour", 2, timedelta(hours=1), timedelta(minutes=15)),
    Reminder("ten", 3, timedelta(minutes=10), timedelta(0)),
)


def due_reminders(moment: datetime) -> list[tuple[Webinar, Reminder]]:
    """The webinars that are so near that a reminder is due, with which."""
    soon = Webinar.objects.filter(state=WebinarState.SCHEDULED, starts_at__gt=moment)
    soon = soon.filter(starts_at__lte=moment + REMINDERS[0].before)
    return [
        (webinar, reminder)
        for webinar in soon
        for reminder in REMINDERS
        if reminder.until < webinar.starts_at - moment <= reminder.before
    ]


@transaction.atomic
def remind(webinar: Webinar, reminder: Reminder, *, by: Actor) -> int:
    """Remind the next batch of those who want it and have not had it; returns how many were looked at.

    Who registered when it was due already is not reminded of what they have just done.
    """
    # no-require: the clock reminds; each has chosen whether they want it
    registered = Registration.objects.filter(webinar=webinar, state=RegistrationState.REGISTERED)
    waiting = registered.filter(reminded__lt=reminder.level).select_for_update(of=("self",)).select_related("member")
    batch = list(waiting.order_by("pk")[:BATCH])
    Registration.objects.filter(pk__in=[registration.pk for registration in batch]).update(reminded=reminder.level)
    told = [each for each in batch if _is_wanted(each, webinar, reminder)]
    for registration in told:
        tell(registration.member, f"webinars.reminder_{reminder.kind}", target=webinar)
    if told:
        record("webinars.webinar.reminded", by=by, target=webinar, kind=reminder.kind, count=len(told))
    return len(batch)


def _is_wanted(registration: Registration, webinar: Webinar, reminder: Reminder) -> bool:
    wants: bool = getattr(registration, f"remind_{reminder.kind}")
    return wants and registration.registered_at <= webinar.starts_at - reminder.before

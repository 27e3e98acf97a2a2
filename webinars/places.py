"""Places in a webinar: how many are free, and who moves up when one becomes free. The webinar's row is locked."""

from typing import Any

from community.core.events import record
from webinars.models import Registration, RegistrationState, Webinar


def is_full(webinar: Webinar) -> bool:
    """Whether every place is taken, for a webinar whose places are limited."""
    if webinar.capacity is None:
        return False
    return Registration.objects.filter(webinar=webinar, state=RegistrationState.REGISTERED).count() >= webinar.capacity


def state_for(webinar: Webinar) -> RegistrationState:
    """What somebody gets who may have a place: the place, or the next turn on the waiting list."""
    return RegistrationState.WAITING if is_full(webinar) else RegistrationState.REGISTERED


def move_up(webinar: Webinar, *, by: Any) -> None:
    """Give free places to those who have waited longest; they are told by who listens to the event."""
    waiting = Registration.objects.filter(webinar=webinar, state=RegistrationState.WAITING)
    for registration in waiting.order_by("registered_at", "id"):
        if is_full(webinar):
            return
        registration.state = RegistrationState.REGISTERED
        registration.save(update_fields=["state"])
        record("webinars.registration.moved_up", by=by, target=registration, webinar=webinar.pk)

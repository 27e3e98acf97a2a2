"""Places in a webinar: taking one, giving it back, deciding about those of others; and how one is reminded."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Missing, Refused
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.live.operations import recheck
from webinars.access import registration_to_decide, webinar_to_attend
from webinars.models import Registration, RegistrationState, Webinar
from webinars.places import move_up, state_for
from webinars.policies import may_register

REGISTRATIONS = "60/hour"


@transaction.atomic
def register(webinar: Webinar, *, by: Any) -> Registration:
    """Take a place, ask for one, or join the waiting list; a second time changes nothing."""
    viewer, webinar = webinar_to_attend(by, webinar.pk)
    require(may_register(viewer, webinar))
    mine = Registration.objects.filter(webinar=webinar, member=by).first()
    if mine is not None and mine.is_open:
        return mine
    if mine is not None and mine.state != RegistrationState.CANCELLED:
        raise Refused("declined", _("The organisers have declined your registration. You can write to them."))
    spend("webinars.register", by.pk, REGISTRATIONS)
    mine = mine or Registration(webinar=webinar, member=by)
    mine.state = RegistrationState.ASKED if webinar.needs_approval else state_for(webinar)
    mine.registered_at, mine.reminded = now(), 0
    mine.save()
    record("webinars.registration.made", by=by, target=mine, webinar=webinar.pk, state=str(mine.state))
    return mine


@transaction.atomic
def cancel_registration(webinar: Webinar, *, by: Any) -> None:
    """Give a place back; whoever waits longest gets it."""
    # no-require: one's own place can always be given back
    _viewer, webinar = webinar_to_attend(by, webinar.pk)
    mine = Registration.objects.filter(webinar=webinar, member=by).first()
    if mine is None or not mine.is_open:
        return
    _end(mine, webinar, RegistrationState.CANCELLED, by=by)
    record("webinars.registration.cancelled", by=by, target=mine, webinar=webinar.pk)


@transaction.atomic
def approve_registration(registration: Registration, *, by: Any) -> Registration:
    """Give a place to somebody who asked for one, or who waits; when all are taken they wait."""
    webinar, registration = registration_to_decide(by, registration)
    if registration.state not in {RegistrationState.ASKED, RegistrationState.DECLINED, RegistrationState.REMOVED}:
        return registration
    registration.state = state_for(webinar)
    registration.save(update_fields=["state"])
    record("webinars.registration.approved", by=by, target=registration, webinar=webinar.pk)
    return registration


@transaction.atomic
def decline_registration(registration: Registration, *, by: Any) -> Registration:
    """Say no to somebody who asked for a place."""
    webinar, registration = registration_to_decide(by, registration)
    if registration.state not in {RegistrationState.ASKED, RegistrationState.WAITING}:
        return registration
    _end(registration, webinar, RegistrationState.DECLINED, by=by)
    record("webinars.registration.declined", by=by, target=registration, webinar=webinar.pk)
    return registration


@transaction.atomic
def remove_registration(registration: Registration, *, by: Any) -> Registration:
    """Take a place away; an open socket in the room ends at once."""
    webinar, registration = registration_to_decide(by, registration)
    if registration.state == RegistrationState.REMOVED:
        return registration
    _end(registration, webinar, RegistrationState.REMOVED, by=by)
    record("webinars.registration.removed", by=by, target=registration, webinar=webinar.pk)
    return registration


@transaction.atomic
def set_reminders(webinar: Webinar, *, by: Any, day: bool, hour: bool, ten: bool) -> Registration:
    """Choose when to be reminded of one webinar."""
    # no-require: one's own registration
    mine = Registration.objects.filter(webinar=webinar, member=by).first()
    if mine is None:
        raise Missing
    mine.remind_day, mine.remind_hour, mine.remind_ten = day, hour, ten
    mine.save(update_fields=["remind_day", "remind_hour", "remind_ten"])
    record("webinars.registration.reminders_set", by=by, target=mine, webinar=webinar.pk)
    return mine


def _end(registration: Registration, webinar: Webinar, state: RegistrationState, *, by: Any) -> None:
    registration.state = state
    registration.save(update_fields=["state"])
    recheck(registration.member, by=by)
    move_up(webinar, by=by)

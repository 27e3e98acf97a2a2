"""Signs attendees of the load data in without a form, so that a load test can begin at once."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import get_random_string

from community.core.clock import now
from community.members.models import Member
from demo.bulk import ATTENDEE, BATCH, add_members
from webinars.models import Registration, RegistrationState, Webinar

KEY_LENGTH = 32


def sessions(count: int, webinar: Webinar | None = None) -> Iterator[dict[str, str]]:
    """One signed-in session for each of `count` attendees, made where they are missing, registered for the webinar."""
    attendees = Member.objects.filter(handle__startswith=f"{ATTENDEE}-").order_by("pk")
    add_members(ATTENDEE, count - attendees.count())
    members = list(attendees[:count])
    if webinar is not None:
        register(members, webinar)
    for first in range(0, count, BATCH):
        yield from _signed_in(members[first : first + BATCH])


@transaction.atomic
def register(members: Sequence[Member], webinar: Webinar) -> None:
    """Give all of them a place, also those who had lost theirs; the capacity is not asked."""
    Registration.objects.bulk_create(
        [Registration(webinar=webinar, member=member) for member in members], batch_size=BATCH, ignore_conflicts=True
    )
    lost = Registration.objects.filter(webinar=webinar, member__handle__startswith=f"{ATTENDEE}-")
    lost.exclude(state=RegistrationState.REGISTERED).update(state=RegistrationState.REGISTERED)


def _signed_in(members: Sequence[Member]) -> Iterator[dict[str, str]]:
    store, expires = SessionStore(), now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = [
        Session(
            session_key=get_random_string(KEY_LENGTH, VALID_KEY_CHARS),
            session_data=store.encode(_content(member)),
            expire_date=expires,
        )
        for member in members
    ]
    Session.objects.bulk_create(rows, batch_size=BATCH)
    for member, row in zip(members, rows, strict=True):
        yield {"email": member.email, "sessionid": row.session_key, "csrftoken": get_random_string(KEY_LENGTH)}


def _content(member: Member) -> dict[str, str]:
    return {
        SESSION_KEY: str(member.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: member.get_session_auth_hash(),
    }

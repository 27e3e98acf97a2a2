"""Signs attendees of the load data in without a form, so that a load test can begin at once."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import get_random_string

from community.members.models import Member
from demo.bulk import ATTENDEE, add_members


def sessions(count: int) -> Iterator[dict[str, str]]:
    """One signed-in session for each of `count` attendees, who are made where they are missing."""
    attendees = Member.objects.filter(handle__startswith=f"{ATTENDEE}-").order_by("pk")
    add_members(ATTENDEE, count - attendees.count())
    for member in attendees[:count]:
        yield {"email": member.email, "sessionid": _session(member), "csrftoken": get_random_string(32)}


def _session(member: Member) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return str(session.session_key)

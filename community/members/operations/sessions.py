"""A member ends a session of theirs on another device."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from community.core.events import record
from community.core.policies import require
from community.members.models import Member
from community.members.policies import may_end


@transaction.atomic
def end_session(session: UserSession, *, by: Member) -> None:
    """End it at once; its sockets close at their next check."""
    require(may_end(by, session))
    session.end()
    record("members.session.ended", by=by, target=by)

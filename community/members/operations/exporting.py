"""A member takes their own data with them."""

from typing import Any

from django.db import transaction

from community.core.actors import Actor
from community.core.events import record
from community.core.policies import require
from community.members.models import Member
from community.members.policies import may_change
from community.members.queries import own_data


@transaction.atomic
def export_data(member: Member, *, by: Actor) -> dict[str, Any]:
    """Everything that is kept about the member, by section. Taking it out of the house is an event."""
    require(may_change(by, member))
    data = own_data(member)
    record("members.data.exported", by=by, target=member)
    return data

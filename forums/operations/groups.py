"""Seats in private groups."""

from typing import Any

from django.db import transaction

from community.core.audiences import viewer_of
from community.core.errors import Missing
from community.core.events import record
from community.core.policies import require
from forums.models import GroupRole, Space, SpaceMember
from forums.operations.reading import forget_bound
from forums.policies import may_invite, may_join


@transaction.atomic
def join_group(space: Space, *, by: Any) -> SpaceMember:
    """Take a seat in a group that is open to verified clinicians."""
    require(may_join(viewer_of(by), space))
    return _seat(space, by, by=by)


@transaction.atomic
def add_member(space: Space, *, by: Any, member: Any) -> SpaceMember:
    """Give somebody a seat: owners of the group and editors."""
    is_owner = SpaceMember.objects.filter(space=space, member=by, role=GroupRole.OWNER).exists()
    require(may_invite(viewer_of(by), space, is_owner=is_owner))
    return _seat(space, member, by=by)


@transaction.atomic
def leave_group(space: Space, *, by: Any) -> None:
    """Give up one's seat; what one wrote stays."""
    # no-require: one's own seat can always be given up
    deleted, _rows = SpaceMember.objects.filter(space=space, member=by).delete()
    if not deleted:
        raise Missing
    record("forums.group.left", by=by, target=space)


def _seat(space: Space, member: Any, *, by: Any) -> SpaceMember:
    seat, is_new = SpaceMember.objects.get_or_create(space=space, member=member)
    if is_new:
        forget_bound(by=member)
        record("forums.group.joined", by=by, target=space, member=member.pk)
    return seat

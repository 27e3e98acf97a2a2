"""Tells members about their own account. Runs in the worker."""

from community.core.events import on
from community.core.models import Event
from community.core.notices import tell
from community.members.models import Member


@on("members.conflicts.due", "members.member.followed")
def tell_member(event: Event) -> None:
    member = Member.objects.filter(pk=event.target_id, is_active=True).first()
    if member is None:
        return
    actor = Member.objects.filter(pk=event.actor_id or 0).first()
    tell(member, event.verb, target=actor or member, event_id=event.pk, actor=actor)

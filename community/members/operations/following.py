"""One member follows another."""

from django.db import transaction

from community.core.events import record
from community.core.policies import require
from community.members.models import Member, MemberFollow
from community.members.policies import may_follow


@transaction.atomic
def follow_member(member: Member, *, by: Member) -> MemberFollow:
    """Follow; a second time changes nothing."""
    require(may_follow(by, member))
    follow, is_new = MemberFollow.objects.get_or_create(follower=by, followed=member)
    if is_new:
        record("members.member.followed", by=by, target=member)
    return follow


@transaction.atomic
def unfollow_member(member: Member, *, by: Member) -> None:
    """Stop following; harmless when one did not."""
    require(may_follow(by, member))
    gone, _models = MemberFollow.objects.filter(follower=by, followed=member).delete()
    if gone:
        record("members.member.unfollowed", by=by, target=member)

"""Only oneself may listen to one's own bell."""

from community.core.audiences import Viewer, viewer_of
from community.members.models import Member
from community.notifications.topic import resolve


def test_only_the_member_joins_their_topic(member: Member, target: Member) -> None:
    access = resolve(str(member.pk), viewer_of(member))

    assert access is not None
    assert access.topic == f"member:{member.pk}"
    assert resolve(str(member.pk), viewer_of(target)) is None
    assert resolve(str(member.pk), Viewer.anonymous()) is None

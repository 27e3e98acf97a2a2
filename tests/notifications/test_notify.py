"""Who is told of what, and how often."""

import pytest

from community.core.errors import Invalid, Refused
from community.live.models import Entry
from community.members.models import Member
from community.notifications import targets
from community.notifications.models import Notification
from community.notifications.operations import (
    mark_all_read,
    mark_group_read,
    mark_read,
    notify,
    set_preferences,
    unsubscribe,
)
from community.notifications.queries import preference, unread_count
from tests.factories.members import MemberFactory
from tests.notifications.conftest import DAILY, KIND, Shelf


def badge(member: Member) -> list[int]:
    """The numbers that were published to the bell."""
    return [entry.body["unread"] for entry in Entry.objects.filter(topic__name=f"member:{member.pk}").order_by("seq")]


def test_an_unread_notification_counts_up_and_a_read_one_stays(member: Member, target: Member) -> None:
    first = notify(member, KIND, target=target, event_id=1)
    notify(member, KIND, target=target, event_id=2)
    assert first is not None
    mark_read(first, by=member)
    notify(member, KIND, target=target, event_id=3)

    assert list(Notification.objects.order_by("id").values_list("count", flat=True)) == [2, 1]
    assert unread_count(member) == 1


def test_one_event_tells_a_member_once_whatever_runs_twice(member: Member, target: Member) -> None:
    assert notify(member, KIND, target=target, event_id=1)
    assert notify(member, KIND, target=target, event_id=1) is None
    assert notify(member, DAILY, target=target, event_id=1) is None

    assert list(Notification.objects.values_list("kind", "count")) == [(KIND, 1)]


def test_targets_of_one_group_collapse_into_the_first_unread(member: Member, shelf: Shelf) -> None:
    targets.register_target("members.member", shelf.resolve, group=lambda row: "members.country:1")
    posts = MemberFactory.create_batch(3)
    for event_id, post in enumerate(posts, start=1):
        notify(member, KIND, target=post, event_id=event_id)

    row = Notification.objects.get()
    assert (row.target_id, row.count) == (str(posts[0].pk), 3)
    mark_group_read(member, "members.country:1", by=member)
    assert unread_count(member) == 0


def test_nobody_is_told_of_their_own_doing_or_after_leaving(member: Member, target: Member) -> None:
    gone = MemberFactory(is_active=False)

    assert notify(member, KIND, target=target, actor=member) is None
    assert notify(gone, KIND, target=target, actor=target) is None
    assert not Notification.objects.exists()


def test_who_wants_nothing_of_a_kind_gets_nothing(member: Member, target: Member) -> None:
    set_preferences(member, {KIND: (False, "never", False)}, by=member)

    assert notify(member, KIND, target=target) is None


def test_who_wants_only_mail_sees_nothing_on_the_site(member: Member, target: Member) -> None:
    set_preferences(member, {KIND: (False, "now", False)}, by=member)
    row = notify(member, KIND, target=target)

    assert row is not None
    assert (row.shown, row.mail) == (False, "now")
    assert unread_count(member) == 0


def test_notices_on_ones_own_standing_cannot_be_switched_off(member: Member) -> None:
    set_preferences(member, {"moderation.decided": (False, "never", False)}, by=member)

    assert preference(member, "moderation.decided") == (True, "now", False)
    with pytest.raises(Invalid):
        unsubscribe(member, "moderation.decided")


@pytest.mark.parametrize("chosen", [{"forums.nothing": (True, "now", False)}, {KIND: (True, "weekly", False)}])
def test_set_preferences_refuses_unknown_kinds_and_paces(
    chosen: dict[str, tuple[bool, str, bool]], member: Member
) -> None:
    with pytest.raises(Invalid):
        set_preferences(member, chosen, by=member)


def test_each_change_rings_the_bell_of_the_member_only(member: Member, target: Member) -> None:
    notify(member, KIND, target=target, event_id=1)
    notify(member, DAILY, target=target, event_id=2)
    mark_all_read(member, by=member)
    mark_all_read(member, by=member)

    assert badge(member) == [1, 2, 0]
    assert badge(target) == []


def test_nobody_else_marks_or_chooses_for_a_member(member: Member, target: Member) -> None:
    row = notify(member, KIND, target=target)
    assert row is not None

    with pytest.raises(Refused):
        mark_read(row, by=target)
    with pytest.raises(Refused):
        mark_all_read(member, by=target)
    with pytest.raises(Refused):
        set_preferences(member, {}, by=target)
    assert unread_count(member) == 1

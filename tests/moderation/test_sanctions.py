"""Sanctions are a ceiling on the right to write."""

from datetime import timedelta

import pytest

from community.core.clock import now
from community.core.errors import Conflict, Invalid, Refused
from community.members.models import MODERATORS, Member
from community.moderation.models import Sanction
from community.moderation.operations import impose_sanction, lift_sanction
from community.moderation.policies import may_speak
from tests.factories.members import MemberFactory


@pytest.mark.parametrize(("kind", "speaks"), [("warn", True), ("mute", False), ("ban", False)])
def test_which_sanctions_silence(kind: str, speaks: bool, reader: Member, moderator: Member) -> None:
    impose_sanction(reader, by=moderator, kind=kind, reason="conduct")

    assert bool(may_speak(reader)) is speaks


def test_a_sanction_runs_out(reader: Member, moderator: Member) -> None:
    sanction = impose_sanction(reader, by=moderator, kind="mute", reason="conduct", until=now() + timedelta(days=1))
    assert may_speak(reader).code == "sanctioned"
    Sanction.objects.filter(pk=sanction.pk).update(until=now() - timedelta(seconds=1))

    assert may_speak(reader)


def test_a_lifted_sanction_binds_no_more_and_is_lifted_once(reader: Member, moderator: Member) -> None:
    sanction = impose_sanction(reader, by=moderator, kind="ban", reason="conduct")
    lift_sanction(sanction, by=moderator)

    assert may_speak(reader)
    with pytest.raises(Conflict):
        lift_sanction(sanction, by=moderator)


def test_sanctions_refuse_members_staff_and_oneself(reader: Member, author: Member, moderator: Member) -> None:
    for by, member in [
        (author, reader),
        (moderator, moderator),
        (moderator, MemberFactory(is_staff=True)),
        (moderator, MemberFactory(in_groups=[MODERATORS])),
    ]:
        with pytest.raises(Refused):
            impose_sanction(member, by=by, kind="mute", reason="conduct")
    assert not Sanction.objects.exists()


def test_a_sanction_needs_a_known_kind_and_a_day_to_come(reader: Member, moderator: Member) -> None:
    with pytest.raises(Invalid):
        impose_sanction(reader, by=moderator, kind="shout", reason="conduct")
    with pytest.raises(Invalid):
        impose_sanction(reader, by=moderator, kind="mute", reason="conduct", until=now())


def test_may_speak_is_one_query(reader: Member, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        may_speak(reader)

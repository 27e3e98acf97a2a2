"""The badge says what holds now, and nothing for whom nothing holds."""

from datetime import timedelta

import pytest

from community.core.clock import now
from community.credentials.badges import badges_of
from community.credentials.models import Application
from community.credentials.proof import Level
from tests.factories.forums import learner, suspend, verified_member
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def test_each_level_has_its_badge_in_one_query(django_assert_num_queries):
    members = [verified_member(), verified_member(level=Level.VERIFIED_DOCUMENT), learner(), MemberFactory()]
    with django_assert_num_queries(1):
        badges = badges_of(members)
    assert [badges[member.pk].level for member in members[:3]] == ["verified", "document", "learner"]
    assert members[3].pk not in badges


def test_a_badge_says_profession_and_day():
    member = verified_member()
    badge = badges_of([member])[member.pk]
    assert badge.profession == member.profession.name
    assert badge.verified_on == (now() - timedelta(days=10)).date()
    assert badge.label.startswith(f"{member.profession.name}, checked on ")


def test_suspension_and_expiry_take_the_badge_away():
    suspended, expired = verified_member(), verified_member()
    suspend(suspended)
    Application.objects.filter(member=expired).update(
        expires_at=now() - timedelta(days=1), verified_at=now() - timedelta(days=300)
    )
    assert badges_of([suspended, expired]) == {}

"""The way from a profile to the verification behind it: for verifiers, and for nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from community.credentials.models import Application
from tests.factories.forums import verified_member
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def profile_as(viewer: object, member: object) -> str:
    client = Client()
    client.force_login(viewer)  # type: ignore[arg-type]
    return client.get(reverse("member-detail", args=[member.handle])).content.decode()  # type: ignore[attr-defined]


def test_verifier_finds_the_verification_and_nobody_else_does() -> None:
    member = verified_member(listed=True)
    address = reverse("verification-review", args=[Application.objects.get().public_id])
    assert address in profile_as(MemberFactory.create(in_groups=["Verifiers"]), member)
    assert address not in profile_as(verified_member(), member)
    assert address not in profile_as(MemberFactory.create(in_groups=["Moderators"]), member)
    assert address not in profile_as(member, member)

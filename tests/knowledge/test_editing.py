"""Who may edit, and that editors' words are screened before anything keeps them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import GroupPagePermission, Revision
from wagtail.permissions import policy_registry

from community.core.clock import now
from community.knowledge.forms import words_of
from community.knowledge.models import Banner, Handout, HelpPage, HomePage, Picture
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PHONE = "Call the ward on 020 7946 0958 and ask for Mrs Jane Miller, record number MRN 4471199."


def staff_in(*groups: str, is_staff: bool = True) -> Client:
    member = MemberFactory.create(is_staff=is_staff)
    member.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(member, backend=BACKEND)
    return client


def test_editors_and_reviewers_have_page_rights_and_moderators_have_none() -> None:
    rights = GroupPagePermission.objects.values_list("group__name", "permission__codename")

    assert set(rights) == {
        ("Editors", "add_page"),
        ("Editors", "change_page"),
        ("Editors", "publish_page"),
        ("Editors", "lock_page"),
        ("Editors", "unlock_page"),
        ("Reviewers", "change_page"),
        ("Reviewers", "publish_page"),
    }
    for name in ("Moderators", "Verifiers"):
        assert not Group.objects.get(name=name).permissions.exists()


def test_the_admin_is_not_there_for_members_whatever_group_they_are_in() -> None:
    assert staff_in("Editors", is_staff=False).get("/admin/").status_code == 404


def test_a_visitor_of_the_admin_is_sent_to_the_one_door(client: Client) -> None:
    assert client.get("/admin/").headers["Location"].startswith("/accounts/login/")


def test_moderators_on_the_staff_have_no_way_in() -> None:
    assert staff_in("Moderators").get("/admin/").status_code == 404


def test_words_of_a_stream_are_all_its_words() -> None:
    words = words_of(HomePage.objects.get().body)

    assert "How it works" in words
    assert "Patients stay out of it" in words


def test_a_draft_that_names_a_patient_leaves_no_revision() -> None:
    page = HelpPage.objects.get(slug="spaces")
    form_class = HelpPage.get_edit_handler().get_form_class()
    before = Revision.objects.count()

    sent = {"title": "Spaces", "slug": "spaces", "intro": PHONE, "audience": "public", "body-count": "0"}
    form = form_class(sent, instance=page, for_user=MemberFactory.create())

    assert not form.is_valid()
    assert "intro" in form.errors
    assert Revision.objects.count() == before


def test_a_banner_is_screened() -> None:
    with pytest.raises(ValidationError):
        Banner(text=PHONE).full_clean()


def test_a_banner_shows_in_its_time_to_its_audience(client: Client) -> None:
    Banner.objects.create(text="Maintenance tonight", severity="warning")
    Banner.objects.create(text="Long gone", starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=1))
    Banner.objects.create(text="Not yet", starts_at=now() + timedelta(days=1))
    Banner.objects.create(text="Members know", audience="members")

    page = client.get("/help/").content.decode()

    assert "Maintenance tonight" in page
    assert [words for words in ("Long gone", "Not yet", "Members know") if words in page] == []


@pytest.mark.parametrize(("group", "may"), [("Editors", True), ("Reviewers", False), ("Moderators", False)])
def test_who_may_add_images_and_documents(group: str, may: bool) -> None:
    member = MemberFactory.create(is_staff=True)
    member.groups.set([Group.objects.get(name=group)])

    for model in (Picture, Handout):
        assert policy_registry.get_by_type(model).user_has_permission(member, "add") is may

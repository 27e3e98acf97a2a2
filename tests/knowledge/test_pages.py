"""A new site has its pages; a page shows to its audience and to nobody else, in lists and menus too."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, Site

from community.core.audiences import Viewer
from community.knowledge.models import AudiencedPage, GuidelinePage, HelpPage, HomePage, IndexPage, Navigation
from community.knowledge.models.site import NavigationItem
from community.knowledge.queries import code_of_conduct
from community.members.operations.joining import CONDUCT_VERSION
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def hidden_page(audience: str = "members") -> HelpPage:
    shelf = IndexPage.objects.get(slug="help")
    page = HelpPage(title="For members only", slug="for-members", intro="Quiet words.", audience=audience)
    shelf.add_child(instance=page)
    return page


def test_a_new_site_starts_with_its_own_pages() -> None:
    root = Site.objects.get(is_default_site=True).root_page.specific

    assert isinstance(root, HomePage)
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()
    assert [page.slug for page in AudiencedPage.objects.child_of(root)][:3] == ["guidelines", "help", "practices"]
    assert GuidelinePage.objects.count() == 5
    assert HelpPage.objects.count() == 7


def test_the_tree_of_first_pages_is_sound() -> None:
    assert [len(problems) for problems in Page.find_problems()] == [0, 0, 0, 0, 0]


def test_the_code_of_conduct_has_the_version_that_members_agree_to() -> None:
    page = code_of_conduct()

    assert page is not None
    assert page.version == CONDUCT_VERSION


@pytest.mark.parametrize(
    "slug", ["code-of-conduct", "writing-without-a-case", "verification", "privacy", "accessibility"]
)
def test_every_first_guideline_can_be_read_without_an_account(client: Client, slug: str) -> None:
    answer = client.get(f"/guidelines/{slug}/")

    assert answer.status_code == 200
    assert GuidelinePage.objects.get(slug=slug).intro in answer.context["page"].intro


def test_a_members_page_looks_to_visitors_as_if_it_were_not_there(client: Client) -> None:
    page = hidden_page()

    assert client.get(page.url).status_code == 404
    assert "For members only" not in client.get("/help/").content.decode()

    client.force_login(MemberFactory.create(), backend=BACKEND)
    assert client.get(page.url).status_code == 200
    assert "For members only" in client.get("/help/").content.decode()


def test_a_page_for_verified_members_hides_from_other_members(client: Client) -> None:
    page = hidden_page(audience="verified")
    client.force_login(MemberFactory.create(), backend=BACKEND)

    assert client.get(page.url).status_code == 404


def test_a_draft_is_in_no_list() -> None:
    page = hidden_page(audience="public")
    page.unpublish()

    assert page.pk not in AudiencedPage.objects.visible_to(Viewer.anonymous()).values_list("pk", flat=True)


def test_a_page_without_an_audience_of_its_own_is_not_served(client: Client) -> None:
    home = Site.objects.get(is_default_site=True).root_page
    home.add_child(instance=Page(title="Bare", slug="bare"))

    assert client.get("/bare/").status_code == 404


def test_a_link_shows_to_those_who_may_read_its_page(client: Client) -> None:
    page = hidden_page()
    NavigationItem.objects.create(navigation=Navigation.load(), page=page, place="menu", label="Quiet corner")

    assert "Quiet corner" not in client.get("/guidelines/").content.decode()
    client.force_login(MemberFactory.create(), backend=BACKEND)
    assert "Quiet corner" in client.get("/guidelines/").content.decode()


def test_the_frame_costs_no_query_once_it_is_known(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/styleguide/")

    with django_assert_num_queries(0):
        client.get("/styleguide/")


def test_home_greets_a_member_and_introduces_the_place_to_a_visitor(client: Client) -> None:
    assert "What clinicians know, shared with clinicians." in client.get("/").content.decode()

    client.force_login(MemberFactory.create(given_name="Ada"), backend=BACKEND)
    page = client.get("/").content.decode()
    assert "Good to see you, Ada" in page
    assert "Your verification" in page
    assert "Next webinars" in page

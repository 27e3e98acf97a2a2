"""The editors' side: who may read a page or a document, taxonomies and banners as snippets, queues at the start."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from community.core.audiences import viewer_of
from community.core.ui import count_for
from community.knowledge import bulk_hooks as bulk_hooks
from community.knowledge import desk_hooks as desk_hooks
from community.knowledge import report_hooks as report_hooks
from community.knowledge import writeup_hooks as writeup_hooks
from community.knowledge.file_rights import may_see_file
from community.knowledge.models import AudiencedPage, Banner, Handout
from community.members.models import Country, Profession, Specialty


@hooks.register("before_serve_page")
def hide_from_strangers(page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any) -> None:
    """A page for others answers exactly like a page that is not there."""
    if not isinstance(page, AudiencedPage) or not page.is_visible_to(request.viewer):  # type: ignore[attr-defined]
        raise Http404


@hooks.register("before_serve_document")
def hide_document_from_strangers(document: Handout, request: HttpRequest) -> None:
    """The same for hand-outs."""
    if not may_see_file(request.viewer, document):  # type: ignore[attr-defined]
        raise Http404


class SpecialtyViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Specialty
    icon = "tag"
    list_display = ("name", "slug", "isco", "parent")
    search_fields = ("name", "slug")
    panels = (FieldPanel("name"), FieldRowPanel([FieldPanel("slug"), FieldPanel("isco")]), FieldPanel("parent"))


class ProfessionViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Profession
    icon = "group"
    list_display = ("code", "name", "group")
    search_fields = ("name", "code")


class CountryViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Country
    icon = "globe"
    menu_label = _("Countries and regions")
    list_display = ("name", "code", "who_region", "m49_subregion")
    list_filter = ("who_region", "m49_region")
    search_fields = ("name", "code", "alpha3")


class BannerViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Banner
    icon = "warning"
    list_display = ("text", "severity", "audience", "starts_at", "ends_at")
    list_filter = ("severity", "audience")


class CommunityViewSets(SnippetViewSetGroup):  # type: ignore[misc]
    """One entry of the admin menu for what the whole community shares."""

    menu_label = _("Community")
    menu_icon = "group"
    items = (BannerViewSet, SpecialtyViewSet, ProfessionViewSet, CountryViewSet)


register_snippet(CommunityViewSets)


class WaitingPanel(Component):  # type: ignore[misc]
    """What waits for this person in the review queues, first thing after signing in."""

    name = "waiting"
    template_name = "knowledge/admin_waiting.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        viewer = viewer_of(parent_context["request"].user)
        return {"waiting": count_for("review", viewer), "url": reverse("review-home")}


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WaitingPanel())

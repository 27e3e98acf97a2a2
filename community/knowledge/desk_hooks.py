"""The editors' side of myths and bulletins: what waits, lists with filters, the roster; and who opened a bulletin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from community.knowledge import bulletins, reports, rumours
from community.knowledge.models import BulletinPage, Duty, MythPage
from community.knowledge.operations.bulletins import open_bulletin
from community.knowledge.practice.facets import Standing
from community.knowledge.report_hooks import WriteUpReport
from community.members.models import Member


@hooks.register("before_serve_page", order=10)
def remember_opening(page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any) -> None:
    """Whoever has a bulletin before them must hear of its correction. After `hide_from_strangers`."""
    member = request.viewer.member  # type: ignore[attr-defined]
    if isinstance(page, BulletinPage) and member is not None and request.method == "GET":
        open_bulletin(page, by=member)


class WaitingKnowledgePanel(Component):  # type: ignore[misc]
    """What waits for editors, first thing after signing in."""

    name = "knowledge_waiting"
    template_name = "knowledge/admin_knowledge.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        myths, desk = reverse("myth-desk"), reverse("bulletin-desk")
        write_ups = reverse(WriteUpReport.index_url_name)
        rows = [
            (_("Write-ups that lack a reviewer"), reports.lacking_reviewers().count(), reverse("peer-review-queue")),
            (_("Write-ups due for review"), reports.write_ups_due(), f"{write_ups}?standing={Standing.REVIEW_DUE}"),
            (_("Rumours waiting"), rumours.rumours_waiting(), reverse("rumour-list")),
            (_("Myth checks without two reviewers"), rumours.reviewers_missing(), myths),
            (_("Myth checks due for review"), rumours.reviews_due(), reverse("wagtail_myths:index")),
            (_("Bulletins waiting for a second person"), bulletins.awaiting_second(), desk),
        ]
        return {"rows": rows}


@hooks.register("construct_homepage_panels")
def show_what_waits_here(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WaitingKnowledgePanel())


class MythListing(PageListingViewSet):  # type: ignore[misc]
    """All myth checks, drafts too."""

    model = MythPage
    icon = "glasses"
    menu_label = gettext_lazy("Myth checks")
    add_to_admin_menu = True
    list_display = ("title", "get_verdict_display", "checked_on", "review_due")
    list_filter = ("verdict", "heard", "live")


class BulletinListing(PageListingViewSet):  # type: ignore[misc]
    """All bulletins, drafts and drills too."""

    model = BulletinPage
    icon = "warning"
    menu_label = gettext_lazy("Bulletins")
    add_to_admin_menu = True
    list_display = ("title", "get_severity_display", "version", "expires_at")
    list_filter = ("severity", "is_drill", "live")


class MemberChooser(ChooserViewSet):  # type: ignore[misc]
    """Members by name, for the roster; their addresses are not shown."""

    model = Member
    icon = "user"
    choose_one_text = gettext_lazy("Choose a member")
    choose_another_text = gettext_lazy("Choose another member")
    edit_item_text = gettext_lazy("Edit this member")
    form_fields = ()
    url_filter_parameters = ()


@hooks.register("register_admin_viewset")
def register_lists() -> list[Any]:
    return [MythListing("wagtail_myths"), BulletinListing("wagtail_bulletins"), MemberChooser("wagtail_member_chooser")]


class DutyViewSet(SnippetViewSet):  # type: ignore[misc]
    """The duty roster."""

    model = Duty
    icon = "calendar-alt"
    menu_label = gettext_lazy("Duty roster")
    add_to_admin_menu = True
    list_display = ("member", "part", "starts_at", "ends_at")
    list_filter = ("starts_at",)


register_snippet(DutyViewSet)

"""The editors' list of all webinars: filters, export, and the way to the organiser's screens.

Nothing is changed here: every change goes through the operations, which screen words and tell people. So the admin
shows, and the site's own screens, which are open to editors for every webinar, do the rest.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from webinars.models import Series, Webinar


class LookingOnly(ModelPermissionPolicy):  # type: ignore[misc]
    """Whoever may view may view; nobody may add, change or delete from the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


for model in (Webinar, Series):
    register_permission_policy(model, LookingOnly(model))


class WebinarIndexView(IndexView):  # type: ignore[misc]
    """Titles lead to the plan on the site."""

    def get_edit_url(self, instance: Webinar) -> str:
        return reverse("webinar-plan", args=[instance.slug])

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("organiser", "series")


class WebinarViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Webinar
    icon = "media"
    menu_label = _("Webinars")
    copy_view_enabled = False
    index_view_class = WebinarIndexView
    list_display = (
        "title",
        Column("get_state_display", label=_("State"), sort_key="state"),
        DateColumn("starts_at", label=_("Begins"), sort_key="starts_at"),
        "organiser",
        "series",
        "language",
        Column("for_whom", label=_("For")),
    )
    list_filter = ("state", "language", "series", "for_whom", "video_source", "starts_at")
    search_fields = ("title", "summary", "slug")
    list_export = (
        "title", "slug", "state", "starts_at", "ends_at", "time_zone", "organiser", "series", "language", "for_whom",
        "capacity", "video_source", "published_at", "started_at", "ended_at",
    )  # fmt: skip
    export_filename = "webinars"
    ordering = ("-starts_at",)


class SeriesIndexView(IndexView):  # type: ignore[misc]
    def get_edit_url(self, instance: Series) -> str:
        return reverse("series-edit", args=[instance.slug])


class SeriesViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Series
    icon = "list-ul"
    menu_label = _("Series")
    copy_view_enabled = False
    index_view_class = SeriesIndexView
    list_display = ("title", "slug", "organiser")
    search_fields = ("title", "slug")
    list_export = ("title", "slug", "organiser")


class WebinarViewSets(SnippetViewSetGroup):  # type: ignore[misc]
    """One entry of the admin menu."""

    menu_label = _("Webinars")
    menu_icon = "media"
    items = (WebinarViewSet, SeriesViewSet)


register_snippet(WebinarViewSets)

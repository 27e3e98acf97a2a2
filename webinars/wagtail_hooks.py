"""Webinars in the admin: lists with filters and export, what editors may do with one or several, and a report.

Nothing is written here: every change goes through the operations, which screen words and tell people.
"""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from community.core.audiences import Viewer
from community.knowledge.admin_reports import WordsStayWords, register_report
from webinars import bulk_acts
from webinars.audience_words import audience_label
from webinars.models import Series, Webinar
from webinars.views import editing
from webinars.views.figures import FiguresReport, FiguresView, begins_at


class ThroughOperations(ModelPermissionPolicy):  # type: ignore[misc]
    """Editors look and change. Nobody adds here, for a plan begins on the site; nobody deletes what happened."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"view", "change"} and super().user_has_permission(user, action)


for model in (Webinar, Series):
    register_permission_policy(model, ThroughOperations(model))


class WebinarIndexView(WordsStayWords, IndexView):  # type: ignore[misc]
    """Each line with what can be done with it now."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("organiser", "series")

    def get_list_more_buttons(self, instance: Webinar) -> list[Any]:
        edit = super().get_list_more_buttons(instance)[:1]
        acts = enumerate(editing.acts_on(instance))
        return [*edit, *(Button(label, url=url, icon_name=icon, priority=20 + n) for n, (label, url, icon) in acts)]


def _for_whom(webinar: Webinar) -> str:
    """In words; private groups without their names."""
    return audience_label(webinar.for_whom, Viewer.anonymous())


class WebinarViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Webinar
    icon = "media"
    menu_label = _("Webinars")
    copy_view_enabled = False
    index_view_class = WebinarIndexView
    list_display = (
        "title",
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("starts_at", label=_("Begins"), sort_key="starts_at", accessor=begins_at),
        "organiser",
        "series",
        "language",
        Column("for_whom", label=_("For"), accessor=_for_whom),
    )
    list_filter = ("state", "language", "series", "specialties", "needs_approval", "video_source", "starts_at")
    search_fields = ("title", "summary", "slug", "organiser__name", "series__title")
    list_export = (
        "title", "slug", "state", "starts_at", "ends_at", "time_zone", "organiser", "series", "language", "for_whom",
        "capacity", "needs_approval", "video_source", "published_at", "started_at", "ended_at",
    )  # fmt: skip
    export_filename = "webinars"
    ordering = ("-starts_at",)

    @property
    def edit_view(self) -> Any:
        return editing.PlanView.as_view()

    def get_urlpatterns(self) -> list[URLPattern]:
        acts: dict[str, Any] = {
            "publish": editing.PublishView,
            "postpone": editing.PostponeView,
            "duplicate": editing.DuplicateView,
            "cancel": editing.CancelView,
            "figures": FiguresView,
        }
        more = [path(f"{name}/<int:pk>/", view.as_view(), name=name) for name, view in acts.items()]
        return [*super().get_urlpatterns(), *more]


class SeriesIndexView(WordsStayWords, IndexView):  # type: ignore[misc]
    """All series."""


class SeriesViewSet(SnippetViewSet):  # type: ignore[misc]
    model = Series
    icon = "list-ul"
    menu_label = _("Series")
    copy_view_enabled = False
    index_view_class = SeriesIndexView
    list_display = ("title", "slug", "organiser")
    search_fields = ("title", "slug")
    list_export = ("title", "slug", "organiser")

    @property
    def edit_view(self) -> Any:
        return editing.SeriesView.as_view()


class WebinarViewSets(SnippetViewSetGroup):  # type: ignore[misc]
    """One entry of the admin menu."""

    menu_label = _("Webinars")
    menu_icon = "media"
    items = (WebinarViewSet, SeriesViewSet)


register_snippet(WebinarViewSets)
for act in bulk_acts.ALL:
    hooks.register("register_bulk_action", act)
register_report(FiguresReport, order=800)

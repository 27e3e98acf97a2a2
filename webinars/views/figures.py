"""What administrators read of webinars: registrations and participation as counts without small cells."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput

from community.core.audiences import viewer_of
from community.core.errors import Missing
from community.knowledge.admin_reports import EditorsReport
from webinars import queries
from webinars.figures import COUNTED, FEW, bars_of, told, webinars_with_figures
from webinars.models import Webinar

HEADS = {
    "registered": _("Registered"),
    "waiting": _("Waiting"),
    "wrote": _("Wrote in the chat"),
    "asked": _("Asked a question"),
    "voted": _("Answered a poll"),
    "watched": _("Watched the recording"),
}


ONE = "wagtailsnippets_webinars_webinar:figures"


def begins_at(webinar: Webinar) -> str:
    """Date and hour in the reader's zone; the admin's own column counts back from now and says "just now" of all
    that lies ahead."""
    return date_format(localtime(webinar.starts_at), "j M Y, H:i")


class FiguresFilterSet(WagtailFilterSet):  # type: ignore[misc]
    since = django_filters.DateFilter(
        label=_("Began on or after"), field_name="starts_at", lookup_expr="date__gte", widget=AdminDateInput
    )
    until = django_filters.DateFilter(
        label=_("Began on or before"), field_name="starts_at", lookup_expr="date__lte", widget=AdminDateInput
    )

    class Meta:
        model = Webinar
        fields = ["since", "until", "state", "series", "language"]


class FiguresReport(EditorsReport):
    """All webinars that were published, a row each."""

    name = "webinars"
    model = Webinar
    page_title = _("Webinars")
    header_icon = "media"
    permission_required = "view"
    filterset_class = FiguresFilterSet
    default_ordering = "-starts_at"
    columns = [
        TitleColumn("title", label=_("Title"), url_name=ONE, width="30%"),
        Column("starts_at", label=_("Begins"), accessor=begins_at),
        Column("get_state_display", label=_("State")),
        *[Column(f"told_{name}", label=label) for name, label in HEADS.items()],
    ]
    list_export = [
        *("title", "slug", "starts_at", "get_state_display", "series", "language", "capacity"),
        *(f"told_{name}" for name in COUNTED),
    ]
    export_headings = {"get_state_display": _("State"), **{f"told_{name}": label for name, label in HEADS.items()}}

    def get_queryset(self) -> Any:
        return webinars_with_figures()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for webinar in object_list:
            for name in COUNTED:
                setattr(webinar, f"told_{name}", told(getattr(webinar, name)))
        return object_list


class FiguresView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """One webinar: its counts, and those registered by profession and region."""

    model = Webinar
    permission_required = "view"
    template_name = "webinars/admin_figures.html"
    page_title = _("Figures")
    header_icon = "media"

    @cached_property
    def object(self) -> Any:
        if queries.webinar_for_editor(viewer_of(self.request.user), self.kwargs["pk"]) is None:
            raise Missing
        found = webinars_with_figures().filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Missing
        return found

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        plural = capfirst(str(Webinar._meta.verbose_name_plural))
        listed = {"url": reverse("wagtailsnippets_webinars_webinar:list"), "label": plural}
        return [*self.breadcrumbs_items, listed, {"url": "", "label": self.page_title, "sublabel": str(self.object)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = [(label, told(getattr(self.object, name))) for name, label in HEADS.items()]
        more = {"webinar": self.object, "counts": counts, "bars": bars_of(self.object), "few": FEW}
        return super().get_context_data(**kwargs) | more  # type: ignore[no-any-return]

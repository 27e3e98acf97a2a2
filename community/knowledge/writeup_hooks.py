"""The editors' list of write-ups, and that what was published cannot be deleted there."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page

from community.knowledge.models import Version, WriteUpPage


class WriteUpFilters(PageListingViewSet.filterset_class):  # type: ignore[misc,name-defined]
    class Meta:
        model = WriteUpPage
        fields: ClassVar[list[str]] = ["kind", "stage", "standing", "country", "has_measures"]


class WriteUpIndex(PageListingViewSet.index_view_class):  # type: ignore[misc,name-defined]
    """The list offers what is done to several write-ups (bulk_hooks.py), not what Wagtail does to any pages."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"model_opts": WriteUpPage._meta}


class WriteUpListing(PageListingViewSet):  # type: ignore[misc]
    """All write-ups with their kind and stage; narrowed, searched and exported as Wagtail does it."""

    name = "wagtailwriteups"
    model = WriteUpPage
    icon = "clipboard-list"
    menu_label = _("Write-ups")
    menu_order = 150
    add_to_admin_menu = True
    filterset_class = WriteUpFilters
    index_view_class = WriteUpIndex
    columns: ClassVar[list[Any]] = [
        *PageListingViewSet.columns,
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("get_stage_display", label=_("Stage"), sort_key="stage"),
        Column("country", label=_("Country"), sort_key="country"),
        Column("review_due", label=_("Review due"), sort_key="review_due"),
    ]


@hooks.register("register_admin_viewset")
def list_of_write_ups() -> WriteUpListing:
    return WriteUpListing()


@hooks.register("before_delete_page")
def keep_what_was_published(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Versions are cited: a write-up that had one is retired, never deleted."""
    if _was_published([page]):
        messages.error(request, _now("This was published and may be cited. It can be retired on its own page."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_bulk_action")
def keep_several_that_were_published(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The same for several at once."""
    if action_type == "delete" and _was_published([each for each in objects if isinstance(each, Page)]):
        messages.error(request, _now("Some of these were published and may be cited. They can be retired."))
        return redirect("wagtailwriteups:index")
    return None


def _was_published(pages: list[Page]) -> bool:
    return Version.objects.filter(page__in=[page.pk for page in pages]).exists()

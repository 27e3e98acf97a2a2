"""Webinars in the admin, for editors: the same operations as on the site, with the same words looked at and the same
people told."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from community.core.audiences import viewer_of
from community.core.errors import Missing
from webinars import queries
from webinars.forms import CancelForm, MoveForm, SeriesForm, WholePlanForm
from webinars.forms.planning import when_of
from webinars.models import Series, Webinar
from webinars.operations import planning, series
from webinars.views.planning import save_step
from webinars.views.trying import attempt

LIST = "wagtailsnippets_webinars_webinar:list"
SERIES_LIST = "wagtailsnippets_webinars_series:list"


class ActView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]
    """One act on one webinar or series: a form, an operation, and a word about what came of it."""

    model: Any = Webinar
    form_class: type[Form] = Form
    template_name = "webinars/admin_act.html"
    permission_required = "change"
    header_icon = "media"
    list_name = LIST
    about: Any = ""
    done: Any = ""
    act_label: Any = _("Save")
    logged = "wagtail.edit"

    @cached_property
    def object(self) -> Any:
        found = queries.webinar_for_editor(viewer_of(self.request.user), self.kwargs["pk"])
        if found is None:
            raise Missing
        return found

    def act(self, form: Any) -> Any:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        tried = attempt(form, lambda: self.act(form))
        if not tried.done:
            response = self.form_invalid(form)
            response.status_code = tried.status
            return response
        log(self.object, self.logged, user=self.request.user)
        messages.success(self.request, capfirst(str(self.done)))
        return redirect(self.list_name)

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        plural = capfirst(str(self.model._meta.verbose_name_plural))
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.list_name), "label": plural},
            {"url": "", "label": self.page_title, "sublabel": str(self.object)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"about": self.about, "submit_button_label": self.act_label, "action_url": self.request.path}
        return super().get_context_data(**kwargs) | more  # type: ignore[no-any-return]


class PlanView(ActView):
    """All that can be changed at any time. Time, crew, speakers, files and captions stay on the site's screens."""

    form_class = WholePlanForm
    page_title = _("Change")
    done = _("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        del kwargs["initial"]  # the form reads it from the webinar
        return kwargs | {"viewer": viewer_of(self.request.user), "webinar": self.object}

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(label, url=url, icon_name=icon) for label, url, icon in acts_on(self.object)]

    def act(self, form: Any) -> None:
        save_step(self.object, form, self.request.user)


class PostponeView(ActView):
    form_class = MoveForm
    page_title = _("Move to another time")
    about = _("Everybody who registered is told, and reminded afresh.")
    done = _("Moved. Everybody who registered is told.")
    act_label = _("Move it")

    def get_initial(self) -> dict[str, Any]:
        return when_of(self.object)

    def act(self, form: Any) -> None:
        data = form.cleaned_data
        planning.postpone_webinar(
            self.object,
            by=self.request.user,
            starts_at=data["begins"],
            minutes=data["minutes"],
            note=data["note"],
            time_zone=data["time_zone"],
        )


class CancelView(ActView):
    form_class = CancelForm
    page_title = _("Cancel")
    about = _("Everybody who registered is told. A cancelled webinar stays cancelled.")
    done = _("Cancelled. Everybody who registered is told.")
    act_label = _("Cancel the webinar")

    def act(self, form: Any) -> None:
        planning.cancel_webinar(self.object, by=self.request.user, note=form.cleaned_data["note"])


class PublishView(ActView):
    page_title = _("Publish")
    about = _("Those whom it is for see it and can register.")
    done = _("Published. Those whom it is for can see it and register.")
    act_label = _("Publish it")

    def act(self, form: Any) -> None:
        planning.publish_webinar(self.object, by=self.request.user)


class DuplicateView(ActView):
    page_title = _("Duplicate")
    about = _("A draft with the same plan, crew and prepared polls, a week later. Speakers declare anew.")
    done = _("A copy with the same plan and crew: give it its time.")
    act_label = _("Make a copy")

    def act(self, form: Any) -> None:
        planning.duplicate_webinar(self.object, by=self.request.user)


class SeriesView(ActView):
    model = Series
    form_class = SeriesForm
    page_title = _("Change")
    header_icon = "list-ul"
    list_name = SERIES_LIST
    done = _("Saved.")

    @cached_property
    def object(self) -> Any:
        found = queries.series_of(viewer_of(self.request.user)).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Missing
        return found

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.object.title, "summary": self.object.summary}

    def act(self, form: Any) -> None:
        series.edit_series(self.object, by=self.request.user, **form.cleaned_data)


def acts_on(webinar: Webinar) -> list[tuple[Any, str, str]]:
    """What can be done with it now: words, address, icon."""
    names = "wagtailsnippets_webinars_webinar"
    may_move, may_cancel = webinar.is_upcoming, webinar.is_upcoming or webinar.is_draft
    acts = [
        (_("All of the plan"), reverse("webinar-plan", args=[webinar.slug]), "site", True),
        (_("Figures"), reverse(f"{names}:figures", args=[webinar.pk]), "table", not webinar.is_draft),
        (_("Publish"), reverse(f"{names}:publish", args=[webinar.pk]), "upload", webinar.is_draft),
        (_("Move to another time"), reverse(f"{names}:postpone", args=[webinar.pk]), "calendar", may_move),
        (_("Duplicate"), reverse(f"{names}:duplicate", args=[webinar.pk]), "copy", True),
        (_("Cancel"), reverse(f"{names}:cancel", args=[webinar.pk]), "cross", may_cancel),
    ]
    return [(label, url, icon) for label, url, icon, is_open in acts if is_open]

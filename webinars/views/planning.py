"""The organiser's screens: a new plan, its steps, publishing, moving, cancelling, copying and repeating it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Invalid, Missing
from webinars import queries
from webinars.audience_words import audience_label
from webinars.forms import STEPS, CancelForm, CreateForm, MoveForm, RepeatForm, SeriesForm, StepForm
from webinars.forms.planning import when_of
from webinars.hours import hours_by_region
from webinars.models import Webinar
from webinars.operations import planning, series
from webinars.plans import missing_for_publishing
from webinars.policies import may_edit_series, may_plan
from webinars.views.plan_frame import framed
from webinars.views.requests import WebinarRequest, plan_or_missing, posted
from webinars.views.trying import Tried, attempt


@require_http_methods(["GET", "POST"])
@login_required
def webinar_create(request: WebinarRequest) -> HttpResponse:
    verdict = may_plan(request.viewer)
    form = CreateForm(posted(request), viewer=request.viewer, initial={"time_zone": request.user.time_zone})
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: planning.plan_webinar(by=request.user, values=form.values()))
        if tried.done:
            messages.success(request, _("Your plan is kept. Nobody but its crew can see it yet."))
            return redirect("webinar-step", tried.result.slug, "about")
    context = {"form": form, "verdict": verdict, "tried": tried}
    return render(request, "webinars/webinar_create.html", context, status=tried.status)


@require_safe
@login_required
def webinar_plan(request: WebinarRequest, slug: str) -> HttpResponse:
    """Where the plan stands: what is missing, who it is for, how the hour falls, and what can be done."""
    webinar = plan_or_missing(request, slug)
    return _plan_page(request, webinar)


@require_http_methods(["GET", "POST"])
@login_required
def webinar_step(request: WebinarRequest, slug: str, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Missing
    webinar = plan_or_missing(request, slug)
    title, kind = STEPS[step]
    form = kind(posted(request), viewer=request.viewer, webinar=webinar)
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: save_step(webinar, form, request.user))
        if tried.done:
            messages.success(request, _("Saved."))
            return redirect(_after(webinar, step, request))
    context = {"form": form, "tried": tried, "step": step, "title": title, **framed(webinar, step)}
    return render(request, "webinars/plan_step.html", context, status=tried.status)


@require_POST
@login_required
def webinar_publish(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = plan_or_missing(request, slug)
    try:
        published = planning.publish_webinar(webinar, by=request.user)
    except Invalid as error:
        return _plan_page(request, webinar, trouble=error.errors.get("__all__", []), status=422)
    if published.held_at:
        messages.info(request, _("A moderator reads the plan first. It is published when they let it through."))
        return redirect("webinar-plan", webinar.slug)
    messages.success(request, _("Published. Those whom it is for can see it and register."))
    return redirect(webinar)


@require_http_methods(["GET", "POST"])
@login_required
def webinar_move(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = plan_or_missing(request, slug)
    form = MoveForm(posted(request), initial=when_of(webinar))
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: _move(webinar, form, request.user))
        if tried.done:
            messages.success(request, _("Moved. Everybody who registered is told."))
            return redirect(webinar)
    context = {"form": form, "tried": tried, **framed(webinar, "move")}
    return render(request, "webinars/plan_move.html", context, status=tried.status)


@require_http_methods(["GET", "POST"])
@login_required
def webinar_cancel(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = plan_or_missing(request, slug)
    form = CancelForm(posted(request))
    tried = Tried()
    if request.method == "POST":
        note = form.data.get("note", "")
        tried = attempt(form, lambda: planning.cancel_webinar(webinar, by=request.user, note=note))
        if tried.done:
            messages.success(request, _("Cancelled. Everybody who registered is told."))
            return redirect("webinar-mine")
    context = {"form": form, "tried": tried, **framed(webinar, "cancel")}
    return render(request, "webinars/plan_cancel.html", context, status=tried.status)


@require_POST
@login_required
def webinar_duplicate(request: WebinarRequest, slug: str) -> HttpResponse:
    copy = planning.duplicate_webinar(plan_or_missing(request, slug), by=request.user)
    messages.success(request, _("A copy with the same plan and crew: give it its time."))
    return redirect("webinar-step", copy.slug, "time")


@require_http_methods(["GET", "POST"])
@login_required
def webinar_repeat(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = plan_or_missing(request, slug)
    form = RepeatForm(posted(request))
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: series.repeat_webinar(webinar, by=request.user, **form.cleaned_data))
        if tried.done:
            messages.success(request, _("The drafts are there. Look at each, then publish it."))
            return redirect("webinar-mine")
    context = {"form": form, "tried": tried, **framed(webinar, "repeat")}
    return render(request, "webinars/plan_repeat.html", context, status=tried.status)


@require_http_methods(["GET", "POST"])
@login_required
def series_edit(request: WebinarRequest, slug: str) -> HttpResponse:
    found = queries.series_for(request.viewer, slug)
    if found is None or not may_edit_series(request.viewer, found):
        raise Missing
    form = SeriesForm(posted(request), initial={"title": found.title, "summary": found.summary})
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: series.edit_series(found, by=request.user, **form.cleaned_data))
        if tried.done:
            messages.success(request, _("Saved."))
            return redirect(found)
    return render(
        request, "webinars/series_edit.html", {"series": found, "form": form, "tried": tried}, status=tried.status
    )


def save_step(webinar: Webinar, form: StepForm, by: Any) -> None:
    """Change the plan as the form says, with the series it begins."""
    values = form.values()
    new = form.cleaned_data.get("new_series", "")
    if new:
        values["series"] = series.open_series(by=by, title=new)
    planning.edit_webinar(webinar, by=by, values=values)


def _move(webinar: Webinar, form: MoveForm, by: Any) -> None:
    data = form.cleaned_data
    planning.postpone_webinar(
        webinar,
        by=by,
        starts_at=data["begins"],
        minutes=data["minutes"],
        note=data["note"],
        time_zone=data["time_zone"],
    )


def _after(webinar: Webinar, step: str, request: WebinarRequest) -> str:
    """ "Save and go on" leads to the next step, "Save" stays."""
    names = [*STEPS, "speakers"]
    if "next" not in request.POST:
        return reverse("webinar-plan", args=[webinar.slug])
    following = names[names.index(step) + 1]
    if following == "speakers":
        return reverse("webinar-speakers", args=[webinar.slug])
    if following == "time" and not webinar.is_draft:
        following = "audience"
    return reverse("webinar-step", args=[webinar.slug, following])


def _plan_page(
    request: WebinarRequest, webinar: Webinar, trouble: list[str] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "lacks": missing_for_publishing(webinar) if webinar.is_draft else [],
        "trouble": trouble or [],
        "counts": queries.counts_of(webinar),
        "audience": audience_label(webinar.for_whom, request.viewer),
        "hours": hours_by_region(webinar),
        "speakers": list(queries.speakers_of(webinar)),
        **framed(webinar, "plan"),
    }
    return render(request, "webinars/plan_overview.html", context, status=status)

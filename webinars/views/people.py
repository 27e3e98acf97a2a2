"""The organiser's screens about people: registrations and their export, crew, speakers and guests."""

import csv
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Boundary, Invalid, Missing
from webinars import queries
from webinars.attended import names_of, report_of
from webinars.figures import FEW
from webinars.forms import CrewForm, GuestForm, SpeakerForm
from webinars.hours import hours_by_region
from webinars.models import CrewRole, Registration, RegistrationState
from webinars.operations import registering, speakers
from webinars.views.plan_frame import framed
from webinars.views.requests import (
    WebinarRequest,
    member_or_none,
    plan_or_missing,
    posted,
    registration_or_missing,
    speaker_or_missing,
)
from webinars.views.trying import Tried, attempt

DECISIONS: dict[str, Callable[..., Any]] = {
    "approve": registering.approve_registration,
    "decline": registering.decline_registration,
    "remove": registering.remove_registration,
}
SPEAKER_ACTS: dict[str, Callable[..., Any]] = {
    "invite": speakers.invite_again,
    "remove": speakers.remove_speaker,
    "earlier": partial(speakers.move_speaker, step=-1),
    "later": partial(speakers.move_speaker, step=1),
}
SHOWN = 500


@require_safe
@login_required
def webinar_people(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = plan_or_missing(request, slug)
    state = request.GET.get("state", "")
    found = queries.registrations_for(webinar)
    if state in RegistrationState.values:
        found = found.filter(state=state)
    context = {
        "registrations": list(found[:SHOWN]),
        "counts": queries.counts_of(webinar),
        "states": RegistrationState,
        "state": state,
        "hours": hours_by_region(webinar),
        "attendance": report_of(webinar) if webinar.started_at else None,
        "few": FEW,
        **framed(webinar, "people"),
    }
    return render(request, "webinars/plan_people.html", context)


@require_POST
@login_required
def webinar_decide(request: WebinarRequest, slug: str, handle: str) -> HttpResponse:
    """Approve, decline or remove one registration."""
    webinar = plan_or_missing(request, slug)
    act = DECISIONS.get(request.POST.get("act", ""))
    if act is None:
        raise Missing
    act(registration_or_missing(webinar, handle), by=request.user)
    messages.success(request, _("Done. They are told."))
    return redirect("webinar-people", webinar.slug)


@require_safe
@login_required
def webinar_people_export(request: WebinarRequest, slug: str) -> HttpResponse:
    """Who registered, as a table without addresses: the site tells people what changes."""
    webinar = plan_or_missing(request, slug)
    table, response = _table(f"{webinar.slug}-registrations")
    table.writerow(["name", "handle", "profession", "country", "state", "registered_at_utc"])
    for registration in queries.registrations_for(webinar):
        table.writerow(_row(registration))
    return response


@require_safe
@login_required
def webinar_attendance_export(request: WebinarRequest, slug: str) -> HttpResponse:
    """Who attended for how long; only of a webinar that said so before anybody registered."""
    webinar = plan_or_missing(request, slug)
    if not webinar.names_attendance:
        raise Missing
    table, response = _table(f"{webinar.slug}-attendance")
    table.writerow(["name", "handle", "profession", "country", "minutes_live", "minutes_of_recording"])
    for member, minutes in names_of(webinar):
        table.writerow([*_cells_of(member), minutes.live, minutes.replay])
    return response


@require_http_methods(["GET", "POST"])
@login_required
def webinar_crew(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = plan_or_missing(request, slug)
    form = CrewForm(posted(request))
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: _join(webinar, form.cleaned_data, request.user))
        if tried.done:
            messages.success(request, _("They have this part now and are told."))
            return redirect("webinar-crew", webinar.slug)
    context = {"form": form, "tried": tried, "crew": list(queries.crew_lines(webinar)), **framed(webinar, "crew")}
    return render(request, "webinars/plan_crew.html", context, status=tried.status)


@require_POST
@login_required
def webinar_crew_remove(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = plan_or_missing(request, slug)
    member, role = member_or_none(request.POST.get("handle", "")), request.POST.get("role", "")
    if member is None or role not in CrewRole.values:
        raise Missing
    try:
        speakers.remove_from_crew(webinar, by=request.user, member=member, role=CrewRole(role))
    except Invalid as error:
        messages.error(request, error.reason)
    return redirect("webinar-crew", webinar.slug)


@require_http_methods(["GET", "POST"])
@login_required
def webinar_speakers(request: WebinarRequest, slug: str) -> HttpResponse:
    """Name a member or invite a guest; which of the two forms was sent says its button."""
    webinar = plan_or_missing(request, slug)
    is_guest = request.POST.get("kind") == "guest"
    member_form = SpeakerForm(request.POST if request.method == "POST" and not is_guest else None)
    guest_form = GuestForm(request.POST if is_guest else None)
    tried = Tried()
    if request.method == "POST":
        if is_guest:
            data = guest_form
            tried = attempt(data, lambda: speakers.invite_guest(webinar, by=request.user, **data.cleaned_data))
        else:
            tried = attempt(member_form, lambda: _speak(webinar, member_form.cleaned_data, request.user))
        if tried.done:
            messages.success(request, _("Added. They are told and asked to declare conflicts of interest."))
            return redirect("webinar-speakers", webinar.slug)
    context = {
        "member_form": member_form,
        "guest_form": guest_form,
        "tried": tried,
        "speakers": list(queries.speakers_of(webinar)),
        **framed(webinar, "speakers"),
    }
    return render(request, "webinars/plan_speakers.html", context, status=tried.status)


@require_POST
@login_required
def webinar_speaker(request: WebinarRequest, slug: str, public_id: str) -> HttpResponse:
    """Invite a guest again, take a speaker off, or let one speak earlier or later."""
    webinar = plan_or_missing(request, slug)
    act = SPEAKER_ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Missing
    try:
        act(speaker_or_missing(webinar, public_id), by=request.user)
        messages.success(request, _("Done."))
    except Boundary as error:
        messages.error(request, error.reason)
    return redirect("webinar-speakers", webinar.slug)


def _join(webinar: Any, data: dict[str, Any], by: Any) -> None:
    role = CrewRole(data["role"])
    speakers.add_to_crew(webinar, by=by, member=_member(data["handle"]), role=role)


def _speak(webinar: Any, data: dict[str, Any], by: Any) -> None:
    speakers.add_speaker(webinar, by=by, member=_member(data["handle"]))


def _member(handle: str) -> Any:
    member = member_or_none(handle)
    if member is None:
        raise Invalid({"handle": [_("There is no member with this handle.")]})
    return member


def _table(name: str) -> tuple[Any, HttpResponse]:
    """A table to write to, and the download that it becomes."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    return csv.writer(response), response


def _row(registration: Registration) -> list[str]:
    return [*_cells_of(registration.member), registration.state, f"{registration.registered_at:%Y-%m-%d %H:%M}"]


def _cells_of(member: Any) -> list[str]:
    return [_cell(str(each or "")) for each in (member, member.handle, member.profession, member.country)]


def _cell(text: str) -> str:
    """What a spreadsheet would take for a formula is shown as text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

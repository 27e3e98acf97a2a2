"""What people see of webinars before, during and after: the list, and one address for each webinar."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Missing, Refused
from community.core.rewording import BUTTON
from webinars import queries
from webinars.audience_words import audience_label
from webinars.crews import roles_of
from webinars.forms import ListForm, QuestionForm, RemindersForm
from webinars.hours import hours_by_region
from webinars.models import Webinar
from webinars.operations import questions, registering
from webinars.policies import may_enter, may_organise, may_plan, may_register, may_see_handouts
from webinars.views import room_pages, video_pages
from webinars.views.requests import WebinarRequest, webinar_or_missing
from webinars.views.trying import Tried, attempt, rewording

TABS = {"upcoming": queries.upcoming_webinars, "recordings": queries.recordings, "mine": queries.own_webinars}
SHOWN = 100


@require_safe
def webinar_list(request: WebinarRequest) -> HttpResponse:
    """Upcoming, recordings or one's own, narrowed by language and specialty."""
    tab = request.GET.get("tab", "upcoming")
    tab = tab if tab in _tabs_for(request) else "upcoming"
    found = TABS[tab](request.viewer)
    form = ListForm(request.GET, languages=queries.languages_in(found), specialties=queries.specialties_in(found))
    wanted = form.wanted()
    shown = list(queries.narrowed(found, **wanted)[:SHOWN])
    live = [webinar for webinar in shown if webinar.is_live]
    context = {
        "tab": tab,
        "tabs": _tabs(request, tab),
        "form": form,
        "wanted": wanted,
        "live": live if tab == "upcoming" else [],
        "webinars": [webinar for webinar in shown if webinar not in live] if tab == "upcoming" else shown,
        "may_plan": may_plan(request.viewer),
    }
    return render(request, "webinars/webinar_list.html", context)


@require_safe
def webinar_detail(request: WebinarRequest, slug: str) -> HttpResponse:
    """One address: the recording when it is over, the room while it is open, else the page before.

    `?about` always gives the page before, which tells what it is about.
    """
    webinar = webinar_or_missing(request, slug)
    if "about" not in request.GET:
        if webinar.is_over:
            return video_pages.recording_page(request, webinar)
        if webinar.room_is_open and _may_enter(request, webinar):
            return room_pages.room_page(request, webinar)
    return before_page(request, webinar)


@require_safe
def series_detail(request: WebinarRequest, slug: str) -> HttpResponse:
    series = queries.series_for(request.viewer, slug)
    if series is None:
        raise Missing
    ahead = queries.upcoming_webinars(request.viewer).filter(series=series)
    past = queries.recordings(request.viewer).filter(series=series)
    is_own = request.viewer.member is not None and request.viewer.member.pk == series.organiser_id
    context = {"series": series, "ahead": list(ahead[:SHOWN]), "past": list(past[:SHOWN]), "is_own": is_own}
    return render(request, "webinars/series_detail.html", context)


@require_POST
@login_required
def webinar_register(request: WebinarRequest, slug: str) -> HttpResponse:
    """One click; where the room is open it leads straight into it."""
    webinar = webinar_or_missing(request, slug)
    try:
        registration = registering.register(webinar, by=request.user)
    except Refused as error:
        messages.error(request, error.reason)
        return redirect(webinar)
    messages.success(request, _registered(registration.state))
    return redirect(webinar)


@require_POST
@login_required
def webinar_unregister(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = webinar_or_missing(request, slug)
    registering.cancel_registration(webinar, by=request.user)
    messages.success(request, _("Your registration is cancelled. You can register again as long as there are places."))
    return redirect(_about(webinar))


@require_POST
@login_required
def webinar_reminders(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = webinar_or_missing(request, slug)
    form = RemindersForm(request.POST)
    form.is_valid()
    registering.set_reminders(webinar, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your reminders are saved."))
    return redirect(_about(webinar))


@require_http_methods(["GET", "POST"])
@login_required
def webinar_question(request: WebinarRequest, slug: str) -> HttpResponse:
    """A question before the start; it stands in the queue when the room opens."""
    webinar = webinar_or_missing(request, slug)
    if request.method == "GET":
        return redirect(f"{_about(webinar)}#question")
    form = QuestionForm(request.POST)
    if BUTTON in request.POST and form.is_valid():
        return before_page(request, webinar, question=form, tried=rewording(form, {"text": "question"}))
    tried = attempt(form, lambda: questions.ask(webinar.slug, by=request.user, **form.cleaned_data))
    if not tried.done:
        return before_page(request, webinar, question=form, tried=tried)
    messages.success(request, _asked(tried.result))
    return redirect(_about(webinar))


def before_page(
    request: WebinarRequest, webinar: Webinar, question: QuestionForm | None = None, tried: Tried | None = None
) -> HttpResponse:
    """What it is about, when it is where one lives, and registering."""
    member, tried = request.viewer.member, tried or Tried()
    roles, registration = roles_of(member, webinar), queries.registration_of(member, webinar)
    counts = queries.counts_of(webinar)
    may_ask = bool(roles or (registration and registration.state == "registered")) and not webinar.is_over
    context = {
        "webinar": webinar,
        "speakers": list(queries.speakers_of(webinar)),
        "roles": roles,
        "registration": registration,
        "reminders": _reminders(registration),
        "may_register": may_register(request.viewer, webinar),
        "may_enter": may_enter(request.viewer, webinar, roles, registration),
        "may_organise": may_organise(request.viewer, roles),
        "audience": audience_label(webinar.for_whom, request.viewer),
        "counts": counts,
        "places_left": _places_left(webinar, counts),
        "hours": hours_by_region(webinar),
        "handouts": list(webinar.handouts.all()) if may_see_handouts(request.viewer, webinar, roles) else [],
        "speaker": queries.speaker_of(member, webinar),
        "asked": list(queries.questions_by(member, webinar)),
        "question_form": (question or QuestionForm()) if may_ask and not webinar.is_draft else None,
        "tried": tried,
    }
    return render(request, "webinars/webinar_before.html", context, status=tried.status)


def _may_enter(request: WebinarRequest, webinar: Webinar) -> bool:
    member = request.viewer.member
    if member is None:
        return False
    registration = queries.registration_of(member, webinar)
    return bool(may_enter(request.viewer, webinar, roles_of(member, webinar), registration))


def _registered(state: str) -> str:
    return {
        "registered": _("You are registered. It stands in your calendar feed, and you will be reminded."),
        "asked": _("Asked. You are told as soon as the organisers have decided."),
        "waiting": _("All places are taken. You are on the waiting list and are told when you move up."),
    }[state]


def _asked(answer: Any) -> str:
    if isinstance(answer, dict) and answer.get("held"):
        return _("A moderator reads your question first. Then it goes to the speakers.")
    return _("Your question is with the speakers.")


def _reminders(registration: Any) -> RemindersForm | None:
    if registration is None or not registration.is_open:
        return None
    chosen = {kind: getattr(registration, f"remind_{kind}") for kind in ("day", "hour", "ten")}
    return RemindersForm(initial=chosen)


def _places_left(webinar: Webinar, counts: dict[str, int]) -> int | None:
    return None if webinar.capacity is None else max(0, webinar.capacity - counts.get("registered", 0))


def _about(webinar: Webinar) -> str:
    return f"{webinar.get_absolute_url()}?about"


def _tabs_for(request: WebinarRequest) -> list[str]:
    return [tab for tab in TABS if tab != "mine" or request.viewer.is_signed_in]


def _tabs(request: WebinarRequest, current: str) -> list[dict[str, Any]]:
    labels = {"upcoming": _("Upcoming"), "recordings": _("Recordings"), "mine": _("Mine")}
    address = reverse("webinar-list")
    return [
        {
            "label": labels[tab],
            "url": address if tab == "upcoming" else f"{address}?tab={tab}",
            "current": tab == current,
        }
        for tab in _tabs_for(request)
    ]

"""What people see of webinars before, during and after: the list, and one address for each webinar."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from webinars.crews import roles_of
from webinars.joining import registration_of
from webinars.models import Webinar
from webinars.policies import may_enter
from webinars.views import room_pages, video_pages
from webinars.views.requests import WebinarRequest, webinar_or_missing


@require_safe
def webinar_list(request: WebinarRequest) -> HttpResponse:
    webinars = Webinar.objects.visible_to(request.viewer).order_by("starts_at")
    return render(request, "webinars/webinar_list.html", {"webinars": webinars})


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


def before_page(request: WebinarRequest, webinar: Webinar) -> HttpResponse:
    """What it is about, when it is where one lives, and registering."""
    return render(request, "webinars/webinar_before.html", {"webinar": webinar})


def _may_enter(request: WebinarRequest, webinar: Webinar) -> bool:
    member = request.viewer.member
    if member is None:
        return False
    return bool(may_enter(request.viewer, webinar, roles_of(member, webinar), registration_of(member, webinar)))

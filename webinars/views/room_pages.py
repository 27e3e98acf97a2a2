"""The room in the browser: lobby and live, the presenter's view, the moderator's desk. HTML only."""

from django.http import HttpResponse
from django.shortcuts import render

from webinars.models import Webinar
from webinars.views.requests import WebinarRequest


def room_page(request: WebinarRequest, webinar: Webinar) -> HttpResponse:
    """The page of an open room, for whoever may enter it."""
    return render(request, "webinars/webinar_before.html", {"webinar": webinar})

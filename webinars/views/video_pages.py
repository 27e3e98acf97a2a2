"""Video in the browser: going live, and the page of a recording. HTML only."""

from django.http import HttpResponse
from django.shortcuts import render

from webinars.models import Webinar
from webinars.views.requests import WebinarRequest


def recording_page(request: WebinarRequest, webinar: Webinar) -> HttpResponse:
    """The page of a webinar that has ended: its recording, with chat and questions in step."""
    return render(request, "webinars/webinar_before.html", {"webinar": webinar})

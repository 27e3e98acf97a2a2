"""Fetching for pages: what the viewer may see, or 404."""

from typing import Any

from django.http import HttpRequest

from community.core.audiences import Viewer
from community.core.errors import Missing
from webinars.models import Webinar


class WebinarRequest(HttpRequest):
    """A request after the middleware that resolves who looks."""

    viewer: Viewer
    user: Any


def webinar_or_missing(request: WebinarRequest, slug: str) -> Webinar:
    """The webinar at this address, with what every page of it shows."""
    found = Webinar.objects.visible_to(request.viewer).filter(slug=slug)
    webinar = found.select_related("organiser__profession", "organiser__country", "series", "cover").first()
    if webinar is None:
        raise Missing
    return webinar

"""Fetching for pages: what the viewer may see, or 404."""

from typing import Any

from django.http import HttpRequest

from community.core.audiences import Viewer
from community.core.errors import Missing
from webinars import queries
from webinars.models import Registration, Speaker, Webinar


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


def plan_or_missing(request: WebinarRequest, slug: str) -> Webinar:
    """The webinar, for its organisers and editors."""
    webinar = queries.plan_at(request.viewer, slug)
    if webinar is None:
        raise Missing
    return webinar


def speaker_or_missing(webinar: Webinar, public_id: str) -> Speaker:
    speaker = queries.speakers_of(webinar).filter(public_id=public_id).first()
    if speaker is None:
        raise Missing
    return speaker


def registration_or_missing(webinar: Webinar, handle: str) -> Registration:
    registration = queries.registrations_for(webinar).filter(member__handle=handle).first()
    if registration is None:
        raise Missing
    return registration


def member_or_none(handle: str) -> Any | None:
    """An active member by handle, however it was typed."""
    return queries.member_called(handle.strip().lstrip("@").lower())


def posted(request: HttpRequest) -> Any:
    """What was sent, also where nothing was filled in; None for a page that is opened."""
    return request.POST if request.method == "POST" else None

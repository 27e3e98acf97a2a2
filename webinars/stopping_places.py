"""Where members stopped in recordings: for their list, their home page and their own data."""

from typing import Any

from django.db.models import F, QuerySet

from community.core.audiences import Viewer
from webinars.models import Progress, Webinar, WebinarState

# Whoever stopped this near the end, in seconds, has seen it.
CLOSING_SECONDS = 20.0


def begun_recordings(viewer: Viewer) -> "QuerySet[Progress]":
    """What the member has begun and may still see, the last one first."""
    visible = Webinar.objects.visible_to(viewer).filter(state=WebinarState.ENDED)
    return Progress.objects.filter(member=viewer.member, webinar__in=visible).select_related("webinar")


def unfinished_recordings(viewer: Viewer) -> "QuerySet[Progress]":
    """Those in which something is left to see."""
    return begun_recordings(viewer).filter(seconds__gt=0, seconds__lt=F("duration") - CLOSING_SECONDS)


def place_in(webinar: Webinar, member: Any) -> float:
    """Where a member goes on, in seconds; 0 for whoever has seen it to the end, or not begun."""
    place = Progress.objects.filter(webinar=webinar, member=member).first()
    if place is None or place.seconds >= place.duration - CLOSING_SECONDS:
        return 0.0
    return place.seconds


def own_places(member: Any) -> list[Any]:
    """For the member's download of their own data."""
    return [*Progress.objects.filter(member=member).values("webinar__slug", "seconds", "duration", "at")]

"""A member's own recordings: which they have begun, and how far they have come."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.core import limits
from community.core.errors import Invalid
from webinars.models import Webinar, WebinarState
from webinars.operations import watching
from webinars.stopping_places import begun_recordings
from webinars.views.requests import WebinarRequest, webinar_or_missing

SAVES = "900/hour"
NEW = 12


@require_http_methods(["GET", "HEAD"])
@login_required
def recording_list(request: WebinarRequest) -> HttpResponse:
    """Those begun, the last one first, and recordings that wait to be watched."""
    visible = Webinar.objects.visible_to(request.viewer).filter(state=WebinarState.ENDED)
    begun = begun_recordings(request.viewer)
    fresh = visible.exclude(progress__member=request.user).order_by("-starts_at")[:NEW]
    return render(request, "webinars/recording_list.html", {"begun": begun, "fresh": fresh})


@require_POST
@login_required
def progress_keep(request: WebinarRequest, slug: str) -> HttpResponse:
    """Save the place (JSON {seconds, duration} from the page), or take the recording off one's list (a form)."""
    webinar = webinar_or_missing(request, slug)
    if "forget" in request.POST:
        watching.forget_place(webinar, by=request.user)
        messages.success(request, _("Taken off your list."))
        return redirect("recording-list")
    limits.spend("webinars.progress", request.user.pk, SAVES)
    seconds, duration = _place(request.body)
    watching.keep_place(webinar, by=request.user, seconds=seconds, duration=duration)
    return HttpResponse(status=204)


def _place(body: bytes) -> tuple[float, float]:
    try:
        sent: Any = json.loads(body)
        return float(sent["seconds"]), float(sent["duration"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Invalid(_("Seconds and duration are needed.")) from None

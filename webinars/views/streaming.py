"""OBS on the page "Go live": its key, told once, and whether it sends; and the answer to the media server that asks."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from community.core.errors import TooMany
from webinars.operations import streaming as operations
from webinars.streaming import Arriving, arriving_for
from webinars.views.golive import golive_answer, webinar_to_present
from webinars.views.requests import WebinarRequest

LARGEST = 8 * 1024
FIELDS = ("user", "password", "token", "ip", "action", "path", "protocol", "id", "query")


@never_cache
@sensitive_variables()
@require_POST
@login_required
def stream_key_make(request: WebinarRequest, slug: str) -> HttpResponse:
    """The page with the new key on it. It is shown this once: a reload does not bring it back."""
    webinar = webinar_to_present(request, slug)
    return golive_answer(request, webinar, key=operations.make_stream_key(webinar, by=request.user))


@require_POST
@login_required
def stream_key_revoke(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = webinar_to_present(request, slug)
    operations.revoke_stream_key(webinar, by=request.user)
    messages.success(request, _("The key is taken back. Who sends now goes on until they stop."))
    return redirect("webinar-golive", webinar.slug)


@never_cache
@require_safe
@login_required
def stream_state(request: WebinarRequest, slug: str) -> JsonResponse:
    """Whether video arrives now, for the page."""
    arriving = arriving_for(webinar_to_present(request, slug))
    return JsonResponse({"sends": arriving.sends, "text": words_of(arriving)})


@csrf_exempt  # The media server has no cookie; the secret in what it asks is the permission.
@never_cache
@sensitive_variables()
@require_POST
def ingest_auth(request: HttpRequest) -> HttpResponse:
    """MediaMTX asks whether a client may publish or read: 204 for yes, 401 for no, 429 after many wrong keys."""
    try:
        sent = json.loads(request.body) if len(request.body) <= LARGEST else None
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        return HttpResponse(status=401)
    asked = {name: value for name in FIELDS if isinstance(value := sent.get(name), str)}
    try:
        return HttpResponse(status=204 if operations.answer_media_server(asked) else 401)
    except TooMany as error:
        return HttpResponse(status=429, headers={"Retry-After": str(error.retry_after)})


def words_of(arriving: Arriving) -> str:
    """The state in a sentence."""
    if arriving.sends is None:
        return _("The media server does not answer. Ask whoever runs this site.")
    if not arriving.sends:
        return _("Nothing arrives yet. Press “Start streaming” in OBS.")
    tracks = ", ".join(arriving.tracks)
    return _("OBS is sending: %(tracks)s.") % {"tracks": tracks} if tracks else _("OBS is sending.")

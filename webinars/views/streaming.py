"""OBS on the page "Go live": its key, told once, and whether it sends; the answers to media server and proxy."""

import json
import re

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from community.core.errors import Missing, TooMany
from webinars.models import VideoSource
from webinars.operations import streaming as operations
from webinars.playing import is_own, player_of
from webinars.streaming import TICKET_SECONDS, Arriving, arriving_for, member_of_ticket
from webinars.views.golive import golive_answer, webinar_to_present
from webinars.views.requests import WebinarRequest, webinar_or_missing
from webinars.watchers import may_watch_now
from webinars.watching import may_watch

LARGEST = 8 * 1024
WATCHED = re.compile(r"/hls/([0-9a-z-]+)/live/([b-z0-9]{12})/")
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


@never_cache
@require_safe
@login_required
def stream_ticket(request: WebinarRequest, slug: str) -> JsonResponse:
    """A fresh address of the live picture, for whoever may watch it still; a page asks before its own is too old."""
    webinar = webinar_or_missing(request, slug)
    if webinar.video_source != VideoSource.INGEST or is_own(webinar) or not may_watch(request.viewer, webinar):
        raise Missing
    return JsonResponse({"source": player_of(webinar, request.user).source, "seconds": TICKET_SECONDS})


@never_cache
@require_safe
def watch_auth(request: HttpRequest) -> HttpResponse:
    """Our proxy asks before each playlist of the media server: 204 when its ticket is good, its member may watch and,
    under this site's own address, whoever asks is signed in as that member."""
    asked = WATCHED.search(request.headers.get("X-Forwarded-Uri", ""))
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if asked is None or (not session and settings.INGEST_URL.startswith("/")):
        return HttpResponse(status=401)
    ticket, name = asked.groups()
    member = member_of_ticket(name, ticket)
    may = member is not None and may_watch_now(name, member, session if settings.INGEST_URL.startswith("/") else "")
    return HttpResponse(status=204 if may else 401)


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

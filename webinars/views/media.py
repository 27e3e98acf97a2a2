"""What players fetch: playlists by permission, files by signed address."""

import gzip

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from community.core.errors import Missing
from webinars.media import serving, signing, storage
from webinars.media.playlists import (
    CONTENT_TYPE,
    SLATE,
    Recording,
    recording_of,
    render_master,
    render_media,
    slate_of,
)
from webinars.models import RenditionName
from webinars.views.requests import WebinarRequest, webinar_or_missing
from webinars.watching import may_watch

FILES = frozenset({"m4s", "mp4"})
WINDOWS = range(3, 601)


@require_safe
def master_playlist(request: WebinarRequest, slug: str) -> HttpResponse:
    """The variants of a webinar that runs or has run; not there before the first second of video."""
    return _playlist(request, render_master(_recording(request, slug)))


@require_safe
def media_playlist(request: WebinarRequest, slug: str, rendition: str) -> HttpResponse:
    """The segments of one variant. `?window=30` keeps the newest thirty, for those on a poor line."""
    if rendition not in RenditionName.values:
        raise Missing
    asked = request.GET.get("window", "")
    window = int(asked) if asked.isdecimal() and len(asked) < 4 and int(asked) in WINDOWS else None
    return _playlist(request, render_media(_recording(request, slug), rendition, window=window))


@require_safe
async def media_file(request: HttpRequest, token: str, key: str) -> HttpResponseBase:
    """A segment or the beginning of a rendition. The token is the permission; who holds none sees nothing there."""
    broadcast, _slash, rest = key.partition("/")
    if not signing.is_good(token, broadcast) or key.rpartition(".")[2] not in FILES:
        raise Http404
    if rest.startswith(f"{SLATE}/"):
        return await sync_to_async(_slate)(broadcast, rest)
    size = await sync_to_async(storage.size_of, thread_sensitive=False)(key)
    if size is not None:
        return serving.file_response(request, key, size)
    answer = await sync_to_async(serving.from_bucket, thread_sensitive=False)(request, key)
    if answer is None:
        raise Http404
    return answer


def _slate(broadcast: str, name: str) -> HttpResponse:
    """Made of the row when it is asked for: a dark, silent picture as long as what was cut out."""
    body = slate_of(broadcast, name.removeprefix(f"{SLATE}/").removesuffix(".m4s"))
    if body is None:
        raise Http404
    return HttpResponse(body, content_type="video/mp4", headers={"Cache-Control": serving.KEPT})


def _recording(request: WebinarRequest, slug: str) -> Recording:
    webinar = webinar_or_missing(request, slug)
    recording = recording_of(webinar)
    if recording is None or not may_watch(request.viewer, webinar):
        raise Missing
    return recording


def _playlist(request: HttpRequest, text: str) -> HttpResponse:
    """Fresh each time, and packed: an hour is thousands of lines that are nearly the same."""
    body, headers = text.encode(), {"Cache-Control": "private, no-store", "Vary": "Cookie, Accept-Encoding"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, compresslevel=3, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(body, content_type=CONTENT_TYPE, headers=headers)

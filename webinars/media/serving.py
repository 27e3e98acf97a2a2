"""Answers with files of video: by ranges, piece by piece, never a whole file in memory."""

import asyncio
import re
from collections.abc import AsyncIterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse

from community.core.buckets import REDIRECT_KEPT
from webinars.media import storage

RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")
TYPES = {"m4s": "video/mp4", "mp4": "video/mp4"}
KEPT = "private, max-age=600"
# Our proxy sets this where it serves the files itself, once we have looked at the token (deploy/Caddyfile).
BY_PROXY = "X-Files-By-Proxy"


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """The one range that is asked for as [start, end), the whole when none is, or None when it cannot be had."""
    match = RANGE.match(header.strip())
    if not match or match.group(0) == "bytes=-":
        return 0, size
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    return (start, end) if start < end else None


def file_response(request: HttpRequest, key: str, size: int) -> HttpResponseBase:
    """The file of a key, or the part of it that `Range` asks for."""
    header = request.headers.get("Range", "")
    span = asked_range(header, size)
    if settings.TRUSTED_PROXIES and request.headers.get(BY_PROXY) == "1":
        headers = {"X-Accel-Redirect": f"/{key}", "Cache-Control": KEPT}
        return HttpResponse(content_type=_type(key), headers=headers)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = span
    is_part = (start, end) != (0, size) or RANGE.match(header.strip()) is not None
    body = b"" if request.method == "HEAD" else _pieces(key, start, end)
    response = StreamingHttpResponse(body, status=206 if is_part else 200, content_type=_type(key))
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(end - start)
    response["Cache-Control"] = KEPT
    if is_part:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def from_bucket(request: HttpRequest, key: str) -> HttpResponseBase | None:
    """Sends on to the bucket, for some minutes; None when it cannot have the file."""
    address = storage.address_of(key, method=str(request.method))
    return HttpResponseRedirect(address, headers={"Cache-Control": REDIRECT_KEPT}) if address else None


def _type(key: str) -> str:
    return TYPES.get(key.rpartition(".")[2], "application/octet-stream")


async def _pieces(key: str, start: int, end: int) -> AsyncIterator[bytes]:
    pieces = storage.read_range(key, start, end)
    while piece := await asyncio.to_thread(next, pieces, b""):
        yield piece

"""Uploads of recordings: JSON for the page that sends a file in parts of at most 4 MB (docs/ingest.md)."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from community.core.errors import Boundary, Invalid, Missing
from community.core.policies import require
from webinars.crews import roles_of
from webinars.models import Upload, Webinar
from webinars.operations import recording
from webinars.views.requests import WebinarRequest, webinar_or_missing

View = Callable[..., HttpResponse]


def answers_json(view: View) -> View:
    """Refusals with the same stable codes as elsewhere."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Boundary as error:
            return JsonResponse({"is": "refused", "code": error.code, "reason": error.reason}, status=error.status)

    return answer


@require_POST
@login_required
@answers_json
def upload_begin(request: WebinarRequest, slug: str) -> HttpResponse:
    """`{"size", "sha256"?}` → the upload; 201 when it is new, 200 when one of this size goes on."""
    webinar = _webinar(request, slug)
    sent = _sent(request)
    size, sha256 = sent.get("size"), sent.get("sha256", "")
    if isinstance(size, bool) or not isinstance(size, int) or not _is_sha256(sha256, may_be_empty=True):
        raise Invalid({"size": ["size is a number of bytes, sha256 64 hexadecimal digits"]})
    upload = recording.begin_upload(webinar, by=request.user, size=size, sha256=sha256)
    shown = recording.upload_shown(upload)
    return JsonResponse(shown, status=200 if shown["have"] else 201)


@require_http_methods(["GET", "HEAD"])
@login_required
@answers_json
def upload_state(request: WebinarRequest, slug: str, upload: str) -> HttpResponse:
    return JsonResponse(recording.upload_shown(_upload(request, slug, upload)))


@require_http_methods(["PUT", "POST"])
@login_required
@answers_json
def upload_part(request: WebinarRequest, slug: str, upload: str, number: int) -> HttpResponse:
    """The bytes of one part, with their SHA-256 in `X-Part-SHA256`."""
    found = _upload(request, slug, upload)
    sha256 = request.headers.get("X-Part-SHA256", "")
    if not _is_sha256(sha256):
        raise Invalid({"sha256": ["X-Part-SHA256 holds 64 hexadecimal digits"]})
    part = recording.add_part(found, by=request.user, number=number, data=request.body, sha256=sha256)
    return JsonResponse({"number": part.number, "sha256": part.sha256})


@require_POST
@login_required
@answers_json
def upload_finish(request: WebinarRequest, slug: str, upload: str) -> HttpResponse:
    """`{"digest"?}`: SHA-256 over the parts' SHA-256 sums."""
    found = _upload(request, slug, upload)
    digest = _sent(request).get("digest", "")
    if not _is_sha256(digest, may_be_empty=True):
        raise Invalid({"digest": ["64 hexadecimal digits"]})
    finished = recording.finish_upload(found, by=request.user, digest=digest)
    return JsonResponse(recording.upload_shown(finished))


@require_POST
@login_required
@answers_json
def upload_cancel(request: WebinarRequest, slug: str, upload: str) -> HttpResponse:
    cancelled = recording.cancel_upload(_upload(request, slug, upload), by=request.user)
    return JsonResponse(recording.upload_shown(cancelled))


def _webinar(request: WebinarRequest, slug: str) -> Webinar:
    """For the crew and for editors; to others nothing is there."""
    webinar = webinar_or_missing(request, slug)
    verdict = recording.may_upload(webinar, request.user)
    if not verdict and not roles_of(request.user, webinar):
        raise Missing
    require(verdict)
    return webinar


def _upload(request: WebinarRequest, slug: str, public_id: str) -> Upload:
    upload = _webinar(request, slug).uploads.filter(public_id=public_id).first()
    if upload is None:
        raise Missing
    return upload


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise Invalid("a JSON object is expected")
    return sent


def _is_sha256(value: object, *, may_be_empty: bool = False) -> bool:
    if not isinstance(value, str):
        return False
    return (may_be_empty and not value) or (len(value) == 64 and all(c in "0123456789abcdefABCDEF" for c in value))

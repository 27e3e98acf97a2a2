"""Names each request, keeps private answers out of caches, and turns the five errors into pages."""

import logging
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from community.core.errors import Boundary, Missing, TooMany

Handler = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger(__name__)


def request_id(get_response: Handler) -> Handler:
    """An id that ties log lines together; what a client sends under this name is not trusted."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]
        response = get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response

    return handle


class Compression(GZipMiddleware):
    """Pages and data travel compressed, for a slow line; pictures, video and files are so already.

    Django's middleware pads each answer by a random length, so that its size tells nothing about a token in it.
    """

    kinds = ("text/html", "text/calendar", "application/json", "application/vnd.apple.mpegurl")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith(self.kinds):
            return response
        return super().process_response(request, response)


def private_responses(get_response: Handler) -> Handler:
    """No shared cache may keep what a signed-in member was shown."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return handle


class boundary_errors:  # noqa: N801 - a middleware is named like the functions beside it
    """Shows Refused, Missing, Invalid, Conflict and TooMany as pages with a way on."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Boundary):
            return None
        reason = "" if isinstance(error, Missing) else error.reason
        template = f"{error.status}.html" if error.status in {403, 404, 429} else "400.html"
        response = render(request, template, {"reason": reason, "error": error}, status=error.status)
        if isinstance(error, TooMany):
            response["Retry-After"] = str(error.retry_after)
        return response

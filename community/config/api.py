"""The API of version 1: each package brings its router; the OpenAPI document is at `/api/v1/openapi.json`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import SessionAuth

from community.core.errors import Boundary, Conflict, Invalid, Refused, TooMany
from forums.api import router as forums
from webinars.api import router as webinars

api = NinjaAPI(title="Collegium", version="1", urls_namespace="api-v1", auth=SessionAuth(csrf=True), docs_url=None)
api.add_router("/forums/", forums)
api.add_router("/webinars/", webinars)


@api.exception_handler(Boundary)
def answer_boundary(request: HttpRequest, error: Any) -> HttpResponse:
    """The same stable codes as on a socket."""
    body: dict[str, Any] = {"code": error.code, "reason": error.reason}
    if isinstance(error, Refused) and error.findings:
        body["findings"] = [vars(finding) for finding in error.findings]
    if isinstance(error, Invalid):
        body["errors"] = error.errors
    if isinstance(error, Conflict):
        body["theirs"] = error.theirs
    response = api.create_response(request, body, status=error.status)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response

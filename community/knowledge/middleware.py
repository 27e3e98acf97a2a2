"""The editors' admin is for staff who may edit: neither a permission nor being staff opens it alone."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

Handler = Callable[[HttpRequest], HttpResponse]


def admin_for_staff(get_response: Handler) -> Handler:
    """Everybody else who is signed in sees no admin at all; visitors are sent to sign in by Wagtail.

    Wagtail would send a moderator to sign in as well, and signing in would send them back, without end.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        in_admin = request.path_info.startswith(reverse("wagtailadmin_home"))
        if in_admin and request.user.is_authenticated and not _may_edit(request.user):
            raise Http404
        return get_response(request)

    return handle


def _may_edit(user: Any) -> bool:
    return bool(user.is_staff and user.has_perm("wagtailadmin.access_admin"))

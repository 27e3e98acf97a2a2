"""The editors' admin is for staff: a permission alone does not open it."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

Handler = Callable[[HttpRequest], HttpResponse]


def admin_for_staff(get_response: Handler) -> Handler:
    """Members see no admin at all, whatever groups they are in; visitors are sent to sign in by Wagtail."""

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def refuse(request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        in_admin = request.path_info.startswith(reverse("wagtailadmin_home"))
        if in_admin and request.user.is_authenticated and not request.user.is_staff:
            raise Http404

    handle.process_view = refuse  # type: ignore[attr-defined]
    return handle

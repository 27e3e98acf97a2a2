"""The editors' admin is for staff: a permission alone does not open it."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

Handler = Callable[[HttpRequest], HttpResponse]


def admin_for_staff(get_response: Handler) -> Handler:
    """Members see no admin at all, whatever groups they are in; visitors are sent to sign in by Wagtail."""

    def handle(request: HttpRequest) -> HttpResponse:
        in_admin = request.path_info.startswith(reverse("wagtailadmin_home"))
        if in_admin and request.user.is_authenticated and not request.user.is_staff:
            raise Http404
        return get_response(request)

    return handle

"""Two content security policies: the strict one of settings for the site, a wider one for the editors' admin.

Wagtail's admin needs inline script and style (wagtail/wagtail issue 1288) and shows previews in frames; members'
words are shown nowhere in it.
"""

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

ADMIN_DIRECTIVES: dict[str, Any] = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


class ContentSecurity(CSPMiddleware):  # type: ignore[misc]
    """Chooses the policy by the address."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(reverse("wagtailadmin_home")) and not report_only:
            bucket = [settings.S3.origin] if settings.S3 else []
            pictures = {"img-src": [*ADMIN_DIRECTIVES["img-src"], *bucket]}
            parts.replace = {**ADMIN_DIRECTIVES, **pictures, **(parts.replace or {})}
        return parts

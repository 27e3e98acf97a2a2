"""What every page may need, as lazy as can be."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    return {"DEMO": settings.COLLEGIUM_DEMO, "SITE_URL": settings.SITE_URL, "viewer": getattr(request, "viewer", None)}

"""Pictures of pages, for installs without a proxy. In the full install the proxy answers this address itself.

Only `images/` is served: whatever else is in the media directory has a view with its own rule of who may see it.
"""

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
@cache_control(public=True, max_age=60 * 60 * 24 * 30)
def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below `media/images/`; names change with content, so browsers may keep it for a month."""
    try:
        return serve(request, path, document_root=str(settings.MEDIA_ROOT / "images"))
    except SuspiciousFileOperation:
        raise Http404 from None

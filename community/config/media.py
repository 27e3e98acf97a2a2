"""Pictures of pages, each for whoever may read what it belongs to (community.knowledge.file_rights).

Only `images/` is served: whatever else is in the media directory has a view with its own rule of who may see it.
Behind our proxy the answer names the file and the proxy sends it (deploy/Caddyfile). From a bucket the storage sends
it, under an address that holds for some minutes.
"""

from mimetypes import guess_type

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe
from django.views.static import serve

from community.core import buckets
from community.core.audiences import Viewer
from community.knowledge.file_rights import may_see_picture, picture_at
from community.knowledge.models import Picture

FOR_ALL = f"public, max-age={60 * 60 * 24 * 30}"
FOR_SOME = "private, max-age=600"
#: The proxy sets this where it sends files itself, once we have said who may see them.
BY_PROXY = "X-Files-By-Proxy"


@require_safe
def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below `media/images/`. Names change with content, so what is for everybody may be kept for a month."""
    picture = picture_at(path)
    if picture is None:
        raise Http404
    kept = _how_long(request, picture)
    if buckets.bucket() is not None:
        address = buckets.address_of(f"images/{path}", method=str(request.method))
        return HttpResponseRedirect(address, headers={"Cache-Control": buckets.REDIRECT_KEPT})
    if settings.TRUSTED_PROXIES and request.headers.get(BY_PROXY) == "1":
        headers = {"X-Accel-Redirect": f"/{path}", "Cache-Control": kept}
        return HttpResponse(content_type=guess_type(path)[0] or "application/octet-stream", headers=headers)
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT / "images"))
    except SuspiciousFileOperation:
        raise Http404 from None
    response["Cache-Control"] = kept
    return response


def _how_long(request: HttpRequest, picture: Picture) -> str:
    """How it may be kept; raises 404 for whom it is not for. Who looks is asked only where it matters."""
    if may_see_picture(Viewer.anonymous(), picture):
        return FOR_ALL
    if may_see_picture(request.viewer, picture):  # type: ignore[attr-defined]
        return FOR_SOME
    raise Http404

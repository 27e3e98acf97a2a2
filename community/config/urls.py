"""Every address of the site. Wagtail's pages answer what nothing else does."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from community.config import health, media
from community.config.api import api

handler400 = "community.core.views.bad_request"
handler403 = "community.core.views.forbidden"
handler404 = "community.core.views.not_found"
handler500 = "community.core.views.server_error"

urlpatterns = [
    path("healthz", health.process, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("media/images/<path:path>", media.image, name="media-image"),
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("accounts/", include("allauth.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", api.urls),
    path("forums/", include("forums.urls")),
    path("webinars/", include("webinars.urls")),
    path("", include("search.urls")),
    path("", include("community.core.urls")),
    path("", include("community.members.urls")),
    path("", include("community.credentials.urls")),
    path("", include("community.casefree.urls")),
    path("", include("community.notifications.urls")),
    path("", include("community.moderation.urls")),
    path("", include("community.knowledge.urls")),
]
if settings.COLLEGIUM_DEMO:
    urlpatterns += [path("demo/", include("demo.urls"))]
urlpatterns += [path("", include(wagtail_urls))]

"""Addresses under which public pages are shared."""

from django.urls import path, re_path
from django.views.decorators.http import require_safe

from community.core.languages import same_for_all
from community.knowledge.views import sharing

urlpatterns = [
    re_path(r"^share/card/(?P<place>[\w/-]+)\.(?P<form>png|svg)$", sharing.page_card, name="page-picture"),
    path("share/embed/<path:place>/", sharing.page_embed, name="page-embed"),
    path("oembed/", sharing.oembed, name="oembed"),
    path("feeds/<slug:shelf>.atom", same_for_all(require_safe(sharing.PageFeed())), name="page-feed"),
    path("sitemap.xml", sharing.site_map, name="sitemap"),
]

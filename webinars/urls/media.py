"""Addresses under /webinars/: see the views of the same name."""

from django.urls import URLPattern, path

from webinars.views import media as views

urlpatterns: list[URLPattern] = [
    path("media/<slug:token>/<path:key>", views.media_file, name="media-file"),
    path("<slug:slug>/live.m3u8", views.master_playlist, name="media-master"),
    path("<slug:slug>/video/<slug:rendition>.m3u8", views.media_playlist, name="media-playlist"),
]

"""Addresses under /webinars/: see the views of the same name."""

from django.urls import URLPattern, path

from webinars.views import captions, streaming, uploads
from webinars.views import media as views

urlpatterns: list[URLPattern] = [
    path("media/ingest-auth/", streaming.ingest_auth, name="ingest-auth"),
    path("media/watch-auth/", streaming.watch_auth, name="watch-auth"),
    path("media/<slug:token>/<path:key>", views.media_file, name="media-file"),
    path("<slug:slug>/live.m3u8", views.master_playlist, name="media-master"),
    path("<slug:slug>/video/ticket/", streaming.stream_ticket, name="stream-ticket"),
    path("<slug:slug>/video/<slug:rendition>.m3u8", views.media_playlist, name="media-playlist"),
    path("<slug:slug>/captions/<slug:language>.vtt", captions.captions_track, name="captions"),
    path("<slug:slug>/captions/<slug:language>.txt", captions.transcript_file, name="transcript"),
    path("<slug:slug>/uploads/", uploads.upload_begin, name="upload-begin"),
    path("<slug:slug>/uploads/<slug:upload>/", uploads.upload_state, name="upload-state"),
    path("<slug:slug>/uploads/<slug:upload>/<int:number>/", uploads.upload_part, name="upload-part"),
    path("<slug:slug>/uploads/<slug:upload>/finish/", uploads.upload_finish, name="upload-finish"),
    path("<slug:slug>/uploads/<slug:upload>/cancel/", uploads.upload_cancel, name="upload-cancel"),
]

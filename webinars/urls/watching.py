"""Addresses under /webinars/: going live, watching recordings, bringing one in. See the views of these names."""

from django.urls import URLPattern, path

from webinars.views import golive, streaming, video_pages, watching

urlpatterns: list[URLPattern] = [
    path("recordings/", watching.recording_list, name="recording-list"),
    path("<slug:slug>/golive/", golive.golive_page, name="webinar-golive"),
    path("<slug:slug>/golive/probe/", golive.golive_probe, name="webinar-golive-probe"),
    path("<slug:slug>/golive/key/", streaming.stream_key_make, name="stream-key-make"),
    path("<slug:slug>/golive/key/revoke/", streaming.stream_key_revoke, name="stream-key-revoke"),
    path("<slug:slug>/golive/stream/", streaming.stream_state, name="stream-state"),
    path("<slug:slug>/upload/", video_pages.upload_page, name="webinar-upload"),
    path("<slug:slug>/progress/", watching.progress_keep, name="webinar-progress"),
]

"""Addresses under /webinars/. Words that stand before `<slug>` are reserved in models.webinars."""

from webinars.urls import attending, media, planning, rooms

urlpatterns = [*planning.urlpatterns, *attending.urlpatterns, *media.urlpatterns, *rooms.urlpatterns]

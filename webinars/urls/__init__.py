"""Addresses under /webinars/. Words that stand before `<slug>` are reserved in models.webinars."""

from webinars.urls import attending, media, planning, room_pages, rooms, slides, watching

urlpatterns = [
    *planning.urlpatterns,
    *watching.urlpatterns,
    *attending.urlpatterns,
    *media.urlpatterns,
    *rooms.urlpatterns,
    *room_pages.urlpatterns,
    *slides.urlpatterns,
]

"""Addresses under /webinars/. Words that stand before `<slug>` are reserved in models.webinars."""

from webinars.urls import attending, media, planning, rooms, slides, watching

urlpatterns = [
    *planning.urlpatterns,
    *watching.urlpatterns,
    *attending.urlpatterns,
    *media.urlpatterns,
    *rooms.urlpatterns,
    *slides.urlpatterns,
]

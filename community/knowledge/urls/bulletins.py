"""Addresses of the bulletins' desk and of what readers do. The bulletins themselves are Wagtail's at /bulletins/."""

from django.urls import path

from community.knowledge.views import bulletins

urlpatterns = [
    path("bulletins/desk/", bulletins.bulletin_desk, name="bulletin-desk"),
    path("bulletins/desk/new/", bulletins.bulletin_create, name="bulletin-create"),
    path("bulletins/desk/<slug:slug>/", bulletins.bulletin_edit, name="bulletin-edit"),
    path("bulletins/desk/<slug:slug>/release/", bulletins.bulletin_release, name="bulletin-release"),
    path("bulletins/<slug:slug>/confirm/", bulletins.bulletin_confirm, name="bulletin-confirm"),
    path("bulletins/<slug:slug>/state/", bulletins.bulletin_state, name="bulletin-state"),
    path("bulletins/<slug:slug>/v<int:number>/", bulletins.bulletin_version, name="bulletin-version"),
]

"""Addresses of slides under /webinars/: see the views of the same name."""

from django.urls import URLPattern, path

from webinars.views import slides as views

urlpatterns: list[URLPattern] = [
    path("slides/<slug:token>/<slug:deck>/<int:page>-<slug:size>.webp", views.slide_picture, name="slide-picture"),
    path("<slug:slug>/slides/", views.deck_list, name="deck-list"),
    path("<slug:slug>/slides/<slug:deck>/", views.deck_data, name="deck-data"),
    path("<slug:slug>/slides/<slug:deck>/act/", views.deck_act, name="deck-act"),
]

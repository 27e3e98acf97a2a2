"""Addresses of the crew's pages beside the room, under /webinars/<slug>/."""

from django.urls import URLPattern, path

from webinars.views import desk_pages as views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/present/", views.presenter_view, name="room-presenter"),
    path("<slug:slug>/desk/", views.desk_page, name="room-desk-page"),
]

"""Addresses of the room under /webinars/<slug>/: see the views of the same name."""

from django.urls import URLPattern, path

from webinars.views import rooms

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/room/events/", rooms.room_events, name="room-events"),
    path("<slug:slug>/room/commands/", rooms.room_commands, name="room-commands"),
    path("<slug:slug>/room/state/", rooms.room_state, name="room-state"),
]

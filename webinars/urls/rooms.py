"""Addresses of the room under /webinars/<slug>/: see the views of the same name."""

from django.urls import URLPattern, path

from webinars.views import rooms

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/room/events/", rooms.room_events, name="room-events"),
    path("<slug:slug>/room/commands/", rooms.room_commands, name="room-commands"),
    path("<slug:slug>/room/state/", rooms.room_state, name="room-state"),
    path("<slug:slug>/room/lines/", rooms.room_lines, name="room-lines"),
    path("<slug:slug>/room/questions/", rooms.room_questions, name="room-questions"),
    path("<slug:slug>/room/desk/", rooms.room_desk, name="room-desk"),
    path("<slug:slug>/room/held/", rooms.room_held, name="room-held"),
    path("<slug:slug>/room/asker/", rooms.room_asker, name="room-asker"),
    path("<slug:slug>/room/follow-up/<int:seq>/", rooms.room_follow_up, name="room-follow-up"),
]

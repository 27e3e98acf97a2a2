"""Addresses of the guard: the composer's question, and the moderators' figures."""

from django.urls import path

from community.casefree import views

urlpatterns = [
    path("casefree/screen/", views.screen_words, name="screen-words"),
    path("review/guard/", views.guard_figures, name="guard-figures"),
]

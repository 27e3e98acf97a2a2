"""Addresses of the guard: one, for the composer."""

from django.urls import path

from community.casefree import views

urlpatterns = [path("casefree/screen/", views.screen_words, name="screen-words")]

"""Addresses of knowledge."""

from community.knowledge.urls import writeups

urlpatterns = [*writeups.urlpatterns]

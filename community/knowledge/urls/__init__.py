"""Addresses of knowledge."""

from community.knowledge.urls import bulletins, myths, sharing, writeups

urlpatterns = [*writeups.urlpatterns, *myths.urlpatterns, *bulletins.urlpatterns, *sharing.urlpatterns]

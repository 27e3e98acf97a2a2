"""Addresses of knowledge."""

urlpatterns: list[object] = []

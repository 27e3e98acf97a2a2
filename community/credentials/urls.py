"""Addresses of credentials."""

urlpatterns: list[object] = []

"""Addresses of the demo."""

urlpatterns: list[object] = []

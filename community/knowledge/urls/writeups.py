"""Addresses of write-ups below /practices/. The list and the pages themselves are Wagtail's."""

urlpatterns: list[object] = []

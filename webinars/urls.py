"""Addresses under /webinars/. Words that stand before `<slug>` are reserved in models.webinars."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

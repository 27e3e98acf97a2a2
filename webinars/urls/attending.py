"""Addresses under /webinars/: see the views of the same name."""

from django.urls import URLPattern, path

from webinars.views import attending as views

urlpatterns: list[URLPattern] = [
    path("", views.webinar_list, name="webinar-list"),
    path("<slug:slug>/", views.webinar_detail, name="webinar-detail"),
]

"""Addresses of regions and specialties."""

from django.urls import path

from community.knowledge.views import landings

urlpatterns = [
    path("regions/", landings.region_list, name="region-list"),
    path("regions/<slug:slug>/", landings.region_detail, name="region-detail"),
    path("specialties/", landings.specialty_list, name="specialty-list"),
    path("specialties/<slug:slug>/", landings.specialty_detail, name="specialty-detail"),
]

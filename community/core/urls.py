"""Addresses of the kernel: the page that shows the design system."""

from django.urls import path

from community.core.styleguide import styleguide

urlpatterns = [path("styleguide/", styleguide, name="styleguide")]

"""The demo stands beside config, on top of every other package; it is never imported by them."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
    label = "demo"
    verbose_name = "Demo"

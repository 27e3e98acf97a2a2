"""Starts the kernel: finds each package's verbs, subscribers and tasks."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "community.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        autodiscover_modules("checks", "verbs", "subscribers", "tasks")

"""The app of knowledge: gives the shared frame its navigation and banners, and the home page its own parts."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "community.knowledge"
    label = "knowledge"
    verbose_name = "Knowledge"

    def ready(self) -> None:
        from community.knowledge import frame, panels  # models are ready only now

        frame.register()
        panels.register()

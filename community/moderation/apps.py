"""Puts sanctions over the right to post, and registers the queue on the hub and what notices show."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "community.moderation"
    label = "moderation"
    verbose_name = "Moderation"

    def ready(self) -> None:
        from community.credentials.policies import add_ceiling  # models are ready only now
        from community.moderation import policies, targets

        add_ceiling(policies.may_speak)
        targets.register()

"""Puts sanctions over the right to post, and registers the queue on the hub and what notices show."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "community.moderation"
    label = "moderation"
    verbose_name = "Moderation"

    def ready(self) -> None:
        from community.core.ui import register_count  # models are ready only now
        from community.credentials.policies import add_ceiling
        from community.members.panels import register_export
        from community.moderation import policies, profiles, queries, targets
        from community.moderation.registry import waiting_for

        register_export("moderation", queries.own_data)
        add_ceiling(policies.may_speak)
        register_count("review", lambda viewer: waiting_for(viewer.member))
        targets.register()
        profiles.register()

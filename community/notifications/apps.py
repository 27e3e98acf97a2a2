"""Puts notifications behind the kernel's seam `core.notices.tell` and opens the live topic of the bell."""

from django.apps import AppConfig

from community.core import notices


class NotificationsConfig(AppConfig):
    name = "community.notifications"
    label = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from community.live.registry import register_topic  # models are ready only now
        from community.notifications import operations, topic

        notices.install(operations.notify)
        register_topic("member", topic.resolve)

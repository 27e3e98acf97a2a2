"""Puts notifications behind the kernel's seam `core.notices.tell`, and the bell on every page."""

from django.apps import AppConfig

from community.core import notices


class NotificationsConfig(AppConfig):
    name = "community.notifications"
    label = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from community.core.ui import register_count  # models are ready only now
        from community.live.registry import register_topic
        from community.members.panels import register_export
        from community.notifications import lower, operations, queries, subscribers, topic

        notices.install(operations.notify)
        lower.register()
        subscribers.register()
        register_export("notifications", queries.own_data)
        register_count("notifications", queries.count_for)
        register_topic("member", topic.resolve)

"""The app of live topics."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "community.live"
    label = "live"
    verbose_name = "Live"

    def ready(self) -> None:
        from community.live import queries  # models are ready only now
        from community.live.registry import register_own_log

        register_own_log(queries)

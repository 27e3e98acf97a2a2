"""Registers what webinars tell the kernel: live rooms, what can be reviewed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from community.live.registry import register_topic
from community.live.streams import register_source


class WebinarsConfig(AppConfig):
    name = "webinars"
    label = "webinars"
    verbose_name = _("Webinars")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from webinars import (
            commands,
            desks,
            joining,
            noticing,
            panels,
            reviewing,
            roomlog,
            tallying,
        )  # models are ready
        from webinars.media.ingest import stream_for

        register_topic("room", joining.resolve, log=roomlog, still_in=joining.still_in, describe=joining.describe)
        register_topic("desk", desks.resolve)
        commands.register()
        reviewing.register()
        noticing.register()
        panels.register()
        tallying.register()
        register_source(stream_for)

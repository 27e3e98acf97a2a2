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
        from community.core.backups import Keeper, register_keeper
        from community.members.panels import register_export
        from webinars import (
            attended,
            commands,
            desks,
            file_rights,
            joining,
            landings,
            noticing,
            panels,
            rescreening,
            reviewing,
            roomlog,
            stopping_places,
            tallying,
        )  # models are ready
        from webinars.media import converting  # noqa: F401 - what must be decoded is converted where it arrives
        from webinars.media.ingest import stream_for
        from webinars.operations.attending import note_stays
        from webinars.operations.forgetting import begin_afresh, own_words

        register_topic(
            "room",
            joining.resolve,
            log=roomlog,
            still_in=joining.still_in,
            resolve_many=joining.resolve_many,
            describe=joining.describe,
            attend=note_stays,
        )
        register_topic("desk", desks.resolve)
        commands.register()
        reviewing.register()
        rescreening.register()
        noticing.register()
        panels.register()
        landings.register()
        file_rights.register()
        tallying.register()
        register_export("rooms", own_words)
        register_export("attendance", attended.own_attendance)
        register_export("recordings", stopping_places.own_places)
        register_source(stream_for)
        register_keeper("rooms", Keeper(after=lambda *_: begin_afresh()))

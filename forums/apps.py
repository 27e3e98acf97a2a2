"""Registers what the forums tell the kernel and the desk: tokens of groups, live threads, posts to review."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from community.core.audiences import TokenSource, register_names, register_tokens
from community.live.registry import register_topic


class ForumsConfig(AppConfig):
    name = "forums"
    label = "forums"
    verbose_name = _("Forums")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from forums import commands, groups, landings, panels, rescreening, reviewing  # models are ready only now

        register_tokens(TokenSource("space", groups.tokens_for, groups.members_for))
        register_names("space", groups.name_of)
        register_topic("thread", commands.resolve)
        reviewing.register()
        panels.register()
        landings.register()
        rescreening.register()

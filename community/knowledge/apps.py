"""The app of knowledge: gives the shared frame its navigation and banners, and the home page its own parts."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "community.knowledge"
    label = "knowledge"
    verbose_name = "Knowledge"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from community.knowledge import (  # models are ready only now
            admin_log,
            editorial,
            frame,
            languages,
            moderating,
            panels,
            peer_reviewing,
            rescreening,
            strands,
        )
        from community.knowledge.models import WriteUpPage
        from community.knowledge.operations.writeups import keep_published
        from community.knowledge.own_writing import own_writing
        from community.knowledge.practice.joining import install_context, install_language
        from community.knowledge.views import writeups
        from community.members.panels import register_export

        frame.register()
        panels.register()
        moderating.register()
        editorial.register()
        rescreening.register()
        peer_reviewing.register()
        strands.register()
        languages.register()
        admin_log.register()
        install_context("knowledge.writeupindexpage", writeups.list_context)
        install_context("knowledge.writeuppage", writeups.page_context)
        install_language(languages.first_for)
        register_export("write_ups", own_writing)
        page_published.connect(keep_published, sender=WriteUpPage)
        _register_myths_and_bulletins()


def _register_myths_and_bulletins() -> None:
    """The duty roster's token, live topics, notices, and what follows events of theirs."""
    from community.knowledge import announcing, bulletins, roster, rumours  # noqa: F401 - `announcing` subscribes

    roster.register()
    bulletins.register()
    rumours.register()

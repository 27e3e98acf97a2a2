"""The app of search: its documents and its triggers."""

from io import StringIO

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from community.core.backups import Keeper, register_keeper
        from community.moderation.registry import Tab, register_tab
        from search import alerts, boards, documents, rescreening, similar, triggers  # models are ready only now
        from search.policies import may_tend_words

        documents.register()
        similar.register()
        alerts.register()
        rescreening.register()
        register_keeper("search", Keeper(after=lambda *_: call_command("reindex", stdout=StringIO())))
        register_tab(Tab("words", _("Search"), "search-words", may_tend_words, boards.waiting_for))
        pre_migrate.connect(triggers.before_migrate, sender=self, dispatch_uid="search.triggers")
        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="search.triggers")

"""Puts the guard in the kernel's screening seam."""

from django.apps import AppConfig
from django.conf import settings

from community.casefree.ner import beyond_the_rules
from community.casefree.screening import answer, install_second_reader
from community.core.screening import install_screener


class CasefreeConfig(AppConfig):
    name = "community.casefree"
    label = "casefree"
    verbose_name = "Case-free guard"

    def ready(self) -> None:
        # Models are ready only now.
        from community.casefree.ledger import screen_with_memory

        install_screener(answer, remembering=screen_with_memory)
        install_second_reader(beyond_the_rules if settings.CASEFREE_NER else None)

"""Puts the guard in the kernel's screening seam."""

from django.apps import AppConfig

from community.casefree.screening import answer
from community.core.screening import install_screener


class CasefreeConfig(AppConfig):
    name = "community.casefree"
    label = "casefree"
    verbose_name = "Case-free guard"

    def ready(self) -> None:
        # Models are ready only now.
        from community.casefree.ledger import screen_with_memory

        install_screener(answer, remembering=screen_with_memory)

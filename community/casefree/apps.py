"""Puts the guard in the kernel's screening seam."""

from django.apps import AppConfig

from community.casefree.screening import answer
from community.core.screening import install_screener


class CasefreeConfig(AppConfig):
    name = "community.casefree"
    label = "casefree"
    verbose_name = "Case-free guard"

    def ready(self) -> None:
        install_screener(answer)

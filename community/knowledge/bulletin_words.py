"""The words of a bulletin as plain JSON, and as a page shows them: names for codes, moments for texts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.members.models import Country, Profession, WhoRegion


class Severity(models.TextChoices):
    """How urgent it is; warnings and critical bulletins stand as a banner above every page."""

    INFO = "info", _("For information")
    WARNING = "warning", _("Warning")
    CRITICAL = "critical", _("Critical")

    @property
    def tone(self) -> str:
        return {"info": "plain", "warning": "caution", "critical": "bad"}[self.value]


class Role(models.TextChoices):
    """Whom a step is for."""

    EVERYBODY = "everybody", _("Everybody")
    PHYSICIANS = "physicians", _("Physicians")
    NURSES = "nurses", _("Nurses and midwives")
    PHARMACISTS = "pharmacists", _("Pharmacists")
    LABORATORY = "laboratory", _("Laboratory")
    COMMUNITY = "community", _("Community health workers")
    EMERGENCY = "emergency", _("Ambulance and emergency")
    MANAGERS = "managers", _("Managers and infection control")


MOMENTS = ("known_since", "next_update_at", "expires_at")


def shown_words(words: Mapping[str, Any]) -> dict[str, Any]:
    """What a template needs: `words` with names beside codes and datetimes for ISO texts."""
    severity = Severity(words["severity"])
    moments = {name: datetime.fromisoformat(words[name]) for name in MOMENTS if words.get(name)}
    steps = [{**step, "label": Role(step["role"]).label} for step in words["steps"] if step["do"] or step["dont"]]
    return {
        **words,
        **moments,
        "steps": steps,
        "severity_label": severity.label,
        "tone": severity.tone,
        "region_names": _regions(words),
        "profession_names": _professions(words["professions"]),
    }


def _regions(words: Mapping[str, Any]) -> list[str]:
    regions = [str(WhoRegion(code).label) for code in words["who_regions"]]
    if words["countries"]:
        regions += Country.objects.filter(code__in=words["countries"]).names().values()
    return regions


def _professions(codes: list[str]) -> list[str]:
    return list(Profession.objects.filter(code__in=codes).names().values()) if codes else []

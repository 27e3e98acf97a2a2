"""Long lists of choices, grouped so that they can be found in without JavaScript."""

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from community.members.identifiers import languages, subdivisions, time_zones
from community.members.models import Profession, Specialty

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]


def grouped_professions() -> Grouped:
    return _grouped((profession.group, (profession.code, profession.name)) for profession in Profession.objects.all())


def grouped_specialties() -> Grouped:
    """Specialties under the group of the first profession that practises them."""
    groups = dict(Profession.objects.values_list("code", "group"))
    rows = [(groups.get(found.isco.split(" ")[0], ""), (found.slug, found.name)) for found in Specialty.objects.all()]
    return _grouped(rows)


def language_choices() -> Choices:
    return list(languages().items())


def region_choices(country: str) -> Choices:
    """The regions of one country, the empty choice first."""
    return [("", _("No region")), *subdivisions(country).items()]


def zone_choices() -> Grouped:
    return _grouped((name.partition("/")[0], (name, name.replace("_", " "))) for name in time_zones())


def _grouped(rows: Any) -> Grouped:
    ordered = sorted(rows, key=lambda row: (row[0], row[1][1]))
    return [(group, [choice for _group, choice in found]) for group, found in groupby(ordered, key=lambda row: row[0])]

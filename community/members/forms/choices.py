"""Long lists of choices, grouped so that they can be found in without JavaScript."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _

from community.core.languages import letters, spoken
from community.members.identifiers import languages, subdivisions, time_zones
from community.members.models import Profession, Specialty

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]


class ByName(ModelChoiceIterator):  # type: ignore[type-arg]
    """Choices in the order of their names as the reader's language spells them, the empty choice first."""

    def __iter__(self) -> Iterator[Any]:
        rows = super().__iter__()
        if self.field.empty_label is not None:
            yield next(rows)  # Before anything is asked of the database: widgets look at the first choice by itself.
        yield from sorted(rows, key=lambda row: letters(str(row[1])))


class NamedField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of reference data, such as a country."""

    iterator = ByName


def grouped_professions() -> Grouped:
    return _grouped((spoken(each.group), (each.code, str(each))) for each in Profession.objects.all())


def grouped_specialties(by: str = "slug") -> Grouped:
    """Specialties under the group of the first profession that practises them; `by` is the field that is chosen by."""
    groups = dict(Profession.objects.values_list("code", "group"))
    found = [(groups.get(each.isco.split(" ")[0], ""), each) for each in Specialty.objects.all()]
    return _grouped((spoken(group), (str(getattr(each, by)), str(each))) for group, each in found)


def language_choices() -> Choices:
    return list(languages().items())


def region_choices(country: str) -> Choices:
    """The regions of one country, the empty choice first."""
    return [("", _("No region")), *subdivisions(country).items()]


def zone_choices() -> Grouped:
    return _grouped((name.partition("/")[0], (name, name.replace("_", " "))) for name in time_zones())


def _grouped(rows: Any) -> Grouped:
    ordered = sorted(rows, key=lambda row: (letters(row[0]), letters(row[1][1])))
    return [(group, [choice for _group, choice in found]) for group, found in groupby(ordered, key=lambda row: row[0])]

"""Puts values of the form into a draft, and says which of them cannot stand there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from taggit.models import Tag

from community.core.audiences import MEMBERS, PUBLIC, VERIFIED
from community.knowledge.practice.blocks import PARTS
from community.knowledge.practice.facets import FacilityLevel, IncomeLevel, Locality, PopulationBand, StaffMix
from community.knowledge.practice.figures import all_small_cells, is_figure
from community.knowledge.practice.sections import part_of, rows_of, set_parts
from community.members.models import Country, Specialty

LIMITS = {"title": 160, "result": 240, "problem": 4000, "place": 160}
#: Characters in one part of the body, all its rows together.
LONGEST_PART = 20_000
MOST_ROWS = 40
MOST_TAGS, LONGEST_TAG = 8, 40
MOST_SPECIALTIES = 6
CHOICES: Mapping[str, Any] = {
    "income_level": IncomeLevel,
    "locality": Locality,
    "facility_level": FacilityLevel,
    "staff_mix": StaffMix,
    "population_band": PopulationBand,
}
AUDIENCES = frozenset({PUBLIC, MEMBERS, VERIFIED})
LENT_BY_PARENT = ("core", "adaptable")


def wrong_in(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Field → sentences, for what cannot be kept in a draft. Emptiness is no error here."""
    errors: dict[str, list[str]] = {}
    for name, value in values.items():
        sentences = _of_part(name, value) if name in PARTS else _of_field(name, value)
        if sentences:
            errors[name] = sentences
    if not _in_order(values.get("started_on"), values.get("ended_on")):
        errors["ended_on"] = [_("It ends before it starts.")]
    return errors


def put(draft: Any, values: Mapping[str, Any]) -> None:
    """Set fields and parts of a draft; the caller has checked and screened them."""
    for name, value in values.items():
        if name == "country":
            draft.country = Country.objects.filter(code=value).first() if value else None
        elif name == "specialties":
            draft.specialties.set(Specialty.objects.filter(slug__in=value))
        elif name == "tags":
            draft.tags.set([tag_called(word) for word in value])
        elif name not in PARTS:
            setattr(draft, name, value)
    set_parts(draft, {name: value for name, value in values.items() if name in PARTS})


def tag_called(word: str) -> str:
    """The word as it is written already, so that two spellings do not stand beside each other."""
    known = Tag.objects.filter(name__iexact=word).first()
    return known.name if known else word


def inherit(draft: Any, parent: Any) -> None:
    """What an adaptation starts from: the problem, the specialties, the elements to keep and those to change."""
    draft.problem = parent.problem
    draft.specialties = list(parent.specialties.all())
    set_parts(draft, {name: rows_of(part_of(parent, name)) for name in LENT_BY_PARENT})


def _of_field(name: str, value: Any) -> list[str]:
    if name == "title" and not str(value or "").strip():
        return [_("A write-up needs a title.")]
    if name in LIMITS and len(value or "") > LIMITS[name]:
        return [_("At most %(limit)d characters.") % {"limit": LIMITS[name]}]
    if name in CHOICES and value and value not in CHOICES[name].values:
        return [_("Choose one from the list.")]
    if name == "audience" and value not in AUDIENCES:
        return [_("Choose who may read this.")]
    if name == "tags" and (len(value) > MOST_TAGS or any(len(word) > LONGEST_TAG for word in value)):
        return [_("At most %(most)d tags, each of at most %(long)d characters.") % {"most": MOST_TAGS, "long": 40}]
    if name == "specialties" and len(value) > MOST_SPECIALTIES:
        return [_("At most %(most)d specialties.") % {"most": MOST_SPECIALTIES}]
    return []


def _of_part(name: str, value: Any) -> list[str]:
    if len(str(value or "")) > LONGEST_PART:
        return [_("This is too long: at most %(limit)d characters.") % {"limit": LONGEST_PART}]
    if isinstance(value, list) and len(value) > MOST_ROWS:
        return [_("At most %(limit)d rows.") % {"limit": MOST_ROWS}]
    return _of_measures(rows_of(value)) if name == "measures" else []


def _of_measures(rows: list[dict[str, Any]]) -> list[str]:
    sentences = [
        f"{row.get('name') or number}: {reason}"
        for number, row in enumerate(rows, start=1)
        for reason in dict.fromkeys(all_small_cells([row]).get(0, {}).values())
    ]
    for row in rows:
        figures = [row.get(arm) or "" for arm in ("before", "after")]
        if any(figure and not is_figure(figure) for figure in figures):
            sentences.append(_("%(name)s: write a number, or <5.") % {"name": row.get("name", "")})
    return sentences


def _in_order(started: date | None, ended: date | None) -> bool:
    return not (started and ended) or started <= ended

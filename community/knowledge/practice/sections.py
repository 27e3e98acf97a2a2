"""The steps in which a write-up is written, and reading and setting what belongs to one of them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from community.knowledge.practice.blocks import PARTS, REPEATED
from community.knowledge.practice.facets import Kind

ALL = frozenset(Kind.values)
TRIED = frozenset({Kind.PRACTICE.value, Kind.ATTEMPT.value})


@dataclass(frozen=True)
class Section:
    """A step: `fields` are columns of the page, `parts` blocks of its body."""

    name: str
    title: str | Promise
    lead: str | Promise
    fields: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    kinds: frozenset[str] = ALL


SECTIONS: tuple[Section, ...] = (
    Section(
        "short",
        _("In short"),
        _("What a colleague reads first: one line, the problem, and five minutes of reading."),
        fields=("title", "result", "problem"),
        parts=("summary", "plain"),
    ),
    Section(
        "setting",
        _("Where"),
        _("The setting decides who can use it. Name the place only if those who work there agree."),
        fields=(
            *("country", "place", "income_level", "locality", "facility_level", "staff_mix", "population_band"),
            *("specialties", "tags", "language", "started_on", "ended_on", "audience"),
        ),
    ),
    Section(
        "done",
        _("What was done"),
        _("The starting point and the steps, and which of them must stay as they are."),
        parts=("baseline", "timeline", "core", "adaptable"),
        kinds=TRIED,
    ),
    Section(
        "checklist",
        _("Steps"),
        _("Each step as it is done, in an order that can be ticked off on paper."),
        parts=("checklist",),
        kinds=frozenset({Kind.SOP.value}),
    ),
    Section(
        "means",
        _("What it took"),
        _("People, money and things, in rough bands: nobody expects accounts."),
        parts=("team", "resources", "cost"),
    ),
    Section(
        "results",
        _("What came of it"),
        _("Numbers where there are some, also bad ones. Counts from 1 to 4 are not shown."),
        parts=("measures", "unintended", "not_worked", "equity"),
    ),
    Section(
        "next",
        _("Keeping it up"),
        _("What keeps it going, and how somebody else would begin."),
        parts=("sustaining", "getting_started"),
        kinds=TRIED,
    ),
    Section(
        "integrity",
        _("Sources and interests"),
        _("What it rests on, who allowed it, and whose interests are involved."),
        parts=("sources", "ethics", "conflicts"),
    ),
)
BY_NAME: Mapping[str, Section] = {section.name: section for section in SECTIONS}


def sections_for(kind: str) -> list[Section]:
    """The steps of a kind, in order."""
    return [section for section in SECTIONS if kind in section.kinds]


def part_of(page: Any, name: str) -> Any:
    """The raw value of a block that stands at most once; None where it is not there."""
    return next((block["value"] for block in page.body.raw_data if block["type"] == name), None)


def rows_of(value: Any) -> list[dict[str, Any]]:
    """The rows of a list as plain dicts, whether they were stored by the admin or by the site."""
    return [dict(row["value"]) if set(row) >= {"type", "value"} else dict(row) for row in value or []]


def set_parts(page: Any, values: Mapping[str, Any]) -> None:
    """Replace the named blocks by raw values; empty ones go away. The order of the stream is kept."""
    kept = [dict(block) for block in page.body.raw_data if block["type"] not in values]
    fresh = [{"type": name, "value": value} for name, value in values.items() if not is_empty(value)]
    ordered = sorted([*kept, *fresh], key=lambda block: PARTS.index(block["type"]))
    page.body = StreamValue(page.body.stream_block, ordered, is_lazy=True)


def add_part(page: Any, name: str, value: Any) -> None:
    """Add one more of a kind of block that may stand more than once."""
    if name not in REPEATED:
        raise ValueError(f"{name} stands at most once")
    blocks = [*(dict(block) for block in page.body.raw_data), {"type": name, "value": value}]
    ordered = sorted(blocks, key=lambda block: PARTS.index(block["type"]))
    page.body = StreamValue(page.body.stream_block, ordered, is_lazy=True)


def is_empty(value: Any) -> bool:
    """Whether a raw value says nothing."""
    if isinstance(value, Mapping):
        return all(is_empty(each) for each in value.values())
    if isinstance(value, list):
        return all(is_empty(each) for each in value)
    return value in (None, "", False)


def values_of(page: Any, section: Section) -> dict[str, Any]:
    """What stands in a section now: fields as they are kept, blocks raw."""
    fields: dict[str, Any] = {name: _field(page, name) for name in section.fields}
    return {**fields, **{name: part_of(page, name) for name in section.parts}}


def digest_of(page: Any, section: Section) -> str:
    """Changes whenever anything in the section changes, whoever changed it."""
    words = json.dumps(values_of(page, section), sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def words_in(value: Any) -> str:
    """All the words of a raw value, one after the other."""
    return "\n".join(_texts(value))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each.get("value", each) if isinstance(each, Mapping) and "type" in each else each)


def _field(page: Any, name: str) -> Any:
    if name == "specialties":
        return sorted(each.slug for each in page.specialties.all())
    if name == "tags":
        return sorted(each.name for each in page.tags.all())
    if name == "country":
        return page.country.code if page.country else ""
    return getattr(page, name)

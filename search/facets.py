"""Counts beside the results: of what this reader may see among the best candidates, and of nothing else."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.members.models import Country, Specialty, WhoRegion
from forums.models import Space, Tag
from search.engines import Candidate
from search.grammar import Filter, Query
from search.models import Kind

SHOWN = 8


@dataclass(frozen=True)
class Bar:
    """One value of a facet: the filter that asks for it, what it is called, how often it is there."""

    filter: Filter
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str | Promise
    bars: tuple[Bar, ...]


Reader = Callable[[Candidate], Iterable[str]]
READERS: tuple[tuple[str, str | Promise, Reader], ...] = (
    ("kind", _("Kind"), lambda each: [each.kind]),
    ("space", _("Space"), lambda each: [each.space]),
    ("specialty", _("Specialty"), lambda each: each.specialty.split()),
    ("region", _("Region"), lambda each: each.places.split()),
    ("tag", _("Tag"), lambda each: each.tags.split()),
    ("year", _("Year"), lambda each: [str(each.at.year)]),
    ("has", pgettext_lazy("facet", "Answer"), lambda each: ["answer"] if each.answered else []),
)


def facets(candidates: list[Candidate], query: Query) -> list[Facet]:
    """What the results can be narrowed by; a facet with one value that all share says nothing and is left out."""
    found = []
    for name, label, read in READERS:
        counts = Counter(value for candidate in candidates for value in read(candidate) if value)
        on = {each.value for each in query.filters if each.name == name and not each.is_negated}
        if len(counts) < 2 and not on and (name != "has" or not counts):
            continue
        commonest = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
        labels = _labels(name, [value for value, _count in commonest])
        bars = [
            Bar(Filter(name, value), labels[value], count, value in on) for value, count in commonest if value in labels
        ]
        if bars:
            found.append(Facet(name, label, tuple(bars)))
    return found


def _labels(name: str, values: list[str]) -> dict[str, str]:
    """Names for values; what has none is not shown."""
    if name == "kind":
        return {value: str(Kind(value).label) for value in values}
    if name == "space":
        return dict(Space.objects.filter(slug__in=values).values_list("slug", "name"))
    if name == "specialty":
        return Specialty.objects.filter(slug__in=values).names()
    if name == "tag":
        return dict(Tag.objects.filter(slug__in=values).values_list("slug", "name"))
    if name == "region":
        codes = [value.upper() for value in values]
        names = {code: str(label) for code, label in WhoRegion.choices}
        names |= Country.objects.filter(code__in=codes).names()
        return {value: names[value.upper()] for value in values if value.upper() in names}
    return {value: str(_("Has an answer")) if value == "answer" else value for value in values}

"""The list of write-ups: what it is narrowed by, how many there are of each, and one page of lines."""

from dataclasses import dataclass, field, fields
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from community.core.audiences import Viewer
from community.core.languages import spoken
from community.knowledge.models import Authorship, AuthorState, WriteUpPage, WriteUpTag
from community.knowledge.practice.facets import FacilityLevel, IncomeLevel, Kind, Standing
from community.members.models import Country, Specialty, WhoRegion

PAGE = 12
#: More of one facet than fit a list of choices; the most frequent are offered.
MOST_CHOICES = 60


@dataclass(frozen=True)
class Narrowing:
    """What the list is narrowed by; empty means all."""

    kind: str = ""
    region: str = ""
    country: str = ""
    income: str = ""
    facility: str = ""
    specialty: str = ""
    tag: str = ""
    measured: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Narrowing":
        """From an address; words that mean nothing are left out."""
        return cls(**{each.name: query.get(each.name, "").strip()[:80] for each in fields(cls)})

    def conditions(self, *, but: str = "") -> Q:
        found = Q()
        for name, value in vars(self).items():
            if value and name != but:
                found &= Q(**{COLUMNS[name]: value}) if name != "measured" else Q(has_measures=True)
        return found

    @property
    def is_narrow(self) -> bool:
        return any(vars(self).values())


COLUMNS = {
    "kind": "kind",
    "region": "country__who_region",
    "country": "country__code",
    "income": "income_level",
    "facility": "facility_level",
    "specialty": "specialties__slug",
    "tag": "tagged_items__tag__name__iexact",
}


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int


@dataclass
class Line:
    """A write-up in a list."""

    page: WriteUpPage
    authors: list[str] = field(default_factory=list)
    specialties: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def readable(viewer: Viewer) -> "QuerySet[WriteUpPage]":
    """The published write-ups this viewer may read; retired ones are found by address only."""
    return WriteUpPage.objects.visible_to(viewer).exclude(standing=Standing.RETIRED)  # type: ignore[no-any-return]


def narrowed(viewer: Viewer, narrowing: Narrowing) -> "QuerySet[WriteUpPage]":
    rows = readable(viewer).filter(narrowing.conditions())
    return rows.distinct() if narrowing.tag or narrowing.specialty else rows


def lines_of(rows: "QuerySet[WriteUpPage]", *, number: int) -> tuple[list[Line], bool]:
    """One page of lines, the newest first, and whether there are more. Four queries, however many rows."""
    first = (number - 1) * PAGE
    ordered = rows.select_related("country").defer("body").order_by("-first_published_at", "-pk")
    found = list(ordered[first : first + PAGE + 1])
    return with_lines(found[:PAGE]), len(found) > PAGE


def newest_lines(rows: "QuerySet[WriteUpPage]", count: int) -> list[Line]:
    """The newest few of them. Four queries, however many rows."""
    ordered = rows.select_related("country").defer("body").order_by("-first_published_at", "-pk")
    return with_lines(list(ordered[:count]))


def with_lines(pages: list[WriteUpPage]) -> list[Line]:
    """Authors, specialties and tags of all the pages at once."""
    lines = {page.pk: Line(page) for page in pages}
    accepted = Authorship.objects.filter(page__in=lines, state=AuthorState.ACCEPTED).select_related("member")
    for row in accepted.order_by("position", "pk"):
        lines[row.page_id].authors.append(str(row.member))
    for pk, name in Specialty.objects.filter(write_ups__in=lines).values_list("write_ups", "name").order_by("name"):
        lines[pk].specialties.append(spoken(name))
    for tagged in WriteUpTag.objects.filter(content_object__in=lines).select_related("tag").order_by("tag__name"):
        lines[tagged.content_object_id].tags.append(tagged.tag.name)
    return list(lines.values())


def choices_for(viewer: Viewer, narrowing: Narrowing) -> dict[str, list[Choice]]:
    """For each facet its values with how many there are, given everything else the list is narrowed by."""
    labels: dict[str, dict[str, Any]] = {
        "kind": dict(Kind.choices),
        "region": dict(WhoRegion.choices),
        "country": {},
        "income": dict(IncomeLevel.choices),
        "facility": dict(FacilityLevel.choices),
        "specialty": {},
    }
    found = {name: _counts(viewer, narrowing, name) for name in labels}
    labels["country"] = Country.objects.filter(code__in=found["country"]).names()
    labels["specialty"] = Specialty.objects.filter(slug__in=found["specialty"]).names()
    return {
        name: [
            Choice(value, str(label), found[name][value])
            for value, label in labels[name].items()
            if value in found[name]
        ][:MOST_CHOICES]
        for name in labels
    }


def drafts_of(viewer: Viewer) -> "QuerySet[Authorship]":
    """The write-ups one writes or is invited to, those that changed last first."""
    rows = Authorship.objects.filter(member=viewer.member).exclude(state=AuthorState.DECLINED)
    return rows.select_related("page", "invited_by").order_by("-page__latest_revision_created_at", "-pk")


def page_called(slug: str) -> WriteUpPage | None:
    """The write-up at an address, whoever may read it: the caller asks a policy."""
    return WriteUpPage.objects.filter(slug=slug).select_related("country", "owner").first()  # type: ignore[no-any-return]


def _counts(viewer: Viewer, narrowing: Narrowing, name: str) -> dict[str, int]:
    column = COLUMNS[name]
    rows = readable(viewer).filter(narrowing.conditions(but=name)).order_by()
    counted = rows.values_list(column).annotate(n=Count("pk", distinct=True))
    return {value: n for value, n in counted if value}

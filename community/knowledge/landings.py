"""Regions and specialties as places to land on, and the registry of what each of them gathers.

A package that has something of a region or a specialty joins with a `Strand` in `apps.ready()`; the pages know none of
them. What a strand finds and counts is what this viewer may read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.languages import letters
from community.core.ui import Link, Panel
from community.members.models import Specialty, WhoRegion

About = Literal["region", "specialty"]

#: WHO region → the word that stands for it in addresses.
REGION_SLUGS = {
    WhoRegion.AFR: "africa",
    WhoRegion.AMR: "americas",
    WhoRegion.EMR: "eastern-mediterranean",
    WhoRegion.EUR: "europe",
    WhoRegion.SEAR: "south-east-asia",
    WhoRegion.WPR: "western-pacific",
}


@dataclass(frozen=True)
class Landing:
    """A region or a specialty. `key` is the WHO region's code or the specialty's slug."""

    about: About
    key: str
    slug: str
    name: str
    specialty: Specialty | None = None

    @property
    def url(self) -> str:
        return reverse(f"{self.about}-detail", args=[self.slug])


@dataclass(frozen=True)
class Found:
    """What a strand has for one landing: how many in all, and the first few as a part of the page."""

    total: int
    panel: Panel


Find = Callable[[Viewer, Landing], "Found | None"]
Counts = Callable[[Viewer, About], Mapping[str, int]]


@dataclass(frozen=True)
class Strand:
    """One kind of thing. `find` answers None where the kind says nothing about such landings, or to such viewers.

    `counts` gives the totals of all landings of a sort at once, by key; both must agree. `begin` is what to do where
    there is nothing: a label and the name of an address.
    """

    key: str
    label: str | Promise
    find: Find
    counts: Counts
    order: int = 50
    begin: tuple[str | Promise, str] | None = None


@dataclass(frozen=True)
class Gathered:
    """A landing page: what there is, first things first, and the strands that have nothing yet."""

    parts: list[tuple[Strand, Found]]
    empty: list[Strand]


@dataclass(frozen=True)
class Counted:
    """A line of a list of landings."""

    landing: Landing
    counts: list[tuple[str | Promise, int]]

    @property
    def total(self) -> int:
        return sum(number for _label, number in self.counts)


_strands: dict[str, Strand] = {}


def register_strand(strand: Strand) -> None:
    """Add a kind of thing to every landing page."""
    _strands[strand.key] = strand


def strands() -> list[Strand]:
    return sorted(_strands.values(), key=lambda strand: strand.order)


def gathered(viewer: Viewer, landing: Landing) -> Gathered:
    """Everything that strands have for this viewer."""
    asked = [(strand, strand.find(viewer, landing)) for strand in strands()]
    parts = [(strand, found) for strand, found in asked if found is not None and found.total]
    empty = [strand for strand, found in asked if found is not None and not found.total]
    return Gathered(parts, empty)


def counted(viewer: Viewer, landings: list[Landing]) -> list[Counted]:
    """Each landing with how much of what there is for this viewer; kinds of which there is nothing are left out."""
    if not landings:
        return []
    by_strand = [(strand.label, strand.counts(viewer, landings[0].about)) for strand in strands()]
    return [
        Counted(landing, [(label, counts[landing.key]) for label, counts in by_strand if counts.get(landing.key)])
        for landing in landings
    ]


def region_landing(code: str) -> Landing | None:
    """The landing of a WHO region by its code; None for a code that is none."""
    if code not in WhoRegion.values:
        return None
    region = WhoRegion(code)
    return Landing("region", region.value, REGION_SLUGS[region], str(region.label))


def region_called(slug: str) -> Landing | None:
    return next((region_landing(code) for code, word in REGION_SLUGS.items() if word == slug), None)


def regions() -> list[Landing]:
    return [landing for code in WhoRegion.values if (landing := region_landing(code)) is not None]


def specialty_landing(specialty: Specialty) -> Landing:
    return Landing("specialty", specialty.slug, specialty.slug, str(specialty), specialty)


def specialty_called(slug: str) -> Landing | None:
    found = Specialty.objects.filter(slug=slug).first()
    return specialty_landing(found) if found else None


def specialties() -> list[Landing]:
    return sorted(map(specialty_landing, Specialty.objects.all()), key=lambda landing: letters(landing.name))


def links_of(region: str, of_specialties: list[Specialty]) -> list[Link]:
    """The ways to the landings of a region's code and of specialties, for whatever carries them."""
    here = region_landing(region)
    found = [specialty_landing(each) for each in of_specialties]
    return [Link(landing.name, landing.url) for landing in ([here] if here else []) + found]


def ways() -> list[Link]:
    """The two lists."""
    return [Link(_("All regions"), reverse("region-list")), Link(_("All specialties"), reverse("specialty-list"))]

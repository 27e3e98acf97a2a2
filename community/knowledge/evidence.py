"""How well a write-up's effect is supported by practice: level 0–5, computed from measures and adopters' reports.

Pure: rows come in as plain values, and nobody can set a level by hand. Certainty of the literature (GRADE) is another
axis, set by a reviewer, and the two are never averaged.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from community.knowledge.practice.facets import EvidenceLevel as Level

Outcome = Literal["better", "same", "worse", "not_measured"]

#: Designs of a measure that compare with something that ran beside it, or with a long row of points before it.
STRONG_DESIGNS = frozenset({"controlled", "randomised", "time_series"})
#: Designs that compare the same place before and after.
PLAIN_DESIGNS = frozenset({"before_after"})


@dataclass(frozen=True)
class Report:
    """What an adopter said after so many months."""

    month: int
    outcome: Outcome


@dataclass(frozen=True)
class Site:
    """A place where the practice is done, and the places that took it over from there.

    `key` stands for the people there: two sites with the same key are one. `region` is a WHO region or "".
    `keeps_core` says whether its adaptation kept the core elements; for the origin it means nothing.
    """

    key: Hashable
    region: str = ""
    keeps_core: bool = True
    reports: tuple[Report, ...] = ()
    children: tuple["Site", ...] = ()


@dataclass(frozen=True)
class Evidence:
    """The level, and what it rests on: the origin's own level, the other sites that confirm it and their regions."""

    level: Level
    own: Level
    sites: int = 0
    regions: int = 0


def own_level(*, is_done: bool, designs: Iterable[str]) -> Level:
    """What the write-up shows by itself: 0–3.

    `is_done` is false for an idea that nobody has tried. `designs` are those of the measures that have a value before
    and one after: a measure without numbers shows nothing.
    """
    found = set(designs)
    if not is_done:
        return Level.IDEA
    if found & STRONG_DESIGNS:
        return Level.CONTROLLED
    return Level.BEFORE_AFTER if found & PLAIN_DESIGNS else Level.DESCRIBED


def evidence_of(own: Level, origin: Site, *, worked: bool = True) -> Evidence:
    """The level of a write-up from its own measures and from everything that was adapted from it.

    1. A site confirms the write-up when its latest report that measured anything says "better". An effect that was
       there after 3 months and is gone after 12 does not count; "not measured" says nothing either way.
    2. It must have kept the core elements, and so must every adaptation between it and the origin. What the sites in
       between reported does not matter: the practice reached this site whole.
    3. The origin's own people confirm nothing, and two adaptations by the same people are one site.
    4. An effect can be seen *again* only where it was seen before. `worked` says that the origin reports an effect (a
       failed attempt does not); with measures of its own (level 2 or 3) it is the first sighting, and one confirming
       site makes level 4. Otherwise the first confirming site is the first sighting: it makes level 2, the second 4.
    5. Level 5: confirming sites lie in at least two WHO regions (and rule 4 holds). Sites of no region count as sites.
    6. An idea that nobody has tried stays at 0 until a site confirms it; reports never lower a level.
    """
    confirming = {site.key: site for site in _faithful(origin) if site.key != origin.key and _is_better(site)}
    regions = {site.region for site in _faithful(origin) if site.key in confirming and _is_better(site)} - {""}
    sightings = len(confirming) + (worked and own >= Level.BEFORE_AFTER)
    return Evidence(max(own, _level_by(sightings, len(confirming), len(regions))), own, len(confirming), len(regions))


def latest_outcome(reports: Iterable[Report]) -> Outcome:
    """What the latest report that measured anything says; "not_measured" where none did."""
    measured = [report for report in reports if report.outcome != "not_measured"]
    return max(measured, key=lambda report: report.month).outcome if measured else "not_measured"


def _level_by(sightings: int, sites: int, regions: int) -> Level:
    if not sites:
        return Level.IDEA
    if sightings < 2:
        return Level.BEFORE_AFTER
    return Level.REPLICATED_WIDELY if regions > 1 else Level.REPLICATED


def _faithful(origin: Site) -> Iterator[Site]:
    """The sites below that kept the core elements, and are reached only through others that did."""
    waiting = list(origin.children)
    while waiting:
        site = waiting.pop()
        if site.keeps_core:
            yield site
            waiting += site.children


def _is_better(site: Site) -> bool:
    return latest_outcome(site.reports) == "better"

"""What is read of lineage and review: who may see which site, how many face a problem, what waits for reviewers."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.errors import Missing
from community.knowledge.evidence import Report, latest_outcome
from community.knowledge.levels import lineage_rows, root_id
from community.knowledge.lineage import Chart, Leaf, Tree, map_of, rows, tree_of
from community.knowledge.matching import Candidate, Setting
from community.knowledge.models import (
    Adaptation,
    AdopterReport,
    Facing,
    OutcomeHere,
    PeerReview,
    ReportMonth,
    ReviewState,
    Seat,
    WriteUpPage,
)
from community.knowledge.models.lineage import EARLY, MONTH
from community.knowledge.practice.facets import FacilityLevel, Stage, Standing
from community.knowledge.practice.figures import SMALLEST_CELL
from community.members.models import WhoRegion

MOST_CANDIDATES = 2000


# --- Lineage ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SiteRow:
    """A line of the lineage's table: what the picture shows, in words. `adaptation` is None for where it began."""

    number: int
    depth: int
    title: str
    url: str
    place: str
    page: WriteUpPage
    adaptation: Adaptation | None = None
    reports: tuple[AdopterReport, ...] = ()
    from_number: int = 0

    @property
    def depth_class(self) -> int:
        """How far a line is moved in: a table has only so much room."""
        return min(self.depth, 4)

    @property
    def changes(self) -> str:
        """What was changed, in words of the list, and how."""
        if self.adaptation is None:
            return ""
        return ", ".join([*self.adaptation.labels("modified"), *self.adaptation.labels("nature")])


@dataclass(frozen=True)
class Lineage:
    """A lineage as one viewer may see it: tree, map and table of the same sites. `is_whole`: nothing is left out."""

    leaves: tuple[Leaf, ...]
    details: Mapping[Hashable, SiteRow] = field(default_factory=dict)
    is_whole: bool = True

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.leaves)

    @cached_property
    def chart(self) -> Chart:
        return map_of(self.leaves)

    @cached_property
    def rows(self) -> list[SiteRow]:
        return [self.details[leaf.key] for _depth, leaf in rows(self.leaves)]


def lineage_for(viewer: Viewer, page: WriteUpPage) -> Lineage:
    """The lineage that a write-up belongs to. Sites of pages the viewer may not read are left out without a trace.

    What is not published stands there without a title: that somebody does it in a country is no secret.
    """
    adaptations = list(lineage_rows(root_id(page)))
    origin = adaptations[0].root if adaptations else page
    by_child: dict[Hashable, Adaptation] = {each.child_id: each for each in adaptations}
    pages = _pages(origin, adaptations)
    shown = {pk for pk, each in pages.items() if not each.live or each.is_visible_to(viewer)}
    parents = {pk: _nearest(pk, by_child, shown) for pk in shown}
    together = _together(page.pk, parents)
    leaves = [_leaf(pk, parents, by_child, origin) for pk in _in_order(together, origin, adaptations)]
    details: dict[Hashable, SiteRow] = {}
    for number, (depth, leaf) in enumerate(rows(leaves), start=1):
        parent = details.get(leaf.parent)
        details[leaf.key] = _row(number, depth, leaf, by_child.get(leaf.key), origin, parent.number if parent else 0)
    return Lineage(tuple(leaves), details, is_whole=len(leaves) == len(pages))


def adaptation_for(viewer: Viewer, public_id: str) -> Adaptation:
    """An adaptation whose parent the viewer may read. Raises Missing."""
    readable = WriteUpPage.objects.visible_to(viewer).values("pk")
    rows = Adaptation.objects.filter(public_id=public_id, parent__in=readable)
    found = rows.select_related("parent", "child", "country", "by").prefetch_related("reports").first()
    if found is None:
        raise Missing
    return found


def own_adaptations(member: Any) -> "QuerySet[Adaptation]":
    """What a member adapted, the newest first."""
    rows = Adaptation.objects.filter(by=member).select_related("parent", "child", "country")
    return rows.prefetch_related("reports").order_by("-made_at")


def due_reports(today: date) -> Iterator[tuple[Adaptation, int]]:
    """Adaptations of which a report can be made that is neither made nor asked for yet, with its month."""
    latest = today - ReportMonth.THREE * MONTH + EARLY
    waiting = Adaptation.objects.filter(started_on__lte=latest, reminded_month__lt=max(ReportMonth.values))
    for each in waiting.select_related("by").prefetch_related("reports").order_by("pk")[:500]:
        made = {report.month for report in each.reports.all()}
        due = [value for value in ReportMonth.values if each.due_on(value) <= today and value not in made]
        if due and due[-1] > each.reminded_month:
            yield each, due[-1]


# --- Who needs it -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Need:
    """How many face the problem, by region and facility; `is_exact` is false where small cells were left out."""

    total: int
    regions: tuple[tuple[str, int], ...] = ()
    facilities: tuple[tuple[str, int], ...] = ()
    is_exact: bool = True
    mine: bool = False


def need_for(viewer: Viewer, page: WriteUpPage, *, is_author: bool) -> Need:
    """Exact counts for authors. For everybody else cells under 5 are left out, and the total with them."""
    found = list(Facing.objects.filter(page=page).values_list("member", "country__who_region", "facility_level"))
    mine = viewer.member is not None and any(member == viewer.member.pk for member, _region, _level in found)
    regions = Counter(region or "" for _member, region, _level in found)
    facilities = Counter(level for _member, _region, level in found)
    if is_author:
        return Need(len(found), _cells(regions, WhoRegion), _cells(facilities, FacilityLevel), mine=mine)
    is_small = 0 < len(found) < SMALLEST_CELL
    return Need(
        0 if is_small else _in_fives(len(found)),
        _cells(_large(regions), WhoRegion),
        _cells(_large(facilities), FacilityLevel),
        is_exact=not found,
        mine=mine,
    )


# --- Matching ---------------------------------------------------------------------------------------------------


def candidates_for(viewer: Viewer, *, kind: str = "") -> dict[int, tuple[WriteUpPage, Candidate]]:
    """What the viewer may read and is in force, as matching sees it, by page."""
    pages = WriteUpPage.objects.visible_to(viewer).exclude(standing=Standing.RETIRED)
    if kind:
        pages = pages.filter(kind=kind)
    found = pages.select_related("country").prefetch_related("specialties", "tags").order_by("-first_published_at")
    return {page.pk: (page, candidate_of(page)) for page in found[:MOST_CANDIDATES]}


def candidate_of(page: WriteUpPage) -> Candidate:
    summary = next((block["value"] for block in page.body.raw_data if block["type"] == "summary"), "")
    specialties, tags = page.specialties.all(), [tag.name for tag in page.tags.all()]
    names = [*tags, *tags, *(each.name for each in specialties)]
    words = "\n".join([page.title, page.title, page.result, page.problem, page.problem, str(summary), *names])
    return Candidate(page.pk, words, setting_of(page), frozenset(each.slug for each in specialties))


def setting_of(page: WriteUpPage) -> Setting:
    return Setting(
        country=page.country.code if page.country else "",
        subregion=page.m49_region,
        region=page.who_region,
        income_level=page.income_level,
        locality=page.locality,
        facility_level=page.facility_level,
        staff_mix=page.staff_mix,
        population_band=page.population_band,
    )


# --- Reviews ----------------------------------------------------------------------------------------------------


def waiting_pages() -> "QuerySet[WriteUpPage]":
    """What is in review, the longest first."""
    pages: QuerySet[WriteUpPage] = WriteUpPage.objects.filter(stage=Stage.IN_REVIEW)
    return pages.select_related("country").order_by("latest_revision_created_at")


def taken_seats(pages: Iterable[WriteUpPage]) -> dict[int, dict[str, PeerReview]]:
    """Page → seat → who sits there in the newest round that anybody sat in."""
    found: dict[int, dict[str, PeerReview]] = {}
    reviews = PeerReview.objects.filter(page__in=list(pages), state__in=PeerReview.TAKEN).select_related("reviewer")
    newest: dict[int, int] = {}
    for review in reviews.order_by("round"):
        if review.round > newest.get(review.page_id, 0):
            newest[review.page_id], found[review.page_id] = review.round, {}
        found[review.page_id][review.seat] = review
    over = [pk for pk, seats in found.items() if {each.state for each in seats.values()} == {ReviewState.DONE}]
    return {pk: seats for pk, seats in found.items() if pk not in over or len(seats) < len(Seat)}


def review_for(viewer: Viewer, public_id: str) -> PeerReview:
    """One's own review. Raises Missing for anybody else's."""
    rows = PeerReview.objects.filter(public_id=public_id, reviewer=viewer.member)
    found = rows.exclude(state=ReviewState.CLOSED).select_related("page__country", "reviewer").first()
    if found is None:
        raise Missing
    return found


def review_of_seat(viewer: Viewer, public_id: str) -> PeerReview:
    """The review whose seat this viewer may free: one's own, for editors any. Raises Missing for others."""
    rows = PeerReview.objects.filter(public_id=public_id)
    mine = rows if viewer.has("editors") else rows.filter(reviewer=viewer.member)
    found = mine.select_related("page").first()
    if found is None:
        raise Missing
    return found


def reviews_of(page: WriteUpPage) -> "QuerySet[PeerReview]":
    """The finished reviews of a write-up with their remarks, the newest round first."""
    rows = PeerReview.objects.filter(page=page, state=ReviewState.DONE)
    return rows.select_related("reviewer").prefetch_related("remarks").order_by("-round", "seat")


def own_reviews(member: Any) -> "QuerySet[PeerReview]":
    """Where a member is invited, reads, or has read; open ones first."""
    rows = PeerReview.objects.filter(reviewer=member).exclude(state__in=[ReviewState.DECLINED, ReviewState.CLOSED])
    return rows.select_related("page__country").order_by("decided_at", "-began_at")


# --- Inside -----------------------------------------------------------------------------------------------------


def _pages(origin: WriteUpPage, adaptations: Iterable[Adaptation]) -> dict[int, WriteUpPage]:
    return {origin.pk: origin} | {each.child_id: each.child for each in adaptations}


def _nearest(pk: int, by_child: Mapping[Hashable, Adaptation], shown: set[int]) -> int | None:
    """The nearest ancestor that is shown."""
    while pk in by_child:
        pk = by_child[pk].parent_id
        if pk in shown:
            return pk
    return None


def _together(pk: int, parents: Mapping[int, int | None]) -> set[int]:
    """The sites that hang together with this one."""
    tops = {each: _top(each, parents) for each in parents}
    return {each for each, top in tops.items() if top == tops.get(pk)}


def _top(pk: int, parents: Mapping[int, int | None]) -> int:
    while (parent := parents[pk]) is not None:
        pk = parent
    return pk


def _in_order(together: set[int], origin: WriteUpPage, adaptations: Iterable[Adaptation]) -> list[int]:
    ordered = [origin.pk, *(each.child_id for each in adaptations)]
    return [pk for pk in ordered if pk in together]


def _leaf(
    pk: int, parents: Mapping[int, int | None], by_child: Mapping[Hashable, Adaptation], origin: WriteUpPage
) -> Leaf:
    adaptation = by_child.get(pk)
    page = adaptation.child if adaptation else origin
    country = adaptation.country if adaptation and adaptation.country else page.country
    title = page.title if page.live else _untitled(page)
    outcome = _outcome(adaptation)
    said = OutcomeHere(outcome).label if outcome else ""
    foot = " · ".join(str(word) for word in (country or "", said) if word)
    return Leaf(pk, title, parents[pk], country.code if country else "", outcome, foot)


def _untitled(page: WriteUpPage) -> str:
    return _("No longer published") if page.first_published_at else _("Being written up")


def _outcome(adaptation: Adaptation | None) -> str:
    made = list(adaptation.reports.all()) if adaptation else []
    if not made:
        return ""
    return latest_outcome([Report(report.month, report.outcome) for report in made])  # type: ignore[arg-type]


def _row(
    number: int, depth: int, leaf: Leaf, adaptation: Adaptation | None, origin: WriteUpPage, parent: int
) -> SiteRow:
    page = adaptation.child if adaptation else origin
    country = adaptation.country if adaptation and adaptation.country else page.country
    return SiteRow(
        number=number,
        depth=depth,
        title=leaf.title,
        url=page.url or "" if page.live else "",
        place=str(country) if country else "",
        page=page,
        adaptation=adaptation,
        reports=tuple(adaptation.reports.all()) if adaptation else (),
        from_number=parent,
    )


def _cells(counts: Mapping[str, int], labels: Any) -> tuple[tuple[str, int], ...]:
    ordered = sorted(counts.items(), key=lambda cell: (-cell[1], cell[0]))
    return tuple((str(labels(code).label) if code else _("not said"), count) for code, count in ordered)


def _large(counts: Mapping[str, int]) -> dict[str, int]:
    return {code: _in_fives(count) for code, count in counts.items() if count >= SMALLEST_CELL}


def _in_fives(count: int) -> int:
    """Rounded down, so that two counts and a total never give away a third."""
    return count - count % SMALLEST_CELL

"""Brings the practice-evidence level of a whole lineage up to date. Called inside the operations that change it.

Rows in, `evidence.evidence_of` decides, rows out; nothing else writes `evidence_level`.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from community.core.actors import Actor
from community.core.events import record
from community.knowledge.evidence import Evidence, Report, Site, evidence_of, own_level
from community.knowledge.models import Adaptation, Authorship, AuthorState, WriteUpPage
from community.knowledge.practice.facets import EvidenceLevel
from community.knowledge.practice.sections import part_of, rows_of

ORIGIN = "origin"
#: Parts of a write-up that only a practice has that somebody has tried.
DONE_PARTS = frozenset({"timeline", "checklist", "measures"})


def recompute_levels(page: WriteUpPage, *, by: Actor) -> None:
    """Write the level of every write-up in the lineage of `page`; an event for each that changed.

    Locks the origin first, so that two reports at once are counted one after the other.
    """
    root = WriteUpPage.objects.select_for_update().get(pk=root_id(page))
    adaptations = list(lineage_rows(root.pk))
    pages = {root.pk: root} | {each.child_id: each.child for each in adaptations}
    authors = _authors(pages)
    for each in pages.values():
        level = _evidence(each, adaptations, authors[each.pk]).level
        if level != each.evidence_level:
            _set_level(each, level, by)


def evidence_for(page: WriteUpPage) -> Evidence:
    """The level of a write-up with what it rests on, read from the rows as they are."""
    return _evidence(page, list(lineage_rows(root_id(page))), _authors({page.pk: page})[page.pk])


def root_id(page: WriteUpPage) -> int:
    """Where the lineage of a write-up begins."""
    found = Adaptation.objects.filter(child=page).values_list("root", flat=True).first()
    return int(page.pk if found is None else found)


def lineage_rows(root: int) -> Any:
    """All adaptations of one lineage, the oldest first, with their reports and what describes their sites."""
    rows = Adaptation.objects.filter(root=root).select_related("child", "country", "by")
    return rows.prefetch_related("reports").order_by("made_at", "pk")


def own_level_of(page: WriteUpPage) -> EvidenceLevel:
    """What the present body of a write-up shows by itself."""
    is_done = page.started_on is not None or any(block["type"] in DONE_PARTS for block in page.body.raw_data)
    measures = rows_of(part_of(page, "measures"))
    compared = [row.get("design", "") for row in measures if row.get("before") and row.get("after")]
    return own_level(is_done=is_done, designs=compared)


def _evidence(page: WriteUpPage, adaptations: list[Adaptation], authors: frozenset[int]) -> Evidence:
    below: dict[int, list[Adaptation]] = defaultdict(list)
    for each in adaptations:
        below[each.parent_id].append(each)
    origin = Site(ORIGIN, children=tuple(_site(each, below, authors) for each in below[page.pk]))
    return evidence_of(own_level_of(page), origin, worked=not page.is_attempt)


def _site(adaptation: Adaptation, below: Mapping[int, list[Adaptation]], authors: frozenset[int]) -> Site:
    return Site(
        key=ORIGIN if adaptation.by_id in authors else adaptation.by_id,
        region=adaptation.who_region,
        keeps_core=adaptation.keeps_core,
        reports=tuple(Report(row.month, row.outcome) for row in adaptation.reports.all()),  # type: ignore[arg-type]
        children=tuple(_site(each, below, authors) for each in below.get(adaptation.child_id, [])),
    )


def _authors(pages: Mapping[int, WriteUpPage]) -> dict[int, frozenset[int]]:
    rows = Authorship.objects.filter(page__in=pages, state=AuthorState.ACCEPTED).values_list("page", "member")
    found: dict[int, set[int]] = {pk: set() for pk in pages}
    for page, member in rows:
        found[page].add(member)
    return {pk: frozenset(members) for pk, members in found.items()}


def _set_level(page: WriteUpPage, level: EvidenceLevel, by: Actor) -> None:
    before, page.evidence_level = page.evidence_level, level
    WriteUpPage.objects.filter(pk=page.pk).update(evidence_level=level)
    record("knowledge.writeup.level_changed", by=by, target=page, before=int(before), after=int(level))

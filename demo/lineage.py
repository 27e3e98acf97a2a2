"""Writes where the demo's write-ups went: adaptations with reports, who faces the same, and two drafts in review."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction

from community.core.actors import SYSTEM
from community.core.clock import now
from community.knowledge.levels import recompute_levels
from community.knowledge.models import (
    Adaptation,
    AdopterReport,
    Authorship,
    AuthorState,
    Facing,
    PeerReview,
    Remark,
    Version,
    WriteUpIndexPage,
    WriteUpPage,
)
from community.knowledge.practice.facets import Stage
from community.knowledge.practice.filling import inherit
from community.knowledge.practice.sections import set_parts
from community.knowledge.practice.versions import content_of, digest_of
from community.members.models import Country, Member, Specialty
from demo.diary import Diary
from demo.people import CONTENT
from demo.writeups import parts_of

WRITTEN_AFTER = timedelta(days=210)
FACILITIES = ("primary", "primary", "district", "community", "tertiary")
FIGURES = ("outcome", "measure", "unit", "before", "after", "n_before", "n_after", "note")


@cache
def content() -> dict[str, Any]:
    """Adaptations, ratings, counts and drafts in review as they stand in the content."""
    return tomllib.loads((CONTENT / "lineage.toml").read_text(encoding="utf-8"))


@transaction.atomic
def make_lineage(members: Mapping[str, Member]) -> int:
    """Write what is missing; returns how many adaptations are new. The write-ups must be there already."""
    pages = {page.slug: page for page in WriteUpPage.objects.all()}
    shelf, diary = WriteUpIndexPage.objects.get(), Diary()
    known = set(Adaptation.objects.values_list("parent__slug", "by__handle"))
    fresh = [told for told in content()["adaptation"] if (told["parent"], told["by"]) not in known]
    for told in fresh:
        child = _adaptation(told, pages, shelf, members, diary)
        pages[child.slug] = child
    for told in content()["review"]:
        if told["slug"] not in pages:
            _in_review(told, shelf, members)
    if fresh:
        _rate(pages)
        _face(pages, list(members.values()))
        for slug in {told["parent"] for told in fresh}:
            recompute_levels(pages[slug], by=SYSTEM)
    diary.write()
    return len(fresh)


def _adaptation(
    told: Mapping[str, Any],
    pages: Mapping[str, WriteUpPage],
    shelf: WriteUpIndexPage,
    members: Mapping[str, Member],
    diary: Diary,
) -> WriteUpPage:
    parent, by, at = pages[told["parent"]], members[told["by"]], now() - timedelta(days=told["days"])
    child = _child(told, parent, by, at, shelf)
    before = Adaptation.objects.filter(child=parent).first()
    adaptation = Adaptation.objects.create(
        root=before.root if before else parent,
        parent=parent,
        child=child,
        parent_version=1,
        by=by,
        country=by.country,
        made_at=at,
        started_on=at.date(),
        moment=told["moment"],
        planning=told.get("planning", "planned"),
        delivery_level=told["level"],
        fidelity=told["fidelity"],
        what_changed=told["what_changed"],
        reminded_month=12,
        **{name: told[name] for name in Adaptation.LISTS},
    )
    facts = {"parent": parent.pk, "fidelity": told["fidelity"]}
    diary.note("knowledge.writeup.adapted", at, by=by, target=adaptation, **facts)
    _reports(told, adaptation, by, diary)
    return child


def _child(
    told: Mapping[str, Any], parent: WriteUpPage, by: Member, at: datetime, shelf: WriteUpIndexPage
) -> WriteUpPage:
    """The adopter's own write-up: published where the content gives it words, a draft where it does not."""
    is_live = "slug" in told
    published = at + WRITTEN_AFTER
    child = WriteUpPage(
        slug=told.get("slug") or f"adapted-{parent.slug}"[:50] + f"-{by.handle}", title=told["title"],
        kind="practice", result=told.get("result", ""), country=by.country, owner=by, live=is_live,
        audience=parent.audience if is_live else "verified", stage=Stage.PUBLISHED if is_live else Stage.DRAFT,
        income_level=told.get("income", ""), facility_level=told.get("facility", ""), started_on=at.date(),
        first_published_at=published if is_live else None, last_published_at=published if is_live else None,
        latest_revision_created_at=published if is_live else at, has_unpublished_changes=not is_live,
    )  # fmt: skip
    inherit(child, parent)
    if is_live:
        child.review_due = (published + timedelta(days=730)).date()
        set_parts(child, {"summary": told["summary"].strip(), "conflicts": {"none": True, "text": ""}})
    shelf.add_child(instance=child)
    Authorship.objects.create(page=child, member=by, position=1, state=AuthorState.ACCEPTED, invited_at=at)
    if is_live:
        words = content_of(child)
        Version.objects.create(page=child, number=1, content=words, digest=digest_of(words), published_at=published)
    return child


def _reports(told: Mapping[str, Any], adaptation: Adaptation, by: Member, diary: Diary) -> None:
    for line in told["reports"]:
        month, *cells = [cell.strip() for cell in line.split("|")]
        values: dict[str, Any] = dict(zip(FIGURES, cells, strict=True))
        for name in ("n_before", "n_after"):
            values[name] = int(values[name]) if values[name] else None
        at = adaptation.made_at + timedelta(days=30 * int(month) + 4)
        AdopterReport.objects.create(adaptation=adaptation, month=int(month), by=by, reported_at=at, **values)
        facts = {"month": int(month), "outcome": values["outcome"]}
        diary.note("knowledge.adaptation.reported", at, by=by, target=adaptation, **facts)


def _rate(pages: Mapping[str, WriteUpPage]) -> None:
    for slug, line in content()["certainty"].items():
        certainty, _bar, reason = line.partition("|")
        rated = {"literature_certainty": certainty, "certainty_reason": reason}
        WriteUpPage.objects.filter(pk=pages[slug].pk).update(**rated)


def _face(pages: Mapping[str, WriteUpPage], members: list[Member]) -> None:
    """So many members, a different part of the community for each write-up."""
    rows = []
    for place, (slug, count) in enumerate(content()["facing"].items()):
        page, authors = pages[slug], set(pages[slug].author_ids())
        others = [each for each in members if each.pk not in authors and each.country_id]
        chosen = (others * 2)[place * 11 % len(others) :][:count]
        rows += [
            Facing(page=page, member=each, country_id=each.country_id, facility_level=FACILITIES[number % 5])
            for number, each in enumerate(chosen)
        ]
    Facing.objects.bulk_create(rows, ignore_conflicts=True)


def _in_review(told: Mapping[str, Any], shelf: WriteUpIndexPage, members: Mapping[str, Member]) -> None:
    """A complete draft that was sent some days ago, through the workflow, with one seat taken or offered."""
    by, at = members[told["by"]], now() - timedelta(days=4)
    page = WriteUpPage(
        slug=told["slug"], title=told["title"], kind=told["kind"], result=told["result"], problem=told["problem"],
        country=Country.objects.get(code=told["country"]), facility_level=told["facility"],
        locality=told["locality"], income_level=told["income"], staff_mix=told["staff"], owner=by, live=False,
        audience="verified", stage=Stage.IN_REVIEW, latest_revision_created_at=at,
    )  # fmt: skip
    page.specialties = list(Specialty.objects.filter(slug__in=told["specialties"]))
    set_parts(page, parts_of(told))
    shelf.add_child(instance=page)
    Authorship.objects.create(page=page, member=by, position=1, state=AuthorState.ACCEPTED, invited_at=at)
    page.save_revision(user=by, log_action=False, clean=False)
    page.get_workflow().start(page, None)
    _seat(page, members, at)


def _seat(page: WriteUpPage, members: Mapping[str, Member], at: datetime) -> None:
    if page.kind == "attempt":
        reader = PeerReview.objects.create(
            page=page, seat="region", reviewer=members["hana"], coi_none=True, began_at=at
        )
        words = "Who could have ordered? One sentence on that would help a reader elsewhere."
        Remark.objects.create(review=reader, section="results", weight="must", text=words, made_at=at)
        asked = {"seat": "specialty", "reviewer": members["member"], "invited_by": members["editor"]}
        PeerReview.objects.create(page=page, state="invited", began_at=at, **asked)

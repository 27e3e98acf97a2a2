"""Writes the demo's write-ups and procedures, their versions and authors, as the operations would have left them."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction
from wagtail.models import Site

from community.core.clock import now
from community.knowledge.levels import own_level_of
from community.knowledge.models import Authorship, AuthorState, DraftComment, Version, WriteUpIndexPage, WriteUpPage
from community.knowledge.operations.writeups import MONTHS_UNTIL_REVIEW, months_after
from community.knowledge.practice.facets import Kind, Stage
from community.knowledge.practice.sections import set_parts
from community.knowledge.practice.versions import content_of, digest_of
from community.members.models import Country, Member, Specialty
from demo.diary import Diary
from demo.files import put_files
from demo.people import CONTENT

#: How the cells of a row are called; the text of the content has bars between them.
CELLS: Mapping[str, tuple[str, ...]] = {
    "timeline": ("when", "what", "detail"),
    "checklist": ("step", "who", "note", "critical"),
    "core": ("element", "why"),
    "adaptable": ("element", "why"),
    "team": ("role", "people", "part"),
    "measures": ("name", "unit", "before", "after", "n_before", "n_after", "better", "period", "design", "note"),
    "getting_started": ("title", "text"),
    "sources": ("citation", "url", "doi"),
}
TEXTS = ("summary", "plain", "baseline", "unintended", "not_worked", "equity", "cost", "sustaining")
REVIEWED_FOR = timedelta(days=12)
DRAFT = "pulse-oximeters-for-home-visits"


@cache
def content() -> list[dict[str, Any]]:
    """The write-ups as they stand in the content."""
    told: list[dict[str, Any]] = tomllib.loads((CONTENT / "writeups.toml").read_text(encoding="utf-8"))["writeup"]
    return told


@transaction.atomic
def make_write_ups(members: Mapping[str, Member]) -> int:
    """Write what is missing; returns how many."""
    known = set(WriteUpPage.objects.values_list("slug", flat=True))
    missing = [told for told in content() if told["slug"] not in known]
    if not missing:
        return 0
    shelf = WriteUpIndexPage.objects.get()
    countries = {row.code: row for row in Country.objects.all()}
    specialties = {row.slug: row for row in Specialty.objects.all()}
    diary = Diary()
    for told in missing:
        page = _page(told, countries, specialties, members)
        _put(page, shelf)
        put_files(page, told)
        page.save(update_fields=["body"], clean=False)
        _authors(page, told, members)
        _versions(page, told, members, diary)
    if DRAFT not in known:
        _draft(shelf, countries, members)
    diary.write()
    Site.clear_site_root_paths_cache()
    return len(missing)


def _put(page: WriteUpPage, shelf: WriteUpIndexPage) -> None:
    """Add the page as the last on the shelf, without the questions that Wagtail asks of a page from a form."""
    last = shelf.get_last_child()
    page.path = last._inc_path() if last else WriteUpPage._get_path(shelf.path, shelf.depth + 1, 1)
    page.depth, page.numchild = shelf.depth + 1, 0
    page.locale, page.draft_title = shelf.locale, page.title
    page.set_url_path(shelf)
    page.save(clean=False)
    shelf.numchild += 1
    WriteUpIndexPage.objects.filter(pk=shelf.pk).update(numchild=shelf.numchild)


def _page(
    told: Mapping[str, Any],
    countries: Mapping[str, Country],
    specialties: Mapping[str, Specialty],
    members: Mapping[str, Member],
) -> WriteUpPage:
    at = _published(told)
    page = WriteUpPage(
        slug=told["slug"], title=told["title"], kind=told.get("kind", Kind.PRACTICE.value), result=told["result"],
        problem=told["problem"].strip(), country=countries[told["country"]], place=told.get("place", ""),
        income_level=told.get("income", ""), locality=told.get("locality", ""),
        facility_level=told.get("facility", ""), staff_mix=told.get("staff", ""),
        population_band=told.get("population", ""), audience=told.get("audience", "public"),
        started_on=_month(told.get("started")), ended_on=_month(told.get("ended")), owner=members[told["authors"][0]],
        live=True, has_unpublished_changes=False, stage=Stage.PUBLISHED,
        first_published_at=at, last_published_at=at, latest_revision_created_at=at,
    )  # fmt: skip
    page.review_due = months_after(at.date(), MONTHS_UNTIL_REVIEW[page.kind])
    page.specialties = [specialties[slug] for slug in told["specialties"]]
    page.tags.add(*told.get("tags", []))
    set_parts(page, parts_of(told))
    page.evidence_level = max(1, own_level_of(page))
    return page


def parts_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """The blocks of a body, raw."""
    parts: dict[str, Any] = {name: told[name].strip() for name in TEXTS if name in told}
    for name, cells in CELLS.items():
        rows = [_row(cells, line) for line in told.get(name, [])]
        if rows:
            parts[name] = rows
    if "resources" in told:
        parts["resources"] = dict(told["resources"])
    kind, _bar, text = told.get("ethics", "").partition("|")
    if kind:
        parts["ethics"] = {"kind": kind, "text": text}
    parts["conflicts"] = {"none": True, "text": ""}
    return parts


def _row(cells: tuple[str, ...], line: str) -> dict[str, Any]:
    values: list[Any] = [cell.strip() for cell in line.split("|")]
    row = dict(zip(cells, [*values, *[""] * len(cells)], strict=False))
    for name in ("n_before", "n_after"):
        if name in row:
            row[name] = int(row[name]) if row[name] else None
    if "critical" in row:
        row["critical"] = row["critical"] == "x"
    return row


def _authors(page: WriteUpPage, told: Mapping[str, Any], members: Mapping[str, Member]) -> None:
    at = _published(told) - REVIEWED_FOR
    Authorship.objects.bulk_create(
        Authorship(
            page=page, member=members[handle], position=place, state=AuthorState.ACCEPTED,
            invited_by=members[told["authors"][0]] if place > 1 else None, invited_at=at, answered_at=at,
        )
        for place, handle in enumerate(told["authors"], start=1)
    )  # fmt: skip


def _versions(page: WriteUpPage, told: Mapping[str, Any], members: Mapping[str, Member], diary: Diary) -> None:
    """The present words as the newest version; where the content tells what stood there before, that is the first."""
    newest, at = content_of(page), _published(told)
    kept = [(newest, at)]
    if "was" in told:
        kept.insert(0, (_as_it_was(newest, told["was"]), at - timedelta(days=200)))
        WriteUpPage.objects.filter(pk=page.pk).update(first_published_at=kept[0][1])
    by = members[told["authors"][0]]
    diary.note("knowledge.writeup.started", kept[0][1] - REVIEWED_FOR, by=by, target=page, kind=page.kind)
    for number, (words, moment) in enumerate(kept, start=1):
        Version.objects.create(page=page, number=number, content=words, digest=digest_of(words), published_at=moment)
        diary.note("knowledge.writeup.published", moment, by=None, target=page, number=number, kind=page.kind)


def _as_it_was(words: Mapping[str, Any], was: Mapping[str, str]) -> dict[str, Any]:
    body = [{**block, "value": was.get(block["type"], block["value"])} for block in words["body"]]
    fields = {name: value for name, value in was.items() if name in words}
    return {**words, **fields, "body": body}


def _draft(shelf: WriteUpIndexPage, countries: Mapping[str, Country], members: Mapping[str, Member]) -> None:
    """A draft of the physician's to which the nurse is invited, with a remark on it."""
    at = now() - timedelta(days=2)
    member, nurse = members["member"], members["nurse"]
    page = WriteUpPage(
        slug=DRAFT, title="Pulse oximeters for home visits: which readings change what we do", kind=Kind.PRACTICE,
        country=countries["GB"], live=False, owner=member, audience="verified", facility_level="community",
        result="We do not know yet: half of the readings changed nothing.", latest_revision_created_at=at,
    )  # fmt: skip
    set_parts(
        page,
        {"summary": "Nurses took an oximeter along on all visits for three months and wrote down what it changed."},
    )
    shelf.add_child(instance=page)
    Authorship.objects.create(page=page, member=member, position=1, state=AuthorState.ACCEPTED, invited_at=at)
    Authorship.objects.create(page=page, member=nurse, position=2, invited_by=member, invited_at=at)
    words = "Could you add how it is done where you are, with one meter for six nurses?"
    DraftComment.objects.create(page=page, author=member, section="done", text=words, created_at=at)


def _published(told: Mapping[str, Any]) -> datetime:
    return now() - timedelta(days=told["days"])


def _month(text: str | None) -> date | None:
    return date.fromisoformat(f"{text}-01") if text else None

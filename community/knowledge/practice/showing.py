"""What the page of a write-up shows, of its present words or of an earlier version, for one viewer."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.errors import Missing
from community.knowledge.landings import links_of
from community.knowledge.models import AuthorState, Version, WriteUpPage
from community.knowledge.policies.writeups import (
    may_edit,
    may_reaffirm,
    may_report,
    may_retire,
    may_write,
)
from community.knowledge.practice.citations import Cited, as_text
from community.knowledge.practice.facets import Kind
from community.knowledge.practice.joining import beside, parents_of
from community.knowledge.practice.labels import label_of, order_of
from community.knowledge.practice.linked_data import as_json_ld
from community.knowledge.practice.sections import words_in
from community.knowledge.practice.versions import PLAIN, stream_of
from community.members.models import Country, Member, Specialty
from community.members.panels import badges_for

SITE = "Collegium"
WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class Part:
    """One block under its heading; `anchor` is where the table of contents leads."""

    name: str
    anchor: str
    label: str
    block: Any


@dataclass(frozen=True)
class Author:
    member: Member
    badge: Any


def context_for(page: WriteUpPage, viewer: Viewer, *, version: Version | None = None) -> dict[str, Any]:
    """Everything the template needs. With a version the page is shown as it was then."""
    versions = list(page.versions.order_by("-number"))
    newest = versions[0] if versions else None
    shown = as_it_was(page, version) if version else page
    authors = authors_of(page, version or newest)
    cited = cited_as(shown, version or newest, [str(author.member) for author in authors])
    return {
        "page": shown,
        "writeup": page,
        "parts": parts_of(shown),
        "authors": authors,
        "setting": setting_of(shown),
        "tags_shown": _tags(page, version),
        "landings": links_of(shown.who_region, _specialties(page, version)),
        "version": version or newest,
        "newest": newest,
        "versions": versions,
        "is_old": bool(version and newest and version.number != newest.number),
        "citation": as_text(cited) if cited else "",
        "linked_data": linked_data(shown, page, cited) if cited and page.live else None,
        "minutes": max(1, round(len(words_in([b["value"] for b in shown.body.raw_data]).split()) / WORDS_A_MINUTE)),
        "beside": beside(page, viewer),
        "may": _rights(viewer, page),
    }


def parts_of(page: WriteUpPage) -> list[Part]:
    """The blocks in reading order, numbered where a kind stands more than once."""
    order = order_of(page.kind)
    blocks = sorted(page.body, key=lambda block: order.index(block.block_type))
    seen: dict[str, int] = {}
    parts = []
    for block in blocks:
        name = block.block_type
        seen[name] = seen.get(name, 0) + 1
        label = block.value["heading"] if name == "more" else str(label_of(name, page.kind))
        parts.append(Part(name, f"part-{name}" + (f"-{seen[name]}" if seen[name] > 1 else ""), label, block))
    return parts


def setting_of(page: WriteUpPage) -> list[tuple[str, str]]:
    """The facets line: what each one is, and its value in words."""
    country = page.country
    rows = [
        (_("Country"), str(country) if country else ""),
        (_("Place"), page.place),
        (_("WHO region"), country.get_who_region_display() if country and country.who_region else ""),
        (_("Facility"), page.get_facility_level_display()),
        (_("Income level"), page.get_income_level_display()),
        (_("Town or country"), page.get_locality_display()),
        (_("Staff"), page.get_staff_mix_display()),
        (_("People served"), page.get_population_band_display()),
    ]
    return [(str(label), str(value)) for label, value in rows if value]


def authors_of(page: WriteUpPage, version: Version | None) -> list[Author]:
    """Those of the version, in its order; without one, those who write now."""
    if version is not None and version.content.get("authors"):
        ids = version.content["authors"]
    else:
        accepted = page.authorships.filter(state=AuthorState.ACCEPTED)
        ids = list(accepted.values_list("member_id", flat=True))
    members = Member.objects.select_related("profession", "country").in_bulk(ids)
    present = [members[pk] for pk in ids if pk in members]
    badges = badges_for(present)
    return [Author(member, badges.get(member.pk)) for member in present]


def cited_as(page: WriteUpPage, version: Version | None, names: list[str]) -> Cited | None:
    """What citations are made of; None for what was never published."""
    if version is None:
        return None
    return Cited(
        title=page.title,
        authors=tuple(names),
        number=version.number,
        published_on=version.published_on,
        url=f"{settings.SITE_URL}{version_path(page.slug, version.number)}",
        site=SITE,
        kind=str(Kind(page.kind).label),
        language=page.language,
        abstract=page.result,
        keywords=tuple(_tags(page, version)),
    )


def linked_data(shown: WriteUpPage, page: WriteUpPage, cited: Cited) -> dict[str, Any]:
    place = ", ".join(filter(None, [shown.place, str(shown.country) if shown.country else ""]))
    return as_json_ld(
        cited,
        canonical=f"{settings.SITE_URL}{path_of(page.slug)}",
        place=place,
        about=[specialty.name for specialty in _specialties(page, None)],
        derived_from=[f"{settings.SITE_URL}{address}" for address in parents_of(page)],
    )


def as_it_was(page: WriteUpPage, version: Version) -> WriteUpPage:
    """An unsaved page with the words of a version; raises Missing for one that was emptied."""
    if version.is_emptied:
        raise Missing
    content = version.content
    shown = WriteUpPage(pk=page.pk, slug=page.slug, audience=page.audience, live=page.live)
    for name in PLAIN:
        setattr(shown, name, content.get(name, ""))
    shown.country = Country.objects.filter(code=content.get("country") or "-").first()
    shown.started_on = parse_date(content.get("started_on") or "")
    shown.ended_on = parse_date(content.get("ended_on") or "")
    shown.standing, shown.retired_because = page.standing, page.retired_because
    shown.review_due, shown.evidence_level = page.review_due, page.evidence_level
    shown.body = stream_of(content)
    return shown


def path_of(slug: str) -> str:
    return f"/practices/{slug}/"


def version_path(slug: str, number: int) -> str:
    return f"/practices/{slug}/v{number}/"


def _rights(viewer: Viewer, page: WriteUpPage) -> dict[str, bool]:
    """Which ways on are offered. Strangers to the page cost no questions."""
    if not viewer.is_signed_in:
        return {}
    by = viewer.member
    return {
        "edit": bool(may_edit(viewer, page)),
        "retire": bool(may_retire(by, viewer, page)),
        "reaffirm": bool(may_reaffirm(by, viewer, page)),
        "report": bool(may_report(viewer, page)),
        "write": bool(may_write(viewer)),
    }


def _tags(page: WriteUpPage, version: Version | None) -> list[str]:
    if version is not None and version.content:
        return list(version.content.get("tags", []))
    return sorted(tag.name for tag in page.tags.all())


def _specialties(page: WriteUpPage, version: Version | None) -> list[Specialty]:
    if version is not None and version.content:
        return list(Specialty.objects.filter(slug__in=version.content.get("specialties", [])))
    return list(page.specialties.all())

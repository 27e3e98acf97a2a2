"""Writes the demo's webinars, and keeps those that are "now" in the present when a demo is started again.

What has happened in a room is told by the events of the room; here are plans, crews, speakers and registrations.
"""

import tomllib
import zoneinfo
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction

from community.core.clock import now
from community.core.text import render
from community.members.models import Member, Specialty
from demo.diary import Diary
from demo.people import CONTENT
from webinars.crews import crew_token
from webinars.models import (
    CrewMember,
    CrewRole,
    Registration,
    Room,
    Series,
    Speaker,
    Webinar,
    WebinarState,
)
from webinars.roomlog import append, locked_room

BEGUN = frozenset({WebinarState.LIVE, WebinarState.ENDED})


@cache
def content() -> dict[str, Any]:
    """The webinars and series as they stand in the content."""
    return tomllib.loads((CONTENT / "webinars.toml").read_text(encoding="utf-8"))


@transaction.atomic
def make_webinars(members: Mapping[str, Member]) -> int:
    """Write the webinars that are missing; returns how many."""
    known = set(Webinar.objects.values_list("slug", flat=True))
    missing = [told for told in content()["webinar"] if told["slug"] not in known]
    if not missing:
        return 0
    series = {told["slug"]: _series(told, members["presenter"]) for told in content()["series"]}
    specialties = {row.slug: row for row in Specialty.objects.all()}
    diary = Diary()
    for told in missing:
        webinar = _webinar(told, series, members)
        webinar.specialties.set([specialties[slug] for slug in told["specialties"]])
        webinar.tags.set(told["tags"])
        _crew(webinar, told, members)
        _speakers(webinar, told, members)
        _registrations(webinar, told, members)
        _note(webinar, diary)
        _open_room(webinar)
    diary.write()
    return len(missing)


@transaction.atomic
def move_to_present() -> None:
    """A live webinar of the demo whose time has run out is live now again; one that nobody began is an hour away."""
    moment = now()
    for told in content()["webinar"]:
        if told["state"] not in {"live", "scheduled"} or told["begins"] > 60:
            continue
        stale = Webinar.objects.filter(slug=told["slug"], state=told["state"])
        stale = stale.filter(ends_at__lt=moment) if told["state"] == "live" else stale.filter(starts_at__lt=moment)
        starts = moment + timedelta(minutes=told["begins"])
        stale.update(starts_at=starts, ends_at=starts + timedelta(minutes=told["minutes"]))


def _series(told: Mapping[str, Any], organiser: Member) -> Series:
    words = {"title": told["title"], "summary": told["summary"], "organiser": organiser}
    return Series.objects.get_or_create(slug=told["slug"], defaults=words)[0]


def _webinar(told: Mapping[str, Any], series: Mapping[str, Series], members: Mapping[str, Member]) -> Webinar:
    starts, state = _at_a_good_hour(now() + timedelta(minutes=told["begins"]), told), WebinarState(told["state"])
    ends = starts + timedelta(minutes=told["minutes"])
    planned = min(starts, now()) - timedelta(days=12)
    webinar = Webinar(
        slug=told["slug"],
        title=told["title"],
        summary=told["summary"],
        description=told["description"].strip(),
        description_html=render(told["description"].strip()).html,
        objectives="\n".join(told["objectives"]),
        series=series.get(told.get("series", "")),
        organiser=members[told["organiser"]],
        state=state,
        for_whom=told["for_whom"],
        starts_at=starts,
        ends_at=ends,
        time_zone=told["time_zone"],
        language=told["language"],
        capacity=told.get("capacity"),
        needs_approval=told.get("needs_approval", False),
        created_at=planned - timedelta(days=3),
        published_at=None if state == WebinarState.DRAFT else planned,
        started_at=starts if state in BEGUN else None,
        ended_at=ends if state == WebinarState.ENDED else None,
        audience=told["for_whom"],
    )
    webinar.save()
    if state == WebinarState.DRAFT:
        webinar.audience = crew_token(webinar)
        webinar.save(update_fields=["audience"])
    return webinar


def _at_a_good_hour(moment: datetime, told: Mapping[str, Any]) -> datetime:
    """What is far away begins at an hour that suits its host; what is near keeps its distance from now."""
    if abs(told["begins"]) <= 60:
        return moment.replace(second=0, microsecond=0)
    here = moment.astimezone(zoneinfo.ZoneInfo(told["time_zone"]))
    return here.replace(hour=told.get("hour", 18), minute=0, second=0, microsecond=0).astimezone(UTC)


def _crew(webinar: Webinar, told: Mapping[str, Any], members: Mapping[str, Member]) -> None:
    presenting = [handle for handle in told["speakers"] if "|" not in handle]
    roles = [
        *[(told["organiser"], CrewRole.ORGANISER)],
        *[(handle, CrewRole.PRESENTER) for handle in presenting],
        *[(handle, CrewRole.MODERATOR) for handle in told["moderators"]],
    ]
    rows = [CrewMember(webinar=webinar, member=members[handle], role=role) for handle, role in roles]
    CrewMember.objects.bulk_create(rows)


def _speakers(webinar: Webinar, told: Mapping[str, Any], members: Mapping[str, Member]) -> None:
    moment = webinar.published_at
    for position, line in enumerate(told["speakers"]):
        speaker = _guest(line) if "|" in line else _speaking_member(members[line])
        speaker.webinar, speaker.position = webinar, position
        speaker.accepted_at = speaker.coi_declared_at = moment
        speaker.save()


def _guest(line: str) -> Speaker:
    name, title, conflicts = line.split("|")
    is_none = conflicts == "none"
    return Speaker(name=name, title=title, coi_none=is_none, coi_statement="" if is_none else conflicts)


def _speaking_member(member: Member) -> Speaker:
    title = ", ".join(filter(None, [str(member.profession or ""), member.institution]))
    return Speaker(
        member=member, name=str(member), title=title, coi_none=member.coi_none, coi_statement=member.coi_statement[:500]
    )


def _registrations(webinar: Webinar, told: Mapping[str, Any], members: Mapping[str, Member]) -> None:
    began = webinar.published_at or now()
    rows = [
        Registration(webinar=webinar, member=members[handle], registered_at=began + timedelta(hours=3 * number))
        for number, handle in enumerate(told["registered"], start=1)
    ]
    Registration.objects.bulk_create(rows)


def _note(webinar: Webinar, diary: Diary) -> None:
    diary.note("webinars.webinar.planned", webinar.created_at, by=webinar.organiser, target=webinar)
    if webinar.published_at:
        facts = {"readers": webinar.audience}
        diary.note("webinars.webinar.published", webinar.published_at, by=webinar.organiser, target=webinar, **facts)


def _open_room(webinar: Webinar) -> None:
    Room.objects.create(webinar=webinar)
    if webinar.state in BEGUN:
        append(locked_room(webinar.slug), "webinar.live", {}, by=webinar.organiser)
    if webinar.state == WebinarState.ENDED:
        append(locked_room(webinar.slug), "webinar.ended", {}, by=webinar.organiser)

"""What is known of who attended: a member's own minutes, and what organisers see of everybody's."""

import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from community.members.models import Member
from webinars.models import AttendanceInterval, Registration, RegistrationState, Webinar
from webinars.stretches import Stretch, length
from webinars.tallying import SMALL

LIVE = AttendanceInterval.Source.LIVE
# Who was there for so much of it, attended the whole.
MOST = 0.8


@dataclass(frozen=True)
class Minutes:
    """Whole minutes of the live hour and of its recording."""

    live: int
    replay: int


@dataclass(frozen=True)
class Report:
    """Counts of those registered; None where a group is so small that its people could be recognised."""

    live: int | None
    mostly: int | None
    replay: int | None
    median: int | None


def minutes_of(webinar: Webinar, member: Any) -> Minutes:
    """What one member attended."""
    found = _by_source(AttendanceInterval.objects.filter(webinar=webinar, member=member))
    return found.get(member.pk, Minutes(0, 0))


def own_attendance(member: Any) -> list[dict[str, Any]]:
    """For the member's download: webinar, minutes live and of the recording."""
    rows = AttendanceInterval.objects.filter(member=member).select_related("webinar").order_by("webinar_id")
    by_webinar: dict[str, list[AttendanceInterval]] = defaultdict(list)
    for row in rows:
        by_webinar[row.webinar.slug].append(row)
    return [{"webinar": slug, **vars(_minutes(rows))} for slug, rows in by_webinar.items()]


def report_of(webinar: Webinar) -> Report:
    """Counts and no names. A median of minutes is told of five people at least."""
    minutes = _by_source(AttendanceInterval.objects.filter(webinar=webinar, member__in=_registered(webinar)))
    lives = [one.live for one in minutes.values() if one.live]
    mostly = sum(1 for live in lives if live >= MOST * _lasted(webinar)) if _lasted(webinar) else 0
    replay = sum(1 for one in minutes.values() if one.replay)
    median = round(statistics.median(lives)) if len(lives) >= SMALL else None
    return Report(_told(len(lives)), _told(mostly), _told(replay), median)


def names_of(webinar: Webinar) -> Iterator[tuple[Member, Minutes]]:
    """Who attended for how long: only for webinars that say so (`names_attendance`)."""
    minutes = _by_source(AttendanceInterval.objects.filter(webinar=webinar, member__in=_registered(webinar)))
    members = Member.objects.filter(pk__in=minutes).select_related("profession", "country").order_by("handle")
    return ((member, minutes[member.pk]) for member in members)


def _registered(webinar: Webinar) -> Any:
    return Registration.objects.filter(webinar=webinar, state=RegistrationState.REGISTERED).values("member")


def _by_source(rows: Any) -> dict[int, Minutes]:
    by_member: dict[int, list[AttendanceInterval]] = defaultdict(list)
    for row in rows:
        by_member[row.member_id].append(row)
    return {member: _minutes(found) for member, found in by_member.items()}


def _minutes(rows: list[AttendanceInterval]) -> Minutes:
    live: list[Stretch] = [(row.media_from, row.media_to) for row in rows if row.source == LIVE]
    replay: list[Stretch] = [(row.media_from, row.media_to) for row in rows if row.source != LIVE]
    return Minutes(round(length(live) / 60), round(length(replay) / 60))


def _lasted(webinar: Webinar) -> float:
    if webinar.started_at is None or webinar.ended_at is None:
        return 0.0
    return (webinar.ended_at - webinar.started_at).total_seconds() / 60


def _told(count: int) -> int | None:
    return count if count >= SMALL or count == 0 else None

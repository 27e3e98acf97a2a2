"""How the hour of a webinar falls: for one person, for the host, and for each region among those who registered."""

import zoneinfo
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from community.members.models import WhoRegion
from webinars.models import Registration, RegistrationState, Webinar

#: Fewer than this are not told apart from nobody.
SMALLEST_CELL = 5


@dataclass(frozen=True)
class RegionHour:
    """Among those of one region: how many, and what time it is for the one in the middle."""

    region: str
    count: int
    at: datetime
    part: str
    days: int  # from the host's date

    @property
    def icon(self) -> str:
        return "sun" if self.part in {"morning", "day"} else "moon"

    @property
    def part_label(self) -> str:
        return {
            "night": _("at night"),
            "morning": _("in the morning"),
            "day": _("in working hours"),
            "evening": _("in the evening"),
        }[self.part]


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """The zone of this name; UTC for a name that is none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


def part_of_day(hour: int) -> str:
    """ "night", "morning" (6 to 8), "day" (9 to 17) or "evening" (18 to 21)."""
    if hour < 6 or hour >= 22:
        return "night"
    if hour < 9:
        return "morning"
    return "day" if hour < 18 else "evening"


def hours_by_region(webinar: Webinar) -> list[RegionHour]:
    """For each WHO region with enough people among those registered, in one query."""
    registered = Registration.objects.filter(webinar=webinar, state=RegistrationState.REGISTERED)
    rows = registered.exclude(member__country=None).values_list("member__country__who_region", "member__time_zone")
    return regional_hours(rows.annotate(n=Count("pk")).order_by(), webinar)


def regional_hours(rows: Iterable[Any], webinar: Webinar) -> list[RegionHour]:
    """From (region, zone, count) rows: regions of at least SMALLEST_CELL people, the fullest first."""
    zones: dict[str, Counter[str]] = defaultdict(Counter)
    for region, zone, count in rows:
        if region:
            zones[region][zone] += count
    found = [_row(region, counts, webinar) for region, counts in zones.items() if counts.total() >= SMALLEST_CELL]
    return sorted(found, key=lambda row: (-row.count, row.region))


def _row(region: str, counts: Counter[str], webinar: Webinar) -> RegionHour:
    """The time of the one in the middle names no single zone of a small country."""
    offsets = sorted(offset for zone, count in counts.items() for offset in [_offset(zone, webinar.starts_at)] * count)
    middle = offsets[len(offsets) // 2]
    at = (webinar.starts_at.astimezone(UTC) + middle).replace(tzinfo=None)
    host = webinar.starts_at.astimezone(zone_of(webinar.time_zone)).date()
    return RegionHour(str(WhoRegion(region).label), counts.total(), at, part_of_day(at.hour), (at.date() - host).days)


def _offset(zone: str, at: datetime) -> Any:
    return at.astimezone(zone_of(zone)).utcoffset()

"""Series of webinars, and repeating one at the same hour of the organiser's clock."""

import zoneinfo
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.audiences import viewer_of
from community.core.errors import Invalid, Missing
from community.core.events import record
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from webinars.access import webinar_to_plan
from webinars.drafting import copy_of
from webinars.models import Series, Webinar
from webinars.operations.copying import copy_decks
from webinars.plans import SURFACE, free_slug
from webinars.policies import may_edit_series, may_plan

Rhythm = Literal["weekly", "fortnightly", "monthly"]
MOST = 24


@transaction.atomic
def open_series(*, by: Any, title: str, summary: str = "") -> Series:
    """Begin a series, to which webinars can then belong."""
    require(may_plan(viewer_of(by)))
    refuse_if_not_clean(SURFACE, title=title, summary=summary)
    series = Series.objects.create(slug=free_slug(title, Series), title=title, summary=summary, organiser=by)
    record("webinars.series.opened", by=by, target=series)
    return series


@transaction.atomic
def edit_series(series: Series, *, by: Any, title: str, summary: str = "") -> Series:
    """Change what a series is called and what it is about."""
    locked = Series.objects.select_for_update().filter(pk=series.pk).first()
    if locked is None:
        raise Missing
    require(may_edit_series(viewer_of(by), locked))
    refuse_if_not_clean(SURFACE, title=title, summary=summary)
    locked.title, locked.summary = title, summary
    locked.save(update_fields=["title", "summary"])
    record("webinars.series.edited", by=by, target=locked)
    return locked


@transaction.atomic
def repeat_webinar(webinar: Webinar, *, by: Any, rhythm: Rhythm, times: int) -> list[Webinar]:
    """So many more drafts of this plan, each at the same hour where the organiser is, also across daylight saving.

    Monthly keeps the weekday: "the second Tuesday" stays the second Tuesday.
    """
    viewer, webinar = webinar_to_plan(by, webinar.pk)
    require(may_plan(viewer))
    if not 1 <= times <= MOST:
        raise Invalid({"times": [_("Between 1 and %(most)d times.") % {"most": MOST}]})
    copies = []
    for starts_at in moments(webinar.starts_at, webinar.time_zone, rhythm, times):
        copy = copy_of(webinar, by, starts_at)
        copy_decks(webinar, copy, by=by)
        record("webinars.webinar.planned", by=by, target=copy, copied_from=webinar.pk)
        copies.append(copy)
    return copies


def moments(first: datetime, zone: str, rhythm: Rhythm, times: int) -> list[datetime]:
    """The next so many moments after `first`, in UTC, at the same hour of the clock in `zone`."""
    here = first.astimezone(zoneinfo.ZoneInfo(zone))
    wall = here.replace(tzinfo=None)
    return [_at(_step(wall, rhythm, number), here.tzinfo) for number in range(1, times + 1)]


def _step(wall: datetime, rhythm: Rhythm, number: int) -> datetime:
    if rhythm == "monthly":
        return _same_weekday(wall, number)
    return wall + timedelta(weeks=number * (2 if rhythm == "fortnightly" else 1))


def _same_weekday(wall: datetime, months: int) -> datetime:
    """The same weekday of the month so many months later; the fifth becomes the last."""
    which = (wall.day - 1) // 7
    years, month = divmod(wall.month - 1 + months, 12)
    first = wall.replace(day=1, year=wall.year + years, month=month + 1)
    day = first + timedelta(days=(wall.weekday() - first.weekday()) % 7 + 7 * which)
    return day if day.month == first.month else day - timedelta(days=7)


def _at(wall: datetime, zone: Any) -> datetime:
    """The moment of a time on the clock. An hour that the clock leaves out counts as the hour after it."""
    return wall.replace(tzinfo=zone).astimezone(zoneinfo.ZoneInfo("UTC"))

"""Between wall time and the seconds of a recording, by the dates of its segments."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from webinars.models import RenditionName, Segment, Webinar


def media_seconds(webinar: Webinar, moment: datetime) -> float | None:
    """What was being recorded at `moment`; between two takes the end of the earlier, before the first 0.

    None where nothing has been recorded.
    """
    rows = _main(webinar)
    last = rows.filter(pdt__lte=moment).order_by("-seq").first()
    if last is None:
        return 0.0 if rows.exists() else None
    return float(last.media_start + min((moment - last.pdt).total_seconds(), last.duration))


def wall_time(webinar: Webinar, seconds: float) -> datetime | None:
    """When that second was recorded; after the end, when it ended. None where nothing has been recorded."""
    row = _main(webinar).filter(media_start__lte=max(0.0, seconds)).order_by("-seq").first()
    if row is None:
        return None
    return row.pdt + timedelta(seconds=min(max(0.0, seconds) - row.media_start, row.duration))


def _main(webinar: Webinar) -> "QuerySet[Segment]":
    return Segment.objects.filter(broadcast__webinar=webinar, rendition__name=RenditionName.MAIN)

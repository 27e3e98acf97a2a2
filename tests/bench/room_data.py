"""What the benchmarks of rooms ask of the database, in a process with the settings of the site they measure."""

from typing import Any


def fill(slug: str, count: str) -> list[str]:
    """A webinar that is live, with so many verified members registered; the keys of their sessions."""
    from datetime import timedelta  # noqa: PLC0415

    from community.core.clock import now  # noqa: PLC0415
    from demo.sessions import sessions  # noqa: PLC0415
    from tests.bench.suspension_data import verifier  # noqa: PLC0415
    from webinars.models import Webinar  # noqa: PLC0415

    webinar = Webinar.objects.filter(slug=slug).first()
    if webinar is None:
        webinar = Webinar.objects.create(
            slug=slug, title="Load", audience="verified", organiser=verifier(), state="live",
            starts_at=now() - timedelta(minutes=5), ends_at=now() + timedelta(hours=8), started_at=now(),
        )  # fmt: skip
    return [row["sessionid"] for row in sessions(int(count), webinar)]


def last_seq(slug: str) -> int:
    from webinars.models import Room  # noqa: PLC0415 - models are there only after the setup of this process

    return int(Room.objects.filter(webinar__slug=slug).values_list("last_seq", flat=True).first() or 0)


def stored(slug: str, since: str) -> list[list[Any]]:
    """[number, ref] of every event after `since`."""
    from webinars.models import RoomEvent  # noqa: PLC0415

    rows = RoomEvent.objects.filter(room__webinar__slug=slug, seq__gt=int(since)).order_by("seq")
    return [[seq, str(ref) if ref else None] for seq, ref in rows.values_list("seq", "ref")]

"""A webinar that is live, its presenter, and what a presenter's browser sends."""

from datetime import timedelta
from typing import Any

from community.core.clock import now
from community.live.ingest import join
from community.members.models import Member
from tests.factories.members import MemberFactory
from webinars.crews import set_role
from webinars.media.ingest import Stream
from webinars.models import CrewRole, ForWhom, Webinar, WebinarState
from webinars.operations.broadcasting import broadcast_of


def live_webinar(**fields: Any) -> tuple[Webinar, Member]:
    """A webinar for all members that went live just now, and its presenter."""
    presenter = MemberFactory()
    values = {
        "slug": "heart-sounds",
        "title": "Heart sounds",
        "organiser": presenter,
        "audience": ForWhom.MEMBERS,
        "for_whom": ForWhom.MEMBERS,
        "state": WebinarState.LIVE,
        "starts_at": now() - timedelta(minutes=1),
        "ends_at": now() + timedelta(hours=1),
        "started_at": now() - timedelta(seconds=30),
    }
    webinar = Webinar.objects.create(**(values | fields))
    set_role(webinar, presenter, CrewRole.PRESENTER)
    return webinar, presenter


def stream_of(webinar: Webinar, member: Member) -> Stream:
    return Stream(broadcast_of(webinar), member)


def pieces(data: bytes, size: int = 20_000) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def frame(take: int, seq: int, body: bytes) -> bytes:
    """A binary frame of the ingest socket."""
    return join({"take": take, "seq": seq, "captured_at": int(now().timestamp() * 1000)}, body)


def send(stream: Stream, data: bytes, *, take: int = 1, first: int = 1, size: int = 20_000) -> None:
    """Send a whole recording as the chunks of one take, and let it be cut."""
    for seq, body in enumerate(pieces(data, size), first):
        stream.chunk({"take": take, "seq": seq, "captured_at": int(now().timestamp() * 1000)}, body)
        stream.work()


def end(stream: Stream, take: int = 1) -> None:
    stream.control({"do": "take.end", "take": take})

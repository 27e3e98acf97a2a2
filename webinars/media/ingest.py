"""What the ingest socket does with a presenter's stream: each chunk to disk, then the row, then the answer."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from community.core.audiences import viewer_of
from community.core.errors import Conflict, Invalid, Missing, Refused
from community.core.models import new_public_id
from webinars.crews import roles_of
from webinars.media import packaging, storage
from webinars.models import Broadcast, Take, TakeState
from webinars.operations import broadcasting
from webinars.operations.broadcasting import HELD_FOR, Arrival
from webinars.policies import may_present

WINDOW = 32  # chunks that a client may have sent without an answer
LATEST = 2**31 - 1


class Stream:
    """The receiver of one socket (community.live.ingest)."""

    def __init__(self, broadcast: Broadcast, member: Any) -> None:
        self.broadcast, self.member = broadcast, member
        self.take: Take | None = None

    def may_send(self) -> bool:
        return bool(may_present(viewer_of(self.member), roles_of(self.member, self.broadcast.webinar)))

    def hello(self) -> dict[str, Any]:
        """Where the last take stands, so that a client knows what to send again."""
        last = self.broadcast.takes.order_by("-number").first()
        return {
            "is": "hello",
            "session": self.broadcast.public_id,
            "take": _shown(last) if last else None,
            "next_take": last.number + 1 if last else 1,
            "window": WINDOW,
            "hold_seconds": int(HELD_FOR.total_seconds()),
        }

    def control(self, frame: dict[str, Any]) -> dict[str, Any]:
        match frame.get("do"):
            case "hello":
                return self.hello()
            case "take.start":
                return self._start(frame)
            case "take.end":
                return self._end(frame)
        raise Invalid(_("There is no such command."))

    def chunk(self, header: dict[str, Any], body: bytes) -> dict[str, Any]:
        """Store a chunk. One that came before is acknowledged again; one that comes too early is not stored."""
        number, seq = _number(header, "take"), _number(header, "seq")
        captured = _moment(header.get("captured_at"))
        if not body:
            raise Invalid(_("A chunk holds at least one byte."))
        take = self._take(number, seq, captured)
        if take.next_seq is not None and seq < take.next_seq:
            return {"is": "ack", "take": number, "seq": seq, "acked": take.acked}
        if take.state != TakeState.OPEN or take.by_id != self.member.pk:
            raise Refused("take_closed", _("This recording has been ended or taken over."))
        expected = 1 if take.next_seq is None else take.next_seq
        if seq > expected:
            raise Conflict(_("Another chunk is expected."), theirs=str(expected))
        self.take = _keep(take, seq, captured, body, self.member)
        return {"is": "ack", "take": number, "seq": seq, "acked": self.take.acked}

    def work(self) -> None:
        if self.take is not None:
            packaging.advance(self.take.pk)

    def _start(self, frame: dict[str, Any]) -> dict[str, Any]:
        offset = frame.get("clock_offset", 0)
        if isinstance(offset, bool) or not isinstance(offset, int | float) or abs(offset) > 10**11:
            raise Invalid(_("clock_offset must be a number of milliseconds."))
        self._finish_other()
        self.take = broadcasting.begin_take(
            self.broadcast.webinar, by=self.member, started_at=_moment(frame.get("started_at")), offset=offset / 1000
        )
        return {"is": "take", **_shown(self.take)}

    def _end(self, frame: dict[str, Any]) -> dict[str, Any]:
        take = self.broadcast.takes.filter(number=_number(frame, "take"), by=self.member).first()
        if take is None:
            raise Missing
        self.take = broadcasting.end_take(take, by=self.member)
        packaging.advance(take.pk)
        take.refresh_from_db()
        return {"is": "take", **_shown(take)}

    def _finish_other(self) -> None:
        """What a take that is taken over has sent becomes segments before those of the next."""
        for take in self.broadcast.takes.filter(state__in=[TakeState.OPEN, TakeState.ENDING]):
            if take.state == TakeState.OPEN:
                broadcasting.end_take(take, by=self.member)
            packaging.advance(take.pk)

    def _take(self, number: int, seq: int, captured: datetime | None) -> Take:
        """The take of a chunk. A client may name the next take with its first chunk, without announcing it."""
        if self.take is None or self.take.number != number:
            self.take = self.broadcast.takes.filter(number=number).first()
        if self.take is None:
            if seq not in {0, 1}:
                raise Missing
            self._finish_other()
            self.take = broadcasting.begin_take(
                self.broadcast.webinar, by=self.member, started_at=captured, number=number
            )
        else:
            self.take.refresh_from_db()
        return self.take


def _keep(take: Take, seq: int, captured: datetime | None, body: bytes, by: Any) -> Take:
    container = packaging.container_of(body) if take.next_seq is None else take.container
    if not container:
        raise Invalid(_("A take begins with the beginning of an MP4 or WebM stream."))
    key = f"{packaging.folder_of(take)}/chunks/{seq}-{new_public_id()}"
    storage.put(key, body)
    arrival = Arrival(seq, len(body), hashlib.sha256(body).hexdigest(), key, captured, container)
    try:
        return broadcasting.keep_chunk(take, arrival, by=by)
    except Exception:
        storage.forget(key)
        raise


def stream_for(key: str, member: Any) -> Stream | None:
    """The stream of a session, for those who may present there."""
    broadcast = Broadcast.objects.select_related("webinar").filter(public_id=key).first()
    if broadcast is None:
        return None
    stream = Stream(broadcast, member)
    return stream if stream.may_send() else None


def _shown(take: Take) -> dict[str, Any]:
    return {"take": take.number, "state": take.state, "acked": take.acked, "error": take.error or None}


def _number(frame: dict[str, Any], name: str) -> int:
    value = frame.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LATEST:
        raise Invalid(_("take and seq must be whole numbers."))
    return value


def _moment(value: object) -> datetime | None:
    """Milliseconds since 1970 by the sender's clock."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 10**13:
        return None
    return datetime.fromtimestamp(value / 1000, UTC)

"""What the API of rooms gives."""

from typing import Any

from ninja import Schema


class EventOut(Schema):
    """One event of a room's log; `by` is null for an anonymous question and for the system."""

    seq: int
    verb: str
    at: str
    by: str | None
    body: dict[str, Any]


class EventsOut(Schema):
    """`seq` is the newest number there is. With `resync` the caller's place is worth nothing: start without it."""

    epoch: str
    seq: int
    events: list[EventOut]
    resync: bool = False


class AckOut(Schema):
    """What a command is answered; `held` and `queued` say that somebody looks first."""

    ref: str
    seq: int
    held: bool = False
    queued: bool = False
    line: str = ""
    question: str = ""
    poll: str = ""
    url: str = ""

"""What packages above bring to the ingest socket: who receives the stream of a session."""

from typing import Any, Protocol


class Receiver(Protocol):
    """Takes in the stream of one socket. Methods run in threads; they raise the boundary errors."""

    def hello(self) -> dict[str, Any]: ...
    def may_send(self) -> bool: ...
    def control(self, frame: dict[str, Any]) -> dict[str, Any]: ...
    def chunk(self, header: dict[str, Any], body: bytes) -> dict[str, Any]: ...
    def work(self) -> None:
        """What may be done after an acknowledgement; never runs twice at once for one socket."""


class Source(Protocol):
    def __call__(self, key: str, member: Any) -> Receiver | None:
        """The receiver for a session, or None when there is none or no right to it."""


_sources: list[Source] = []


def register_source(source: Source) -> None:
    _sources[:] = [source]


def receiver_for(key: str, member: Any) -> Receiver | None:
    return _sources[0](key, member) if _sources else None

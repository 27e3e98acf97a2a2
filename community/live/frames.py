"""A text frame that goes to many sockets: encoded once, as text and as the bytes on the wire."""

import json
from collections.abc import Iterable
from typing import Any

SHORT, LONG = 125, 0xFFFF
WHOLE_TEXT = 0x81


class Frame:
    """`text` for servers that frame it themselves, `wire` for ours, which writes the same bytes to every socket."""

    __slots__ = ("_wire", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._wire: bytes | None = None

    @classmethod
    def of(cls, **fields: Any) -> "Frame":
        """A frame from its fields; `is_` stands for "is"."""
        return cls(encode({name.rstrip("_"): value for name, value in fields.items()}))

    @property
    def wire(self) -> bytes:
        """An unmasked text frame of RFC 6455, whole and uncompressed."""
        if self._wire is None:
            payload = self.text.encode()
            self._wire = _head(len(payload)) + payload
        return self._wire


def encode(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def events_frame(encoded: Iterable[str]) -> Frame:
    """`{"is":"events","events":[…]}` of events that are encoded already."""
    return Frame(f'{{"is":"events","events":[{",".join(encoded)}]}}')


def _head(length: int) -> bytes:
    if length <= SHORT:
        return bytes((WHOLE_TEXT, length))
    if length <= LONG:
        return bytes((WHOLE_TEXT, 126)) + length.to_bytes(2, "big")
    return bytes((WHOLE_TEXT, 127)) + length.to_bytes(8, "big")

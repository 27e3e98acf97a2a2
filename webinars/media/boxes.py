"""The boxes of ISO base media files (ISO/IEC 14496-12): walking them within bounds, and writing them.

What comes in was made by a stranger's program, or by a stranger: every length is checked against what is there.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST_BOX = 24 * 1024 * 1024
MOST_CHILDREN = 512


class BadMedia(ValueError):
    """The bytes are not what they say they are. `code` is stable and holds no words of the sender."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Box:
    """A box inside a buffer: its four letters, where its header begins, where its content begins and where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


def boxes_in(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes that fill data[start:end] exactly; BadMedia when they do not."""
    end = len(data) if end is None else end
    for _ in range(MOST_CHILDREN):
        if start == end:
            return
        box = box_at(data, start, end)
        if box is None or box.end > end:
            raise BadMedia("box_exceeds_parent")
        yield box
        start = box.end
    raise BadMedia("too_many_boxes")


def box_at(data: bytes | bytearray, start: int, end: int) -> Box | None:
    """The box whose header begins at `start`, or None while its header is not whole. It may end after `end`."""
    if end - start < 8:
        return None
    size, kind = struct.unpack_from(">I4s", data, start)
    body = start + 8
    if size == 1:
        if end - start < 16:
            return None
        (size,) = struct.unpack_from(">Q", data, body)
        body += 8
    if size < body - start:
        raise BadMedia("box_too_small")
    return Box(kind, start, body, start + size)


def find(data: bytes, path: str, start: int = 0, end: int | None = None) -> Box | None:
    """The first box at a path such as "moov/trak/mdia"."""
    first, _slash, rest = path.partition("/")
    for box in boxes_in(data, start, end):
        if box.kind == first.encode():
            return find(data, rest, box.body, box.end) if rest else box
    return None


def need(data: bytes, path: str, start: int = 0, end: int | None = None) -> Box:
    """The same, where its absence is an error."""
    found = find(data, path, start, end)
    if found is None:
        raise BadMedia("box_missing")
    return found


def read(layout: str, data: bytes, offset: int, end: int) -> tuple[int, ...]:
    """Numbers at `offset`, which must lie before `end`."""
    if offset < 0 or offset + struct.calcsize(layout) > end:
        raise BadMedia("box_too_short")
    return struct.unpack_from(layout, data, offset)


def make(kind: bytes, *parts: bytes) -> bytes:
    """A box around the parts."""
    size = 8 + sum(map(len, parts))
    return b"".join([struct.pack(">I4s", size, kind), *parts])


def make_full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """A box with version and flags around the parts."""
    return make(kind, struct.pack(">I", version << 24 | flags), *parts)


class BoxReader:
    """Takes a stream piece by piece and gives each top-level box when it is whole."""

    def __init__(self, offset: int = 0) -> None:
        self.buffer = bytearray()
        self.offset = offset  # where in the stream the buffer begins

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
        """Each whole box as (kind, its bytes with the header, where in the stream it ends)."""
        self.buffer += data
        while (box := box_at(self.buffer, 0, len(self.buffer))) is not None:
            if box.end > LARGEST_BOX:
                raise BadMedia("box_too_large")
            if box.end > len(self.buffer):
                return
            whole = bytes(self.buffer[: box.end])
            del self.buffer[: box.end]
            self.offset += box.end
            yield box.kind, whole, self.offset


def replace_at(data: bytes, path: str, new: bytes, start: int = 0, end: int | None = None) -> bytes:
    """data[start:end] with the first box at `path` replaced; the sizes of its parents follow."""
    first, _slash, rest = path.partition("/")
    parts, is_done = [], False
    for box in boxes_in(data, start, end):
        whole = data[box.start : box.end]
        if not is_done and box.kind == first.encode():
            is_done = True
            whole = make(box.kind, replace_at(data, rest, new, box.body, box.end)) if rest else new
        parts.append(whole)
    if not is_done:
        raise BadMedia("box_missing")
    return b"".join(parts)

"""Finds the clusters of a WebM stream, where reading can begin anew (EBML, RFC 8794; Matroska, RFC 9559)."""

from collections.abc import Iterator
from dataclasses import dataclass

from webinars.media.boxes import BadMedia

SEGMENT, CLUSTER, TIMESTAMP, INFO, TIMESTAMP_SCALE = 0x18538067, 0x1F43B675, 0xE7, 0x1549A966, 0x2AD7B1
ENTERED = {SEGMENT, CLUSTER, INFO}
H264 = b"V_MPEG4/ISO/AVC"
LARGEST_ELEMENT = 24 * 1024 * 1024
LARGEST_HEAD = 1024 * 1024
DEFAULT_SCALE = 1_000_000  # nanoseconds


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a cluster begins, in bytes of the stream and in seconds."""

    offset: int
    seconds: float


class ClusterFinder:
    """Takes a stream piece by piece; `head` is what stands before the first cluster."""

    def __init__(self, *, head: bytes = b"", offset: int = 0) -> None:
        self.head = head
        self.offset = offset
        self.buffer = bytearray()
        self.scale = DEFAULT_SCALE
        self._open: int | None = None
        self._skip = 0
        self._head = bytearray()
        self._is_in_head = not head
        if head:
            self._read_scale(head)

    def feed(self, data: bytes) -> Iterator[Cluster]:
        """The clusters whose timestamps these bytes bring."""
        if self._is_in_head:
            self._head += data
            if len(self._head) > LARGEST_HEAD + len(data):
                raise BadMedia("head_too_large")
        self.buffer += data
        while self._step():
            if self._found is not None:
                yield self._found

    _found: Cluster | None = None

    def _step(self) -> bool:
        """Go over one element; False when more bytes are needed."""
        self._found = None
        if self._skip:
            going = min(self._skip, len(self.buffer))
            self._drop(going)
            self._skip -= going
            return going > 0
        header = _header(self.buffer)
        if header is None:
            return False
        identifier, size, length = header
        if identifier == CLUSTER:
            self._open = self.offset
            self._end_head()
        if identifier in ENTERED:
            self._drop(length)
            return True
        if identifier in {TIMESTAMP, TIMESTAMP_SCALE}:
            return self._number(identifier, length, size)
        if size is None or size > LARGEST_ELEMENT:
            raise BadMedia("element_too_large")
        self._drop(length)
        self._skip = size
        return True

    def _number(self, identifier: int, length: int, size: int | None) -> bool:
        if size is None or size > 8:
            raise BadMedia("element_too_large")
        if len(self.buffer) < length + size:
            return False
        value = int.from_bytes(self.buffer[length : length + size], "big")
        self._drop(length + size)
        if identifier == TIMESTAMP_SCALE:
            self.scale = value or DEFAULT_SCALE
        elif self._open is not None:
            self._found = Cluster(self._open, value * self.scale / 1e9)
            self._open = None
        return True

    def _end_head(self) -> None:
        if self._is_in_head:
            self.head = bytes(self._head[: self.offset])
            self._is_in_head = False
            self._head = bytearray()

    def _drop(self, size: int) -> None:
        del self.buffer[:size]
        self.offset += size

    def _read_scale(self, head: bytes) -> None:
        at = head.find(TIMESTAMP_SCALE.to_bytes(3, "big"))
        header = _header(head[at:]) if at >= 0 else None
        if header and header[1] and header[1] <= 8:
            begin = at + header[2]
            self.scale = int.from_bytes(head[begin : begin + header[1]], "big") or DEFAULT_SCALE


def _header(data: bytes | bytearray) -> tuple[int, int | None, int] | None:
    """Identifier, size (None: unknown) and length of the header of the element at the beginning; None: not whole."""
    if not data:
        return None
    width = 9 - data[0].bit_length()
    if width > 4:
        raise BadMedia("bad_element")
    if len(data) < width + 1:
        return None
    size_width = 9 - data[width].bit_length()
    if size_width > 8:
        raise BadMedia("bad_element")
    if len(data) < width + size_width:
        return None
    raw = int.from_bytes(data[width : width + size_width], "big")
    mask = (1 << 7 * size_width) - 1
    size = None if raw & mask == mask else raw & mask
    return int.from_bytes(data[:width], "big"), size, width + size_width

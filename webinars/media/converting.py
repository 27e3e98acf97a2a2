"""A live take that must be decoded: one ffmpeg for each, fed from the chunks on disk, its output cut like any MP4.

Whoever holds the take's lease runs it, in a thread of its own; when that process dies, another begins again at the last
cluster whose picture has become a segment. The socket has no part in it.
"""

import logging
import threading
import time
from bisect import bisect_right

from django.db import close_old_connections

from community.core.actors import SYSTEM
from community.core.errors import Conflict
from community.core.models import new_public_id
from webinars.media import packaging, storage
from webinars.media.boxes import BadMedia
from webinars.media.cutting import Cutter, Piece
from webinars.media.ffmpeg import SHIFT, Converter
from webinars.media.webm import H264, Cluster, ClusterFinder
from webinars.models import Chunk, Container, Segment, Take, TakeState
from webinars.operations import broadcasting

log = logging.getLogger(__name__)

LOOK_AGAIN = 0.5
RENEW = 5.0
MOST_FAILURES = 3
RUNNING = {TakeState.OPEN, TakeState.ENDING}

_runs: dict[int, "Run"] = {}
_guard = threading.Lock()


def ensure(take: Take) -> None:
    """See to it that somebody converts this take: wake our own run, or start one if nobody has the lease."""
    with _guard:
        run = _runs.get(take.pk)
        if run is not None and run.is_alive():
            run.bell.set()
            return
        name = new_public_id()
        if broadcasting.lease_take(take, name):
            _runs[take.pk] = Run(take.pk, name)
            _runs[take.pk].start()


packaging.converters[:] = [ensure]


class Run(threading.Thread):
    """Converts one take until it ends or somebody else has its lease."""

    def __init__(self, take_id: int, name: str) -> None:
        super().__init__(name=f"convert-{take_id}", daemon=True)
        self.take_id = take_id
        self.lease = name
        self.bell = threading.Event()

    def run(self) -> None:
        close_old_connections()
        try:
            convert(Take.objects.select_related("broadcast").get(pk=self.take_id), self.lease, self.bell)
        except Exception as error:
            log.warning("conversion ended", extra={"take": self.take_id, "kind": type(error).__name__}, exc_info=True)
        finally:
            close_old_connections()


def convert(take: Take, lease: str, bell: threading.Event) -> None:
    """Feed ffmpeg until the take ends; begin again at the last safe place when ffmpeg breaks down."""
    for _attempt in range(MOST_FAILURES):
        if Conversion(take, lease, bell).work():
            return
        take.refresh_from_db()
    broadcasting.close_take(take, by=SYSTEM, error="unreadable")


class Conversion:
    """One life of ffmpeg for a take."""

    def __init__(self, take: Take, lease: str, bell: threading.Event) -> None:
        self.take, self.lease, self.bell = take, lease, bell
        self.head_key = f"{packaging.folder_of(take)}/head"
        self.shown_until = _shown_until(take)
        self.clusters: list[Cluster] = []
        self.cutter = Cutter(number=take.broadcast.next_segment)
        self.failure: Exception | None = None
        self.leased_at = 0.0

    def work(self) -> bool:
        """True when there is nothing left to do here."""
        head = storage.read(self.head_key) if storage.size_of(self.head_key) and self.take.consumed else b""
        self.finder = ClusterFinder(head=head, offset=self.take.consumed if head else 0)
        first = self._first_bytes(head)
        if first is None:
            return True
        is_matroska = self.take.container == Container.WEBM
        self.ffmpeg = Converter("matroska" if is_matroska else "mov", copy_picture=is_matroska and H264 in first)
        reader = threading.Thread(target=self._read, daemon=True)
        reader.start()
        try:
            is_over = self._feed(head)
        except (BrokenPipeError, BadMedia) as error:
            self.failure, is_over = error, False
        if not is_over:
            self.ffmpeg.stop()
        reader.join()
        code = self.ffmpeg.wait()
        if isinstance(self.failure, Conflict) or self.take.state not in RUNNING:
            return True
        if code or self.failure or not is_over:
            return False
        broadcasting.close_take(self.take, by=SYSTEM)
        packaging.forget_chunks(self.take, self.take.received)
        return True

    def _first_bytes(self, head: bytes) -> bytes | None:
        """What tells the codec: the beginning of the stream; None while there is none."""
        if head:
            return head
        chunk = Chunk.objects.filter(take=self.take).exclude(key="").order_by("seq").first()
        return storage.read(chunk.key) if chunk else None

    def _feed(self, head: bytes) -> bool:
        """Everything that has come and comes, until the take ends (True) or its lease is lost (False)."""
        if head:
            self.ffmpeg.write(head)
        offset = self.finder.offset
        while self._may_go_on():
            for chunk in self._from(offset):
                data = storage.read(chunk.key)[max(0, offset - chunk.offset) :]
                self._look_for_clusters(data)
                self.ffmpeg.write(data)
                offset = chunk.offset + chunk.size
                if not self._may_go_on():
                    return False
            if self.take.state == TakeState.ENDING and offset >= self.take.received:
                self.ffmpeg.close_input()
                return True
            self.bell.wait(LOOK_AGAIN)
            self.bell.clear()
        return False

    def _from(self, offset: int) -> list[Chunk]:
        rows = Chunk.objects.filter(take=self.take).exclude(key="").order_by("seq")
        return [chunk for chunk in rows if chunk.offset + chunk.size > offset]

    def _look_for_clusters(self, data: bytes) -> None:
        if self.take.container != Container.WEBM:
            return
        had_head = bool(self.finder.head)
        self.clusters += self.finder.feed(data)
        if self.finder.head and not had_head:
            storage.put(self.head_key, self.finder.head)

    def _may_go_on(self) -> bool:
        if self.failure:
            return False
        if time.monotonic() - self.leased_at > RENEW:
            self.leased_at = time.monotonic()
            if not broadcasting.lease_take(self.take, self.lease):
                return False
        self.take.refresh_from_db(fields=["state", "received"])
        return self.take.state in RUNNING

    # --- What ffmpeg gives ---

    def _read(self) -> None:
        """Cut and store its output; the thread beside the one that feeds it."""
        try:
            while data := self.ffmpeg.read():
                for piece in self.cutter.feed(data):
                    self._store(piece)
            for piece in self.cutter.finish():
                self._store(piece)
        except (BadMedia, Conflict, OSError) as error:
            self.failure = error
            self.ffmpeg.stop()
        finally:
            close_old_connections()

    def _store(self, piece: Piece) -> None:
        """What a life before this one has stored already is not stored again."""
        if piece.start < self.shown_until - piece.duration / 2:
            return
        end = piece.start + piece.duration
        packaging.store(self.take, self.cutter.movie, piece, consumed=(self.take.consumed, self._safe_place(end)))
        self.shown_until = end

    def _safe_place(self, seconds: float) -> int:
        """The last cluster that begins before this second: from there everything can be made again."""
        index = bisect_right([cluster.seconds for cluster in self.clusters], seconds - SHIFT) - 1
        return max(self.take.consumed, self.clusters[index].offset if index >= 0 else 0)


def _shown_until(take: Take) -> float:
    last = Segment.objects.filter(rendition__take=take).order_by("-seq").first()
    return (take.zero or 0) + last.take_start + last.duration if last else 0.0

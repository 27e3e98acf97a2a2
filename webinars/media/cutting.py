"""Cuts a growing stream of fragmented MP4 into segments at key frames. Pure: bytes in, segments out.

MediaRecorder flushes a fragment when the next key frame comes, so that a fragment is a group of pictures and can
stand alone. Where a recorder writes fragments that begin elsewhere, a segment grows until the next key frame.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from webinars.media.boxes import BadMedia, BoxReader
from webinars.media.fragments import Fragment, laid, read_fragment, write_fragment
from webinars.media.movies import AUDIO, VIDEO, Movie, only, read_movie

AIM = 1.0  # seconds; shorter groups of pictures are put together
LATE = 0.9  # of AIM: a group that is a little short is a segment all the same
LONGEST = 6.0


@dataclass(frozen=True)
class Piece:
    """One segment as it was cut. Times in seconds of the stream; `end` is where in the stream its bytes end."""

    main: bytes
    audio: bytes
    start: float
    duration: float
    end: int


class Cutter:
    """Feed it the bytes of one take in order; `offset` and `movie` let it go on where an earlier one stopped."""

    def __init__(self, *, movie: Movie | None = None, offset: int = 0, number: int = 0) -> None:
        self.reader = BoxReader(offset)
        self.movie = movie
        self.number = number
        self.pending: list[Fragment] = []
        self.end = offset  # where the bytes of the last of them end
        self.every_fragment_is_whole = True
        self._ftyp = b""
        self._moof = b""

    def feed(self, data: bytes) -> Iterator[Piece]:
        """The segments that these bytes complete. Raises BadMedia for good: the stream cannot be read on."""
        for kind, box, end in self.reader.feed(data):
            if kind == b"ftyp":
                self._ftyp = box
            elif kind == b"moov":
                self._begin(box)
            elif kind == b"moof":
                self._moof = box
            elif kind == b"mdat":
                yield from self._fragment(box, end)

    def finish(self) -> Iterator[Piece]:
        """What is left when no more bytes will come."""
        if self.pending:
            yield self._piece()

    def _begin(self, moov: bytes) -> None:
        if self.movie is None:
            self.movie = read_movie(self._ftyp + moov)

    def _fragment(self, mdat: bytes, end: int) -> Iterator[Piece]:
        if self.movie is None or not self._moof:
            raise BadMedia("not_fragmented")
        fragment = read_fragment(self._moof + mdat, self.movie)
        self._moof = b""
        if fragment.lead is None:
            return
        if not fragment.begins_at_key:
            self.every_fragment_is_whole = False
        elif self.pending and self._length() >= AIM * LATE:
            yield self._piece()
        self.pending.append(fragment)
        self.end = end
        if self._length() >= (AIM * LATE if self.every_fragment_is_whole else LONGEST):
            yield self._piece()

    def _length(self) -> float:
        return sum(fragment.lead.seconds for fragment in self.pending if fragment.lead)

    def _piece(self) -> Piece:
        fragments, self.pending = self.pending, []
        leads = [lead for fragment in fragments if (lead := fragment.lead)]
        self.number += 1
        sound = laid(fragments, AUDIO)
        return Piece(
            main=b"".join(fragment.data for fragment in fragments),
            audio=write_fragment(self.number, [sound]) if sound else b"",
            start=leads[0].start_seconds,
            duration=max(sum(lead.seconds for lead in leads), 0.001),
            end=self.end,
        )


def audio_init(movie: Movie) -> bytes:
    """The beginning of the rendition with sound only; empty when there is no sound."""
    track = movie.first(AUDIO)
    return only(movie, track) if track else b""


def has_picture(movie: Movie) -> bool:
    return movie.first(VIDEO) is not None

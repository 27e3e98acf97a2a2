"""Ordinary MP4 files, with one `moov` before or after the media, cut at key frames into fragments without ffmpeg.

Reads only the boxes it needs, wherever they are; samples are copied from the file a segment at a time.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from webinars.media.boxes import BadMedia, Box, box_at, find, make, make_full, need, read
from webinars.media.cutting import Piece, audio_init
from webinars.media.fragments import NOT_SYNC, Laid, Sample, write_fragment
from webinars.media.movies import AUDIO, VIDEO, Movie, Track, read_movie

LARGEST_MOOV = 64 * 1024 * 1024
MOST_SAMPLES = 4_000_000
MOST_BOXES = 2_000_000
AIM = 4.0  # seconds: recordings are not in a hurry, and fewer segments make smaller playlists
DEPENDS_ON_NONE = 0x02000000


@dataclass(frozen=True)
class Table:
    """The samples of a track: parallel lists, times in ticks."""

    track: Track
    times: list[int]  # of decoding, one more than samples: the last is the end
    sizes: list[int]
    offsets: list[int]
    shifts: list[int]
    syncs: set[int] | None  # None: every sample

    def is_sync(self, index: int) -> bool:
        return self.syncs is None or index in self.syncs

    def index_at(self, seconds: float) -> int:
        """The first sample that is decoded at this moment or later."""
        return min(len(self.sizes), bisect_right(self.times, round(seconds * self.track.timescale) - 1))


class MovieFile:
    """An MP4 file on disk. `is_fragmented` ones are for the Cutter."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        with path.open("rb") as file:
            ftyp, moov, self.is_fragmented = _beginnings(file, self.size)
        self.movie: Movie = read_movie(ftyp + moov)
        self.moov = moov

    @cached_property
    def fragmented(self) -> Movie:
        """The movie as its fragments see it."""
        return read_movie(self.init)

    @property
    def init(self) -> bytes:
        """A beginning for fragments: the same tracks, without their tables, and with defaults for fragments."""
        trexes = [
            make_full(b"trex", 0, 0, struct.pack(">5I", track.id, 1, 0, 0, 0)) for track in self.movie.tracks.values()
        ]
        parts = [_without_tables(part) for part in _children(self.moov, {b"mvhd", b"trak"}, self.movie)]
        ftyp = make(b"ftyp", b"iso5", struct.pack(">I", 512), b"iso5iso6mp41")
        return ftyp + make(b"moov", *parts, make(b"mvex", *trexes))

    def pieces(self) -> Iterator[Piece]:
        """Segments from key frame to key frame; `end` is how many bytes of media have been used."""
        movie = self.fragmented
        tables = [_table(self.moov, track, self.size) for track in self.movie.tracks.values()]
        lead = next((table for table in tables if table.track.kind == VIDEO), tables[0])
        used = 0
        with self.path.open("rb") as file:
            for number, (first, last) in enumerate(_stretches(lead), 1):
                start, end = (lead.times[index] / lead.track.timescale for index in (first, last))
                laid = {
                    table.track.kind: _laid(file, table, *_span(table, lead, first, last, start, end))
                    for table in tables
                }
                tracks = [each for each in laid.values() if each.samples]
                sound = laid.get(AUDIO)
                used += sum(len(each.payload) for each in tracks)
                audio = write_fragment(number, [sound]) if sound and sound.samples and audio_init(movie) else b""
                yield Piece(write_fragment(number, tracks), audio, start, end - start, used)


def _beginnings(file: BinaryIO, size: int) -> tuple[bytes, bytes, bool]:
    """`ftyp` and `moov` wherever they stand, and whether the media is in fragments."""
    ftyp = moov = b""
    at = 0
    for _ in range(MOST_BOXES):
        file.seek(at)
        box = box_at(header := file.read(16), 0, len(header))
        if box is None:
            break
        end = size if int.from_bytes(header[:4], "big") == 0 else at + box.end
        if end > size:
            raise BadMedia("truncated")
        if box.kind in {b"ftyp", b"moov"}:
            if end - at > LARGEST_MOOV:
                raise BadMedia("box_too_large")
            file.seek(at)
            whole = file.read(end - at)
            ftyp, moov = (whole, moov) if box.kind == b"ftyp" else (ftyp, whole)
        if moov and (box.kind in {b"moof"} or find(moov, "moov/mvex")):
            return ftyp, moov, True
        at = end
    if not moov:
        raise BadMedia("no_moov")
    return ftyp, moov, False


def _children(moov: bytes, kinds: set[bytes], movie: Movie) -> Iterator[bytes]:
    known = {track.trak for track in movie.tracks.values()}
    offset = len(movie.init) - len(moov)
    outer = need(moov, "moov")
    at = outer.body
    while (box := box_at(moov, at, outer.end)) is not None:
        is_known = box.kind != b"trak" or (box.start + offset, box.end + offset) in known
        if box.kind in kinds and is_known:
            yield moov[box.start : box.end]
        at = box.end


def _without_tables(part: bytes) -> bytes:
    """A `trak` whose tables are empty; edit lists go, as their shift is taken up in the times of samples."""
    if part[4:8] != b"trak":
        return part
    stsd = need(part, "trak/mdia/minf/stbl/stsd")
    empty = [make_full(kind, 0, 0, struct.pack(">I", 0)) for kind in (b"stts", b"stsc", b"stco")]
    sizes = make_full(b"stsz", 0, 0, struct.pack(">2I", 0, 0))
    table = make(b"stbl", part[stsd.start : stsd.end], *empty, sizes)
    outer, mdia = need(part, "trak"), need(part, "trak/mdia")
    minf = need(part, "trak/mdia/minf")
    inner = _rebuilt(part, minf, b"stbl", table)
    mdia_new = _rebuilt(part, mdia, b"minf", make(b"minf", inner))
    return make(b"trak", _rebuilt(part, outer, b"mdia", make(b"mdia", mdia_new), leave_out=frozenset({b"edts"})))


def _rebuilt(data: bytes, parent: Box, kind: bytes, new: bytes, *, leave_out: frozenset[bytes] = frozenset()) -> bytes:
    """The content of a box with its child of one kind replaced."""
    parts, at = [], parent.body
    while (box := box_at(data, at, parent.end)) is not None:
        if box.kind not in leave_out:
            parts.append(new if box.kind == kind else data[box.start : box.end])
        at = box.end
    return b"".join(parts)


def _stretches(lead: Table) -> Iterator[tuple[int, int]]:
    """From a key frame up to the first one that is AIM seconds later."""
    count, first = len(lead.sizes), 0
    scale = lead.track.timescale
    for index in range(1, count):
        if lead.is_sync(index) and lead.times[index] - lead.times[first] >= AIM * scale * 0.95:
            yield first, index
            first = index
    if first < count:
        yield first, count


def _span(table: Table, lead: Table, first: int, last: int, start: float, end: float) -> tuple[int, int]:
    """Which samples of a track go with a stretch of the leading one; the last stretch takes what is left."""
    if table is lead:
        return first, last
    begin = 0 if first == 0 else table.index_at(start)
    return begin, len(table.sizes) if last == len(lead.sizes) else table.index_at(end)


def _laid(file: BinaryIO, table: Table, first: int, last: int) -> Laid:
    samples, payload = [], []
    for index in range(first, last):
        flags = DEPENDS_ON_NONE if table.is_sync(index) else NOT_SYNC
        duration = table.times[index + 1] - table.times[index]
        shift = table.shifts[index] if table.shifts else 0
        samples.append(Sample(duration, table.sizes[index], flags, shift, 0))
        file.seek(table.offsets[index])
        payload.append(file.read(table.sizes[index]))
    return Laid(table.track.id, table.times[first] if samples else 0, tuple(samples), b"".join(payload))


# --- Tables of samples (ISO/IEC 14496-12, 8.6 and 8.7) ----------------------------------------------------------


def _table(moov: bytes, track: Track, size: int) -> Table:
    """The samples of a track; BadMedia when one lies outside of the file."""
    # `trak` was found in ftyp + moov; here it is found again by its number.
    stbl, data = _stbl(moov, track)
    sizes = _sizes(data, need(data, "stsz", stbl.body, stbl.end))
    times = _times(data, need(data, "stts", stbl.body, stbl.end), len(sizes))
    shifts = _shifts(data, find(data, "ctts", stbl.body, stbl.end), len(sizes))
    syncs = _syncs(data, find(data, "stss", stbl.body, stbl.end))
    offsets = _offsets(data, stbl, sizes)
    if not sizes:
        raise BadMedia("no_samples")
    if any(offset + length > size for offset, length in zip(offsets, sizes, strict=True)):
        raise BadMedia("truncated")
    return Table(track, times, sizes, offsets, [shift - track.edit for shift in shifts], syncs)


def _stbl(moov: bytes, track: Track) -> tuple[Box, bytes]:
    outer = need(moov, "moov")
    at = outer.body
    while (box := box_at(moov, at, outer.end)) is not None:
        if box.kind == b"trak":
            tkhd = need(moov, "tkhd", box.body, box.end)
            version = moov[tkhd.body]
            if read(">I", moov, tkhd.body + (20 if version else 12), tkhd.end)[0] == track.id:
                return need(moov, "mdia/minf/stbl", box.body, box.end), moov
        at = box.end
    raise BadMedia("box_missing")


def _sizes(data: bytes, stsz: Box) -> list[int]:
    fixed, count = read(">2I", data, stsz.body + 4, stsz.end)
    if count > MOST_SAMPLES:
        raise BadMedia("too_many_samples")
    return [fixed] * count if fixed else list(read(f">{count}I", data, stsz.body + 12, stsz.end))


def _pairs(data: bytes, box: Box) -> Iterator[tuple[int, int]]:
    count = read(">I", data, box.body + 4, box.end)[0]
    if count > MOST_SAMPLES:
        raise BadMedia("too_many_samples")
    values = read(f">{2 * count}I", data, box.body + 8, box.end)
    return zip(values[::2], values[1::2], strict=True)


def _times(data: bytes, stts: Box, count: int) -> list[int]:
    times = [0]
    for run, delta in _pairs(data, stts):
        if len(times) + run > count + 1:
            raise BadMedia("tables_disagree")
        times.extend(range(times[-1] + delta, times[-1] + delta * run + 1, delta) if delta else [times[-1]] * run)
    if len(times) != count + 1:
        raise BadMedia("tables_disagree")
    return times


def _shifts(data: bytes, ctts: Box | None, count: int) -> list[int]:
    if ctts is None:
        return [0] * count
    shifts: list[int] = []
    for run, shift in _pairs(data, ctts):
        if len(shifts) + run > count:
            raise BadMedia("tables_disagree")
        shifts += [shift - (1 << 32) if shift >= 1 << 31 else shift] * run
    return shifts + [0] * (count - len(shifts))


def _syncs(data: bytes, stss: Box | None) -> set[int] | None:
    if stss is None:
        return None
    count = read(">I", data, stss.body + 4, stss.end)[0]
    if count > MOST_SAMPLES:
        raise BadMedia("too_many_samples")
    return {number - 1 for number in read(f">{count}I", data, stss.body + 8, stss.end)}


def _offsets(data: bytes, stbl: Box, sizes: list[int]) -> list[int]:
    """Where each sample lies: chunks hold runs of samples one after another."""
    starts = _chunk_starts(data, stbl)
    stsc = need(data, "stsc", stbl.body, stbl.end)
    count = read(">I", data, stsc.body + 4, stsc.end)[0]
    if count > MOST_SAMPLES:
        raise BadMedia("too_many_samples")
    values = read(f">{3 * count}I", data, stsc.body + 8, stsc.end)
    runs = [*zip(values[::3], values[1::3], strict=True), (len(starts) + 1, 0)]
    offsets: list[int] = []
    for (first, per_chunk), (following, _none) in pairwise(runs):
        for chunk in range(first - 1, min(following - 1, len(starts))):
            at = starts[chunk]
            for _ in range(min(per_chunk, len(sizes) - len(offsets))):
                offsets.append(at)
                at += sizes[len(offsets) - 1]
    if len(offsets) != len(sizes):
        raise BadMedia("tables_disagree")
    return offsets


def _chunk_starts(data: bytes, stbl: Box) -> list[int]:
    box, layout = find(data, "stco", stbl.body, stbl.end), "I"
    if box is None:
        box, layout = need(data, "co64", stbl.body, stbl.end), "Q"
    count = read(">I", data, box.body + 4, box.end)[0]
    if count > MOST_SAMPLES:
        raise BadMedia("too_many_samples")
    return list(read(f">{count}{layout}", data, box.body + 8, box.end))

"""Fragments, `moof` + `mdat`: what samples they hold and when, and writing one anew with some of the tracks."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webinars.media.boxes import BadMedia, Box, boxes_in, find, make, make_full, need, read
from webinars.media.movies import AUDIO, VIDEO, Defaults, Movie, Track

# Flags of `tfhd` and `trun` (ISO/IEC 14496-12, 8.8.7 and 8.8.8).
BASE_OFFSET, DESCRIPTION, DURATION, SIZE, FLAGS, BASE_IS_MOOF = 0x1, 0x2, 0x8, 0x10, 0x20, 0x20000
RUN_OFFSET, RUN_FIRST_FLAGS, RUN_DURATION, RUN_SIZE, RUN_FLAGS, RUN_SHIFT = 0x1, 0x4, 0x100, 0x200, 0x400, 0x800
NOT_SYNC = 0x10000
MOST_SAMPLES = 20_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One frame: ticks of its track's time scale; `offset` counts from the beginning of the fragment."""

    duration: int
    size: int
    flags: int
    shift: int
    offset: int

    @property
    def is_sync(self) -> bool:
        return not self.flags & NOT_SYNC


@dataclass(frozen=True)
class Run:
    """The samples of one track in a fragment; `start` is the decode time of the first."""

    track: Track
    start: int
    samples: tuple[Sample, ...]

    @property
    def duration(self) -> int:
        return sum(sample.duration for sample in self.samples)

    @property
    def start_seconds(self) -> float:
        return self.start / self.track.timescale

    @property
    def seconds(self) -> float:
        return self.duration / self.track.timescale


@dataclass(frozen=True)
class Fragment:
    """A `moof` with its `mdat`, as it came."""

    data: bytes
    runs: tuple[Run, ...]

    def run(self, kind: str) -> Run | None:
        return next((run for run in self.runs if run.track.kind == kind and run.samples), None)

    @property
    def lead(self) -> Run | None:
        """What a segment is timed by: the picture, or the sound where there is no picture."""
        return self.run(VIDEO) or self.run(AUDIO)

    @property
    def begins_at_key(self) -> bool:
        lead = self.lead
        return lead is not None and (lead.track.kind == AUDIO or lead.samples[0].is_sync)

    def payload(self, run: Run) -> bytes:
        return b"".join(self.data[sample.offset : sample.offset + sample.size] for sample in run.samples)


def read_fragment(data: bytes, movie: Movie) -> Fragment:
    """Read `moof` + `mdat`; BadMedia when a sample would lie outside of them."""
    moof = need(data, "moof")
    runs = [
        run
        for box in boxes_in(data, moof.body, moof.end)
        if box.kind == b"traf" and (run := _run(data, box, moof, movie)) is not None
    ]
    if len({run.track.id for run in runs}) < len(runs):
        raise BadMedia("track_twice")
    return Fragment(data, tuple(runs))


def _run(data: bytes, traf: Box, moof: Box, movie: Movie) -> Run | None:
    tfhd = need(data, "tfhd", traf.body, traf.end)
    number = read(">I", data, tfhd.body + 4, tfhd.end)[0]
    track = movie.tracks.get(number)
    if track is None:
        return None
    defaults = _defaults(data, tfhd, track)
    samples: list[Sample] = []
    offset = moof.start
    for box in boxes_in(data, traf.body, traf.end):
        if box.kind == b"trun":
            samples += _samples(data, box, defaults, moof.start, offset, MOST_SAMPLES - len(samples))
            offset = samples[-1].offset + samples[-1].size if samples else offset
    return Run(track, _decode_time(data, traf), tuple(samples))


def _defaults(data: bytes, tfhd: Box, track: Track) -> Defaults:
    flags = read(">I", data, tfhd.body, tfhd.end)[0] & 0xFFFFFF
    if flags & BASE_OFFSET:
        raise BadMedia("absolute_offsets")
    at = tfhd.body + 8 + (4 if flags & DESCRIPTION else 0)
    values = [track.defaults.duration, track.defaults.size, track.defaults.flags]
    for index, flag in enumerate((DURATION, SIZE, FLAGS)):
        if flags & flag:
            values[index] = read(">I", data, at, tfhd.end)[0]
            at += 4
    return Defaults(*values)


def _decode_time(data: bytes, traf: Box) -> int:
    tfdt = find(data, "tfdt", traf.body, traf.end)
    if tfdt is None:
        raise BadMedia("no_decode_time")
    version = read(">B", data, tfdt.body, tfdt.end)[0]
    return read(">Q" if version else ">I", data, tfdt.body + 4, tfdt.end)[0]


def _samples(data: bytes, trun: Box, defaults: Defaults, base: int, offset: int, most: int) -> Iterator[Sample]:
    word, count = read(">2I", data, trun.body, trun.end)
    flags, is_signed = word & 0xFFFFFF, word >> 24 > 0
    if count > most:
        raise BadMedia("too_many_samples")
    at, first_flags = trun.body + 8, None
    if flags & RUN_OFFSET:
        offset = base + read(">i", data, at, trun.end)[0]
        at += 4
    if flags & RUN_FIRST_FLAGS:
        first_flags = read(">I", data, at, trun.end)[0]
        at += 4
    for index in range(count):
        values = [defaults.duration, defaults.size, defaults.flags, 0]
        if index == 0 and first_flags is not None:
            values[2] = first_flags
        for place, flag in enumerate((RUN_DURATION, RUN_SIZE, RUN_FLAGS, RUN_SHIFT)):
            if flags & flag:
                values[place] = read(">i" if place == 3 and is_signed else ">I", data, at, trun.end)[0]
                at += 4
        if offset < 0 or offset + values[1] > len(data):
            raise BadMedia("sample_outside")
        duration, size, sample_flags, shift = values
        yield Sample(duration, size, sample_flags, shift, offset)
        offset += values[1]


# --- Writing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Laid:
    """A track's samples on their way into a new fragment, with the bytes they stand for."""

    track_id: int
    start: int
    samples: tuple[Sample, ...]
    payload: bytes


def laid(fragments: Sequence[Fragment], kind: str) -> Laid | None:
    """The samples of one kind of track in these fragments, one after another."""
    runs = [(fragment, run) for fragment in fragments if (run := fragment.run(kind)) is not None]
    if not runs:
        return None
    samples = tuple(sample for _fragment, run in runs for sample in run.samples)
    payload = b"".join(fragment.payload(run) for fragment, run in runs)
    return Laid(runs[0][1].track.id, runs[0][1].start, samples, payload)


def write_fragment(number: int, tracks: Iterable[Laid]) -> bytes:
    """`moof` + `mdat` with these tracks, each in one run."""
    tracks = list(tracks)
    empty = _moof(number, tracks, 0)
    return _moof(number, tracks, len(empty) + 8) + make(b"mdat", *(track.payload for track in tracks))


def _moof(number: int, tracks: list[Laid], offset: int) -> bytes:
    parts = [make_full(b"mfhd", 0, 0, struct.pack(">I", number & 0xFFFFFFFF))]
    for track in tracks:
        tfhd = make_full(b"tfhd", 0, BASE_IS_MOOF, struct.pack(">I", track.track_id))
        tfdt = make_full(b"tfdt", 1, 0, struct.pack(">Q", track.start))
        parts.append(make(b"traf", tfhd, tfdt, _trun(track.samples, offset)))
        offset += len(track.payload)
    return make(b"moof", *parts)


def _trun(samples: Sequence[Sample], offset: int) -> bytes:
    flags = RUN_OFFSET | RUN_DURATION | RUN_SIZE | RUN_FLAGS | RUN_SHIFT
    rows = (struct.pack(">3Ii", each.duration, each.size, each.flags, _signed(each.shift)) for each in samples)
    return make_full(b"trun", 1, flags, struct.pack(">Ii", len(samples), offset), *rows)


def _signed(shift: int) -> int:
    """Older files keep negative shifts as large unsigned numbers."""
    return shift - (1 << 32) if shift >= 1 << 31 else shift

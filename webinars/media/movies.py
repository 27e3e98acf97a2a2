"""What a `moov` box says: tracks, their time scales, codecs and sizes, and the defaults of their fragments."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from webinars.media.boxes import BadMedia, Box, boxes_in, find, make, need, read

VIDEO, AUDIO = "video", "audio"
HANDLERS = {b"vide": VIDEO, b"soun": AUDIO}
MOST_TRACKS = 8
# Object types of MPEG-4 audio (ISO/IEC 14496-3, 1.5.1.1): AAC-LC is 2.
AAC = "mp4a.40."


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a sample is when its fragment does not say (the `trex` box)."""

    duration: int = 0
    size: int = 0
    flags: int = 0


@dataclass(frozen=True)
class Track:
    """One track of a movie. `codec` is written as in RFC 6381, or is empty where we do not know it."""

    id: int
    kind: str
    timescale: int
    codec: str
    width: int = 0
    height: int = 0
    defaults: Defaults = field(default_factory=Defaults)
    trak: tuple[int, int] = (0, 0)  # where the track's box lies in the init
    edit: int = 0  # media time at which the presentation begins, in the track's time scale


@dataclass(frozen=True)
class Movie:
    """The beginning of a file: `ftyp` and `moov`, as they were, and what they say."""

    init: bytes
    tracks: dict[int, Track]

    def first(self, kind: str) -> Track | None:
        return next((track for track in self.tracks.values() if track.kind == kind), None)

    @property
    def codecs(self) -> str:
        """For the CODECS attribute of a playlist; video first."""
        found = [self.first(VIDEO), self.first(AUDIO)]
        return ",".join(track.codec or "?" for track in found if track)

    @property
    def plays_everywhere(self) -> bool:
        """H.264 and AAC, one track of each at most: what every browser plays from fragments."""
        kinds = [track.kind for track in self.tracks.values()]
        video, audio = self.first(VIDEO), self.first(AUDIO)
        return (
            0 < len(kinds) == len(set(kinds))
            and (video is None or video.codec.startswith("avc1."))
            and (audio is None or audio.codec.startswith(AAC))
        )


def read_movie(init: bytes) -> Movie:
    """Read `ftyp` + `moov`; BadMedia when they make no sense."""
    moov = need(init, "moov")
    defaults = dict(_defaults(init, moov))
    tracks: dict[int, Track] = {}
    for box in boxes_in(init, moov.body, moov.end):
        track = _track(init, box, defaults) if box.kind == b"trak" else None
        if track and track.id in tracks:
            raise BadMedia("track_twice")
        if track:
            tracks[track.id] = track
    if not tracks or len(tracks) > MOST_TRACKS:
        raise BadMedia("no_tracks" if not tracks else "too_many_tracks")
    return Movie(init, tracks)


def _defaults(data: bytes, moov: Box) -> Iterator[tuple[int, Defaults]]:
    mvex = find(data, "mvex", moov.body, moov.end)
    if mvex is None:
        return
    for box in boxes_in(data, mvex.body, mvex.end):
        if box.kind == b"trex":
            track, _description, duration, size, flags = read(">5I", data, box.body + 4, box.end)
            yield track, Defaults(duration, size, flags)


def _track(data: bytes, trak: Box, defaults: dict[int, Defaults]) -> Track | None:
    """The track, or None when it is neither picture nor sound."""
    mdia = need(data, "mdia", trak.body, trak.end)
    hdlr = need(data, "hdlr", mdia.body, mdia.end)
    kind = HANDLERS.get(data[hdlr.body + 8 : min(hdlr.body + 12, hdlr.end)])
    if kind is None:
        return None
    number = _id(data, need(data, "tkhd", trak.body, trak.end))
    timescale = _timescale(data, need(data, "mdhd", mdia.body, mdia.end))
    stsd = need(data, "minf/stbl/stsd", mdia.body, mdia.end)
    entry = next(boxes_in(data, stsd.body + 8, stsd.end), None)
    if entry is None:
        raise BadMedia("no_sample_entry")
    width = height = 0
    if kind == VIDEO:
        width, height = read(">2H", data, entry.body + 24, entry.end)
    codec = _video_codec(data, entry) if kind == VIDEO else _audio_codec(data, entry)
    fitting = defaults.get(number, Defaults())
    return Track(number, kind, timescale, codec, width, height, fitting, (trak.start, trak.end), _edit(data, trak))


def _id(data: bytes, tkhd: Box) -> int:
    version = read(">B", data, tkhd.body, tkhd.end)[0]
    return read(">I", data, tkhd.body + (20 if version else 12), tkhd.end)[0]


def _timescale(data: bytes, mdhd: Box) -> int:
    version = read(">B", data, mdhd.body, mdhd.end)[0]
    timescale = read(">I", data, mdhd.body + (20 if version else 12), mdhd.end)[0]
    if not timescale:
        raise BadMedia("no_timescale")
    return timescale


def _edit(data: bytes, trak: Box) -> int:
    """Where the first edit that is not empty begins; other edits are not followed."""
    elst = find(data, "edts/elst", trak.body, trak.end)
    if elst is None:
        return 0
    version, count = read(">B3xI", data, elst.body, elst.end)
    layout, step = (">Qq", 20) if version else (">Ii", 12)
    for index in range(min(count, 8)):
        _duration, media_time = read(layout, data, elst.body + 8 + index * step, elst.end)
        if media_time >= 0:
            return media_time
    return 0


def _video_codec(data: bytes, entry: Box) -> str:
    if entry.kind not in {b"avc1", b"avc3"}:
        return ""
    avcc = find(data, "avcC", entry.body + 78, entry.end)
    if avcc is None:
        raise BadMedia("no_decoder_configuration")
    profile, constraints, level = read(">3B", data, avcc.body + 1, avcc.end)
    return f"avc1.{profile:02x}{constraints:02x}{level:02x}"


def _audio_codec(data: bytes, entry: Box) -> str:
    if entry.kind != b"mp4a":
        return ""
    version = read(">H", data, entry.body + 8, entry.end)[0]
    children = entry.body + 28 + (16 if version == 1 else 0)  # QuickTime's second version of the entry is longer
    esds = find(data, "esds", children, entry.end)
    if esds is None:
        return ""
    configuration = _decoder_configuration(data[esds.body + 4 : esds.end])
    return f"{AAC}{configuration[0] >> 3}" if configuration else ""


def _decoder_configuration(esds: bytes) -> bytes:
    """The AudioSpecificConfig inside an ES descriptor (ISO/IEC 14496-1, 7.2.6), or nothing for other codecs."""
    tag, body = _descriptor(esds)
    if tag != 3 or len(body) < 3:
        return b""
    flags = body[2]
    skip = 3 + (2 if flags & 0x80 else 0)
    skip += 1 + body[skip] if flags & 0x40 and len(body) > skip else 0
    skip += 2 if flags & 0x20 else 0
    tag, body = _descriptor(body[skip:])
    if tag != 4 or len(body) < 13 or body[0] != 0x40:
        return b""
    tag, body = _descriptor(body[13:])
    return body if tag == 5 and len(body) >= 2 else b""


def _descriptor(data: bytes) -> tuple[int, bytes]:
    """Tag and content of the descriptor at the beginning."""
    if not data:
        return 0, b""
    size = 0
    for index in range(1, 5):
        if index >= len(data):
            return 0, b""
        size = size << 7 | data[index] & 0x7F
        if not data[index] & 0x80:
            return data[0], data[index + 1 : index + 1 + size]
    return 0, b""


def only(movie: Movie, track: Track) -> bytes:
    """The same beginning with one track alone."""
    data, parts = movie.init, []
    moov = need(data, "moov")
    for box in boxes_in(data, moov.body, moov.end):
        if box.kind == b"mvex":
            parts.append(make(b"mvex", *_kept_trex(data, box, track.id)))
        elif box.kind == b"mvhd" or (box.start, box.end) == track.trak:
            parts.append(data[box.start : box.end])
    ftyp = find(data, "ftyp")
    return (data[ftyp.start : ftyp.end] if ftyp else b"") + make(b"moov", *parts)


def _kept_trex(data: bytes, mvex: Box, number: int) -> Iterator[bytes]:
    for box in boxes_in(data, mvex.body, mvex.end):
        if box.kind == b"trex" and read(">I", data, box.body + 4, box.end)[0] == number:
            yield data[box.start : box.end]

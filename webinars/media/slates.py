"""What stands where something was cut out: a plain dark picture and silence, as long as what was there.

A slate has the tracks, time scales and times of its take, so that players go through it without a seam. Its picture
is one H.264 frame of 320 × 180; silence is the same AAC frame over and over.
"""

import base64
import struct

from webinars.media.boxes import boxes_in, find, make, need, replace_at
from webinars.media.fragments import Laid, Sample, write_fragment
from webinars.media.movies import AUDIO, VIDEO, Movie, Track

WIDTH, HEIGHT = 320, 180
# An avcC box with level 3.0 baseline parameter sets, and one IDR frame in the colour #202428.
CONFIGURATION = base64.b64decode("AULAHv/hABhnQsAe3BQZ+fARAAADAAEAAAMAAg8WL4ABAAVozg8sgA==")
FRAME = bytes.fromhex("000000c965888404bc4628000c7dc7000351c000dc" + "9c" * 18 + "9d" + "75d75d" * 54 + "75d75e")
DEPENDS_ON_NONE = 0x02000000
# Silent frames of AAC-LC by number of channels (ISO/IEC 14496-3, 4.4): a raw data block with no energy in it.
SILENCE = {1: bytes.fromhex("00c800802380"), 2: bytes.fromhex("210049900219002380")}
FRAME_TICKS = 1024


def can_stand_for(movie: Movie) -> bool:
    """Whether a slate can be made for a rendition: H.264 and AAC-LC with one or two channels."""
    video, audio = movie.first(VIDEO), movie.first(AUDIO)
    return (video is None or video.codec.startswith("avc1.")) and (
        audio is None or (audio.codec == "mp4a.40.2" and channels_of(movie, audio) in SILENCE)
    )


def slate_init(movie: Movie) -> bytes:
    """The beginning of the slates of a rendition: its own, with our picture's parameters."""
    video = movie.first(VIDEO)
    if video is None:
        return movie.init
    start, end = video.trak
    trak = movie.init[start:end]
    stsd = need(trak, "trak/mdia/minf/stbl/stsd")
    entry = next(boxes_in(trak, stsd.body + 8, stsd.end))
    fields = bytearray(trak[entry.body : entry.body + 78])
    struct.pack_into(">2H", fields, 24, WIDTH, HEIGHT)
    plain = make(b"stsd", trak[stsd.body : stsd.body + 8], make(b"avc1", bytes(fields), make(b"avcC", CONFIGURATION)))
    moov = need(movie.init, "moov")
    parts = [
        replace_at(trak, "trak/mdia/minf/stbl/stsd", plain)
        if (box.start, box.end) == video.trak
        else movie.init[box.start : box.end]
        for box in boxes_in(movie.init, moov.body, moov.end)
    ]
    ftyp = find(movie.init, "ftyp")
    return (movie.init[ftyp.start : ftyp.end] if ftyp else b"") + make(b"moov", *parts)


def slate_segment(movie: Movie, number: int, start: float, duration: float) -> bytes:
    """A segment of dark silence from `start`, in seconds of the take's own time."""
    tracks = []
    video, audio = movie.first(VIDEO), movie.first(AUDIO)
    if video:
        ticks = max(1, round(duration * video.timescale))
        tracks.append(_laid(video, start, [ticks], FRAME))
    if audio:
        count = max(1, round(duration * audio.timescale / FRAME_TICKS))
        tracks.append(_laid(audio, start, [FRAME_TICKS] * count, SILENCE[channels_of(movie, audio)]))
    return write_fragment(number, tracks)


def _laid(track: Track, start: float, durations: list[int], payload: bytes) -> Laid:
    samples = tuple(Sample(ticks, len(payload), DEPENDS_ON_NONE, 0, 0) for ticks in durations)
    return Laid(track.id, round(start * track.timescale), samples, payload * len(durations))


def channels_of(movie: Movie, audio: Track) -> int:
    """As the sample entry says."""
    start, end = audio.trak
    trak = movie.init[start:end]
    stsd = need(trak, "trak/mdia/minf/stbl/stsd")
    entry = next(boxes_in(trak, stsd.body + 8, stsd.end))
    return int.from_bytes(trak[entry.body + 16 : entry.body + 18], "big")

"""Cutting a stream of fragments: nothing is lost or changed, whatever the pieces it comes in, and lies are noticed."""

import struct
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.webinars.media.recorder import browser_mp4, camera_mp4, decoded_seconds
from webinars.media.boxes import BadMedia, boxes_in, make
from webinars.media.cutting import Cutter, Piece, audio_init


def cut(data: bytes, *steps: int) -> tuple[Cutter, list[Piece]]:
    """Cut a stream that comes in pieces of these sizes, then the rest."""
    cutter, pieces, at = Cutter(), [], 0
    for size in (*steps, len(data)):
        pieces += cutter.feed(data[at : at + size])
        at += size
    return cutter, pieces + list(cutter.finish())


def fragments_of(data: bytes) -> bytes:
    return b"".join(data[box.start : box.end] for box in boxes_in(data) if box.kind in {b"moof", b"mdat"})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 40_000), max_size=30))
def test_the_segments_together_are_the_fragments_that_came(steps: list[int]) -> None:
    data = browser_mp4()
    cutter, pieces = cut(data, *steps)

    assert b"".join(piece.main for piece in pieces) == fragments_of(data)
    assert cutter.movie is not None and data.startswith(cutter.movie.init)
    assert [piece.audio for piece in pieces] == [piece.audio for piece in cut(data)[1]]


def test_segments_begin_at_key_frames_and_follow_one_another() -> None:
    cutter, pieces = cut(browser_mp4())

    assert [round(piece.start) for piece in pieces] == [0, 1, 2, 3, 4, 5]
    assert all(abs(one.start + one.duration - two.start) < 0.001 for one, two in pairwise(pieces))
    assert cutter.movie is not None and cutter.movie.codecs.startswith("avc1.") and cutter.movie.plays_everywhere


def test_each_segment_plays_on_its_own() -> None:
    cutter, pieces = cut(browser_mp4())
    assert cutter.movie is not None

    assert all(0.9 < decoded_seconds(cutter.movie.init + piece.main) < 7 for piece in pieces)


def test_the_sound_alone_is_as_long_as_the_whole() -> None:
    cutter, pieces = cut(browser_mp4())
    assert cutter.movie is not None
    sound = audio_init(cutter.movie) + b"".join(piece.audio for piece in pieces)

    assert abs(decoded_seconds(sound) - 6) < 0.1
    assert len(sound) < len(browser_mp4()) / 2


def test_a_cutter_goes_on_where_another_stopped() -> None:
    data = browser_mp4()
    whole, pieces = cut(data)
    resumed = Cutter(movie=whole.movie, offset=pieces[2].end)
    rest = [*resumed.feed(data[pieces[2].end :]), *resumed.finish()]

    assert [piece.main for piece in rest] == [piece.main for piece in pieces[3:]]
    assert [piece.end for piece in rest] == [piece.end for piece in pieces[3:]]


def test_a_file_that_is_not_fragmented_is_named_so() -> None:
    for faststart in (False, True):
        with pytest.raises(BadMedia, match="not_fragmented"):
            cut(camera_mp4(faststart=faststart))


def test_a_stream_that_breaks_off_keeps_what_was_whole() -> None:
    data = browser_mp4()
    _cutter, pieces = cut(data)

    _cutter, fewer = cut(data[: pieces[3].end - 100])

    assert [piece.main for piece in fewer] == [piece.main for piece in pieces[:3]]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_broken_stream_ends_in_segments_or_in_an_error_of_ours(data: st.DataObject) -> None:
    stream = bytearray(browser_mp4(2))
    # Where the structure is: the beginning, and the first fragment's tables.
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, min(len(stream), 2600) - 1))
        stream[at] = data.draw(st.integers(0, 255))
    try:
        cut(bytes(stream), 1000)
    except BadMedia as error:
        assert error.code


@pytest.mark.parametrize(
    "hostile",
    [
        struct.pack(">I4s", 7, b"ftyp"),
        struct.pack(">I4sQ", 1, b"moov", 2**63),
        make(b"ftyp", b"isom") + make(b"moov", struct.pack(">I4s", 2**31, b"trak")),
        make(b"ftyp", b"isom") + make(b"moov", make(b"trak") * 600),
        make(b"ftyp", b"isom") + make(b"moov"),
        make(b"moof") + make(b"mdat"),
        struct.pack(">I4s", 0, b"mdat"),
    ],
)
def test_hostile_boxes_are_refused(hostile: bytes) -> None:
    with pytest.raises(BadMedia):
        cut(hostile)


def test_a_run_that_claims_a_million_samples_is_refused() -> None:
    data = browser_mp4(2)
    trun = data.index(b"trun")
    lying = data[: trun + 8] + struct.pack(">I", 1_000_000) + data[trun + 12 :]

    with pytest.raises(BadMedia, match="too_many_samples"):
        cut(lying)

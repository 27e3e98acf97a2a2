"""Recordings made elsewhere: ordinary MP4 files become the same pictures in fragments, and broken ones are refused."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webinars.media.recorder import AAC, H264, browser_mp4, camera_mp4, decoded_seconds, frames_of, recorded
from webinars.media.boxes import BadMedia
from webinars.media.cutting import audio_init
from webinars.media.progressive import MovieFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "film.mp4"


@pytest.mark.parametrize("kind", ["moov at the end", "moov at the beginning", "with frames that look ahead"])
def test_the_fragments_show_every_frame_of_the_file(path: Path, kind: str) -> None:
    ahead = recorded(*H264[:2], "-preset", "veryfast", "-bf", "2", "-g", "20", "-pix_fmt", "yuv420p", *AAC, "-f", "mp4")
    data = ahead if "ahead" in kind else camera_mp4(faststart="beginning" in kind)
    path.write_bytes(data)
    movie_file = MovieFile(path)
    pieces = list(movie_file.pieces())

    film = movie_file.init + b"".join(piece.main for piece in pieces)
    sound = audio_init(movie_file.fragmented) + b"".join(piece.audio for piece in pieces)

    assert not movie_file.is_fragmented and movie_file.movie.plays_everywhere
    assert frames_of(film) == frames_of(data)
    assert abs(decoded_seconds(sound) - 6) < 0.1
    assert [round(piece.duration) for piece in pieces] == [4, 2]
    assert pieces[-1].end <= len(data)


def test_a_fragmented_file_is_known_as_such(path: Path) -> None:
    path.write_bytes(browser_mp4())

    assert MovieFile(path).is_fragmented


@pytest.mark.parametrize("keep", [0, 7, 40, 1000, 20_000])
def test_a_file_that_breaks_off_is_refused(path: Path, keep: int) -> None:
    path.write_bytes(camera_mp4(faststart=True)[:keep])

    with pytest.raises(BadMedia):
        list(MovieFile(path).pieces())


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_broken_tables_end_in_pieces_or_in_an_error_of_ours(path: Path, data: st.DataObject) -> None:
    film = bytearray(camera_mp4(faststart=True, seconds=2))
    for _ in range(data.draw(st.integers(1, 5))):
        film[data.draw(st.integers(0, 1999))] = data.draw(st.integers(0, 255))
    path.write_bytes(film)
    try:
        list(MovieFile(path).pieces())
    except BadMedia as error:
        assert error.code


def test_the_frames_of_the_recorder_differ() -> None:
    assert frames_of(camera_mp4()) != hashlib.sha256(b"").hexdigest()
    assert frames_of(camera_mp4(seconds=2)) != frames_of(camera_mp4())

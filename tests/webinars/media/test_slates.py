"""What stands for a stretch that was cut out plays like the rest, for as long, and shows nothing of it."""

import pytest

from tests.webinars.media.recorder import AAC, FRAGMENTED, H264, browser_mp4, decoded_seconds, recorded
from tests.webinars.media.test_cutting import cut
from webinars.media.cutting import audio_init
from webinars.media.fragments import read_fragment
from webinars.media.movies import read_movie
from webinars.media.slates import FRAME, can_stand_for, slate_init, slate_segment


@pytest.mark.parametrize("channels", ["1", "2"])
def test_a_slate_is_as_long_as_what_it_stands_for(channels: str) -> None:
    movie = read_movie(slate_init(cut(recorded(*H264, *AAC, "-ac", channels, *FRAGMENTED))[0].movie))  # type: ignore[arg-type]

    film = movie.init + slate_segment(movie, 1, 0, 3.5) + slate_segment(movie, 2, 3.5, 2.5)

    assert can_stand_for(movie) and (movie.first("video").width, movie.first("video").height) == (320, 180)  # type: ignore[union-attr]
    assert abs(decoded_seconds(film) - 6.0) < 0.1
    run = read_fragment(slate_segment(movie, 2, 3.5, 2.5), movie).runs
    assert [(one.track.kind, round(one.start_seconds, 2), round(one.seconds, 1)) for one in run] == [
        ("video", 3.5, 2.5),
        ("audio", 3.5, 2.5),
    ]


def test_a_slate_goes_between_segments_without_a_seam() -> None:
    cutter, pieces = cut(browser_mp4())
    sound = read_movie(audio_init(cutter.movie))  # type: ignore[arg-type]
    silence = slate_segment(sound, 9, pieces[2].start, pieces[2].duration)

    film = sound.init + pieces[0].audio + pieces[1].audio + silence + b"".join(piece.audio for piece in pieces[3:])

    assert abs(decoded_seconds(film) - 6.0) < 0.1
    assert FRAME not in film

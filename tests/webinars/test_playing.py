"""What stands at the place of the video: our own playlists, frames of others under a policy of their own, links."""

import pytest
from django.http import HttpResponse

from webinars.models import VideoSource, Webinar
from webinars.playing import Player, frame_address, permit_player, player_of


def webinar(source: VideoSource, address: str = "") -> Webinar:
    return Webinar(slug="rounds", title="Rounds", video_source=source, video_url=address)


def test_video_of_our_own_plays_from_our_playlists() -> None:
    player = player_of(webinar(VideoSource.BROWSER))

    assert player == Player("hls", "/webinars/rounds/live.m3u8", "/webinars/rounds/video/audio.m3u8")


@pytest.mark.parametrize(
    ("source", "address", "frame"),
    [
        (VideoSource.YOUTUBE, "https://www.youtube.com/watch?v=abc_DEF-123", "https://www.youtube-nocookie.com/embed/abc_DEF-123"),
        (VideoSource.YOUTUBE, "https://youtu.be/abc_DEF-123?t=5", "https://www.youtube-nocookie.com/embed/abc_DEF-123"),
        (VideoSource.YOUTUBE, "https://www.youtube.com/watch?v=../../evil", ""),
        (VideoSource.VIMEO, "https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1"),
        (VideoSource.VIMEO, "https://vimeo.com/channels/staff", ""),
        (VideoSource.HLS, "https://media.example/live.m3u8", ""),
    ],
)  # fmt: skip
def test_frames_come_from_the_host_that_sets_the_fewest_cookies(source: str, address: str, frame: str) -> None:
    assert frame_address(source, address) == frame


def test_an_address_that_no_frame_fits_becomes_a_link() -> None:
    player = player_of(webinar(VideoSource.YOUTUBE, "https://www.youtube.com/@channel"))

    assert (player.kind, player.source) == ("link", "https://www.youtube.com/@channel")
    assert player_of(webinar(VideoSource.LINK, "https://meet.example/j/1")).service == "meet.example"
    assert player_of(webinar(VideoSource.LINK)).kind == "none"


def test_only_the_host_of_the_player_is_let_in_and_only_where_it_is_needed() -> None:
    framed = permit_player(HttpResponse(), Player("frame", "https://player.vimeo.com/video/1?dnt=1"))
    elsewhere = permit_player(HttpResponse(), Player("hls", "https://media.example:8888/live.m3u8"))
    own = permit_player(HttpResponse(), Player("hls", "/webinars/rounds/live.m3u8"))

    assert framed._csp_update == {"frame-src": ["https://player.vimeo.com"]}  # type: ignore[attr-defined]
    media = ["https://media.example:8888"]
    assert elsewhere._csp_update == {"connect-src": media, "media-src": media}  # type: ignore[attr-defined]
    assert not hasattr(own, "_csp_update")

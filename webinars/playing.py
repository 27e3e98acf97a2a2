"""How the video of a webinar is shown: our own playlists, a frame of another service, or a link to one."""

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.urls import reverse

from webinars.models import Segment, VideoSource, Webinar
from webinars.streaming import is_held_back, is_offered, playlist_of

FRAMES = {VideoSource.YOUTUBE: "https://www.youtube-nocookie.com", VideoSource.VIMEO: "https://player.vimeo.com"}
YOUTUBE_ID = re.compile(r"[\w-]{6,20}\Z")


@dataclass(frozen=True)
class Player:
    """What stands at the place of the video.

    `hls` plays `source` (and `audio` without pictures), `frame` shows `source` of `service`, `link` leads to it, and
    `none` says that there is nothing to show. `renew` is where a page gets a fresh `source` before it is too old.
    """

    kind: Literal["hls", "frame", "link", "none"]
    source: str = ""
    audio: str = ""
    service: str = ""
    renew: str = ""


def player_of(webinar: Webinar, member: Any = None) -> Player:
    """The player for this webinar's source of video, for a member where it is one's own; an address that cannot be
    read becomes a link."""
    source, address = webinar.video_source, webinar.video_url
    if is_own(webinar):
        return own_player(webinar)
    if source == VideoSource.INGEST:
        return _ingest_player(webinar, member)
    if not address:
        return Player("none")
    if source == VideoSource.HLS:
        return Player("hls", address)
    frame = frame_address(source, address)
    label = str(VideoSource(source).label) if source in FRAMES else urlsplit(address).hostname or ""
    return Player("frame", frame, service=label) if frame else Player("link", address, service=label)


def _ingest_player(webinar: Webinar, member: Any) -> Player:
    if member is None or not is_offered() or webinar.is_over:
        return Player("none")
    return Player("hls", playlist_of(webinar, member), renew=reverse("stream-ticket", args=[webinar.slug]))


def is_own(webinar: Webinar) -> bool:
    """Whether the video comes from our own segments; that of OBS does where there is a broadcast delay."""
    return webinar.video_source in {VideoSource.BROWSER, VideoSource.UPLOAD} or is_held_back(webinar)


def own_player(webinar: Webinar) -> Player:
    """Our playlists, rendered from the rows of segments while it is live and afterwards."""
    base = webinar.get_absolute_url()
    return Player("hls", f"{base}live.m3u8", f"{base}video/audio.m3u8")


def frame_address(source: str, address: str) -> str:
    """The address of the service's own player on the host that sets the fewest cookies; "" where none fits."""
    parts = urlsplit(address)
    last = parts.path.rstrip("/").rpartition("/")[2]
    if source == VideoSource.YOUTUBE:
        video = parse_qs(parts.query).get("v", [last])[0]
        return f"{FRAMES[VideoSource.YOUTUBE]}/embed/{video}" if YOUTUBE_ID.match(video) else ""
    if source == VideoSource.VIMEO and last.isdigit():
        return f"{FRAMES[VideoSource.VIMEO]}/video/{last}?dnt=1"
    return ""


def permit_player(response: HttpResponse, player: Player) -> HttpResponse:
    """Widen the content policy of this one answer by the host that the player needs, if it is not ours."""
    parts = urlsplit(player.source)
    if parts.netloc and player.kind in {"frame", "hls"}:
        origin = f"{parts.scheme}://{parts.netloc}"
        directives = ["frame-src"] if player.kind == "frame" else ["connect-src", "media-src"]
        response._csp_update = {name: [origin] for name in directives}  # type: ignore[attr-defined]
    return response


def has_own_video(webinar: Webinar) -> bool:
    """Whether anything was recorded or uploaded here."""
    return Segment.objects.filter(broadcast__webinar=webinar).exists()

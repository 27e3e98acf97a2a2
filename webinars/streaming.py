"""Video from OBS and other programs over a media server of our own: its addresses, keys, tokens and state.

The media server (MediaMTX) knows a webinar as the path `live/<broadcast>`. It asks us for each publisher and each
reader (operations.streaming), so nothing is configured in it. Source: mediamtx.org, "Authentication".
"""

import hashlib
import hmac
import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.cache import caches

from webinars.broadcasts import broadcast_of
from webinars.media.signing import base36, is_good, token_for
from webinars.models import Broadcast, StreamKey, VideoSource, Webinar, WebinarState

PATH = re.compile(r"live/([b-z0-9]{12})\Z")
OPEN = {WebinarState.SCHEDULED, WebinarState.LIVE}
ASK_SECONDS = 2.0
KEPT_SECONDS = 3
TICKET_SECONDS = 240  # and half as long again at most; the page fetches a new one before


@dataclass(frozen=True)
class Addresses:
    """What a presenter types into OBS; `name` and the key make its stream key."""

    rtmp: str
    name: str
    whip: str


@dataclass(frozen=True)
class Arriving:
    """What the media server says: whether video arrives, by which protocol, with which tracks. None: it is silent."""

    sends: bool | None
    kind: str = ""
    tracks: tuple[str, ...] = ()


def is_offered() -> bool:
    """Whether this installation has a media server."""
    return bool(settings.INGEST_URL)


def is_held_back(webinar: Webinar) -> bool:
    """Whether viewers see the video from OBS later, out of our own segments: the media server's picture cannot wait."""
    return webinar.video_source == VideoSource.INGEST and webinar.broadcast_delay > 0


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def is_key(given: str, digest: str) -> bool:
    """Whether this is the key with that digest, in a time that does not tell how much of it is right."""
    return hmac.compare_digest(digest_of(given), digest)


def addresses_of(webinar: Webinar) -> Addresses:
    """Where OBS sends the video of this webinar."""
    name, host = broadcast_of(webinar).public_id, urlsplit(settings.SITE_URL).hostname
    base = settings.INGEST_URL if "://" in settings.INGEST_URL else f"{settings.SITE_URL}{settings.INGEST_URL}"
    return Addresses(f"rtmp://{host}/live", name, f"{base}/whip/live/{name}/whip")


def playlist_of(webinar: Webinar, member: Any) -> str:
    """The address of the live picture for one member, for some minutes. Their ticket stands in the path, so that it
    goes on to every segment: `<member, base 36>-<expires>-<HMAC>`."""
    name = broadcast_of(webinar).public_id
    ticket = f"{base36(member.pk)}-{token_for(_signer(name, member.pk), TICKET_SECONDS)}"
    return f"{settings.INGEST_URL}/hls/{ticket}/live/{name}/index.m3u8"


def member_of_ticket(name: str, ticket: str) -> int | None:
    """The number of the member whose ticket for this path it is; None when it is none, or too old."""
    member, _dash, token = ticket.partition("-")
    if not re.fullmatch(r"[0-9a-z]{1,12}", member):
        return None
    number = int(member, 36)
    return number if is_good(token, _signer(name, number)) else None


def stream_key_of(webinar: Webinar) -> StreamKey | None:
    return StreamKey.objects.filter(webinar=webinar).first()


def webinar_at(path: str) -> Webinar | None:
    """The webinar whose video has this path, while it is on or ahead and takes its video from here."""
    match = PATH.match(path)
    if match is None:
        return None
    found = Broadcast.objects.filter(
        public_id=match[1], webinar__state__in=OPEN, webinar__video_source=VideoSource.INGEST
    )
    broadcast = found.select_related("webinar").first()
    return broadcast.webinar if broadcast else None


def secret_in(asked: dict[str, str]) -> str:
    """What a client proves itself with: a token (WHIP, RTMP), a password, or either in the address's query."""
    query = parse_qs(asked.get("query", ""))
    from_query = [values[-1] for name in ("token", "pass") if (values := query.get(name))]
    return next(filter(None, [asked.get("token", ""), asked.get("password", ""), *from_query]), "")


def arriving_for(webinar: Webinar) -> Arriving:
    """Asks the media server, at most every few seconds."""
    name, cache = broadcast_of(webinar).public_id, caches["process"]
    known: Arriving | None = cache.get(f"webinars.arriving:{name}")
    if known is None:
        known = _ask(name)
        cache.set(f"webinars.arriving:{name}", known, KEPT_SECONDS)
    return known


def _ask(name: str) -> Arriving:
    if not settings.INGEST_API_URL.startswith(("http://", "https://")):
        return Arriving(None)
    try:
        address = f"{settings.INGEST_API_URL}/v3/paths/get/live/{name}"
        with urllib.request.urlopen(address, timeout=ASK_SECONDS) as answer:  # noqa: S310 - the operator's own address
            told: Any = json.loads(answer.read(64 * 1024))
    except urllib.error.HTTPError as error:
        return Arriving(False if error.code == 404 else None)
    except (OSError, ValueError):
        return Arriving(None)
    source = told.get("source") or {}
    return Arriving(bool(told.get("ready")), str(source.get("type", "")), tuple(map(str, told.get("tracks") or ())))


def _signer(name: str, member: int) -> str:
    return f"ingest:{name}:{member}"

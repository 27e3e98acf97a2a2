"""Playlists (RFC 8216) rendered from rows: while the webinar runs and afterwards, from the same segments."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from django.db.models import Q
from django.urls import reverse

from community.core.clock import now
from webinars.media import signing, storage
from webinars.media.movies import read_movie
from webinars.media.slates import slate_segment
from webinars.models import (
    Broadcast,
    Rendition,
    RenditionName,
    Segment,
    SegmentState,
    Take,
    TakeState,
    Webinar,
    WebinarState,
)

CONTENT_TYPE = "application/vnd.apple.mpegurl"
LEAST_TARGET = 1  # seconds
SLATE = "slate"  # in the addresses of what is made when it is asked for
SILENCE = timedelta(seconds=2)
DATE_EVERY = 30  # segments: players count on from the last date they saw


@dataclass(frozen=True)
class Line:
    """One segment as a playlist needs it."""

    seq: int
    take: int
    init_key: str
    duration: float
    pdt: datetime
    key: str
    is_gap: bool = False


@dataclass(frozen=True)
class Recording:
    """What is there to play for a webinar at this moment."""

    webinar: Webinar
    broadcast: Broadcast

    @cached_property
    def is_final(self) -> bool:
        """The webinar is over and nothing comes in any more. What a presenter sends late is added all the same.

        A take of nobody's is a file that a media server writes: it says itself when it is finished.
        """
        lately = Q(last_chunk_at__gt=now() - SILENCE) | Q(last_chunk_at=None, by=None)
        open_states = [TakeState.OPEN, TakeState.ENDING]
        coming = Take.objects.filter(lately, broadcast=self.broadcast, state__in=open_states)
        return self.webinar.state == WebinarState.ENDED and not coming.exists()

    @property
    def shown_until(self) -> datetime | None:
        """Where the broadcast delay ends what may be seen; None when all may be."""
        if self.webinar.state == WebinarState.ENDED or not self.webinar.broadcast_delay:
            return None
        return now() - timedelta(seconds=self.webinar.broadcast_delay)

    def lines(self, name: str) -> Sequence[Line]:
        lines = _lines(self.broadcast.public_id, self.broadcast.version, name)
        until = self.shown_until
        if until is None:
            return lines
        return [line for line in lines if line.pdt + timedelta(seconds=line.duration) <= until]

    @property
    def token(self) -> str:
        return signing.token_for(self.broadcast.public_id, signing.RECORDING_FOR if self.is_final else signing.LIVE_FOR)

    @cached_property
    def folder(self) -> str:
        """Before the keys of files in addresses, for as long as the token is good."""
        return reverse("media-file", args=[self.token, "key"]).removesuffix("key")


@lru_cache(maxsize=32)
def _lines(broadcast: str, version: int, name: str) -> tuple[Line, ...]:
    """Every segment of a rendition. `version` changes with them, so that one reading serves all who ask."""
    rows = Segment.objects.filter(broadcast__public_id=broadcast, rendition__name=name).order_by("seq")
    return tuple(_line(row, broadcast) for row in rows.select_related("rendition"))


def _line(row: Segment, broadcast: str) -> Line:
    """What was cut out is a slate, or a gap where none can be made."""
    take, init, slate = row.rendition.take_id, row.rendition.init_key, row.rendition.slate_key
    if row.state == SegmentState.LIVE:
        return Line(row.seq, take, init, row.duration, row.pdt, row.key)
    return Line(row.seq, take, slate or init, row.duration, row.pdt, f"{broadcast}/{SLATE}/{row.pk}.m4s", not slate)


def recording_of(webinar: Webinar) -> Recording | None:
    broadcast = Broadcast.objects.filter(webinar=webinar).first()
    return Recording(webinar, broadcast) if broadcast else None


def render_master(recording: Recording) -> str:
    """The variants: picture and sound, and sound alone. Their figures are the highest of all takes."""
    renditions = Rendition.objects.filter(take__broadcast=recording.broadcast)
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for name in RenditionName.values:
        same = [each for each in renditions if each.name == name]
        if same:
            lines += [_variant(same), reverse("media-playlist", args=[recording.webinar.slug, name])]
    return "\n".join(lines) + "\n"


def _variant(renditions: Sequence[Rendition]) -> str:
    newest = max(renditions, key=lambda each: each.take_id)
    bandwidth = max(each.bandwidth for each in renditions) or 1
    size = f",RESOLUTION={newest.width}x{newest.height}" if newest.width else ""
    return f'#EXT-X-STREAM-INF:BANDWIDTH={bandwidth},CODECS="{newest.codecs}"{size}'


def render_media(recording: Recording, name: str, *, window: int | None = None) -> str:
    """The segments of one rendition: an EVENT playlist while it grows, VOD when nothing will be added.

    `window` keeps the newest so many segments only, for those on a poor line; such a playlist has no type.
    """
    lines, folder = recording.lines(name), recording.folder
    shown = lines[-window:] if window and not recording.is_final else lines
    head = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target(lines)}",
        f"#EXT-X-MEDIA-SEQUENCE:{shown[0].seq if shown else 0}",
    ]
    if shown is not lines:
        head.append(f"#EXT-X-DISCONTINUITY-SEQUENCE:{_takes_before(lines, shown)}")
    else:
        head.append(f"#EXT-X-PLAYLIST-TYPE:{'VOD' if recording.is_final else 'EVENT'}")
    head.append("#EXT-X-INDEPENDENT-SEGMENTS")
    body = _body(shown, folder)
    return "\n".join([*head, *body, *(["#EXT-X-ENDLIST"] if recording.is_final else [])]) + "\n"


def target(lines: Iterable[Line]) -> int:
    """EXT-X-TARGETDURATION: the longest segment, rounded as RFC 8216, 4.3.3.1, rounds."""
    return max([LEAST_TARGET, *(math.floor(line.duration + 0.5) for line in lines)])


def _takes_before(lines: Sequence[Line], shown: Sequence[Line]) -> int:
    gone = {line.take for line in lines[: len(lines) - len(shown)]}
    return len(gone - {shown[0].take}) if shown else 0


def _body(lines: Sequence[Line], folder: str) -> Iterator[str]:
    before: Line | None = None
    since_date = 0
    for line in lines:
        is_new = before is None or before.take != line.take
        if is_new and before is not None:
            yield "#EXT-X-DISCONTINUITY"
        if is_new or (before is not None and before.init_key != line.init_key):
            yield f'#EXT-X-MAP:URI="{folder}{line.init_key}"'
        since_date += 1
        if is_new or since_date >= DATE_EVERY:
            yield f"#EXT-X-PROGRAM-DATE-TIME:{line.pdt.isoformat(timespec='milliseconds')}"
            since_date = 0
        if line.is_gap:
            yield "#EXT-X-GAP"
        yield f"#EXTINF:{line.duration:.5f},"
        yield f"{folder}{line.key}"
        before = line


def slate_of(broadcast: str, number: str) -> bytes | None:
    """What stands for a segment that was cut out, or None when there is no such segment."""
    if not number.isdecimal() or len(number) > 18:
        return None
    rows = Segment.objects.filter(broadcast__public_id=broadcast, state=SegmentState.REDACTED, pk=int(number))
    row = rows.select_related("rendition__take").first()
    if row is None or not row.rendition.slate_key:
        return None
    movie = read_movie(storage.read(row.rendition.slate_key))
    return slate_segment(movie, row.seq, row.take_start + (row.rendition.take.zero or 0), row.duration)

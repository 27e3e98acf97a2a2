"""What a media server of ours records of OBS's video, made into the webinar's recording while it goes on.

MediaMTX writes a file for each start of sending, a second at a time, into a folder that the media worker sees too:
`live/<session>/<seconds>-<microseconds>.mp4`, named after the moment at which it began (deploy/mediamtx.yml). When it
is finished, MediaMTX puts an empty `….mp4.done` beside it. Only what falls into the webinar is kept: nothing of the
time before "Open for everybody", nothing of after the end. A file goes once its segments are there.
"""

import logging
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from community.core.actors import SYSTEM
from community.core.clock import now
from community.core.errors import Conflict
from webinars.media import packaging
from webinars.media.boxes import BadMedia
from webinars.media.cutting import Cutter, Piece
from webinars.media.ffmpeg import Converter
from webinars.media.movies import Movie
from webinars.media.progressive import MovieFile
from webinars.models import Broadcast, Take, TakeState, VideoSource, Webinar, WebinarState
from webinars.operations.broadcasting import close_take
from webinars.operations.recorded import begin_recorded_take, pass_over, take_of_recording

log = logging.getLogger(__name__)

NAME = re.compile(r"(\d{9,11})-(\d{6})\.mp4\Z")
DONE = ".done"
QUIET = 30  # seconds after which a file counts as finished, also where nothing says so
KEPT = timedelta(days=1)  # as long as MediaMTX keeps files
READ = 1024 * 1024


def root() -> Path:
    return Path(settings.DATA_DIR) / "recordings" / "live"


def awaited() -> Iterator[Broadcast]:
    """The webinars with video from OBS that are on, or ended lately."""
    ended = Webinar.objects.filter(state=WebinarState.ENDED, ended_at__gt=now() - KEPT)
    on = Webinar.objects.filter(state=WebinarState.LIVE) | ended
    yield from Broadcast.objects.filter(webinar__in=on.filter(video_source=VideoSource.INGEST)).select_related(
        "webinar"
    )


def advance_all() -> None:
    """Make segments of all that was recorded since the last time."""
    for broadcast in awaited():
        for path in sorted((root() / broadcast.public_id).glob("*.mp4")):
            began = began_at(path)
            if began is not None:
                _advance(broadcast, path, began)


def began_at(path: Path) -> datetime | None:
    """The moment that a file is named after; None for files of another kind."""
    match = NAME.match(path.name)
    return datetime.fromtimestamp(int(match[1]), UTC) + timedelta(microseconds=int(match[2])) if match else None


def _advance(broadcast: Broadcast, path: Path, began: datetime) -> None:
    is_done = _is_done(path)
    known = take_of_recording(broadcast, began)
    if known is not None and known.state == TakeState.FAILED:
        return
    if known is not None and known.state == TakeState.CLOSED and broadcast.webinar.is_over and not is_done:
        return  # the webinar is over, OBS still sends
    take = begin_recorded_take(broadcast, by=SYSTEM, started_at=began)
    try:
        is_past = _read(take, broadcast.webinar, path, is_done=is_done)
    except BadMedia as error:
        if error.code in {"truncated", packaging.CODEC} and not is_done:
            return  # it has only begun, or is converted as a whole
        log.warning("recording cannot be read", extra={"code": error.code})
        return close_take(take, by=SYSTEM, error=error.code)
    except Conflict:
        return  # stopped by a cut; the next look goes on
    if is_done or is_past:
        close_take(take, by=SYSTEM)
    if is_done:
        path.unlink()
        _mark(path).unlink(missing_ok=True)


def _read(take: Take, webinar: Webinar, path: Path, *, is_done: bool) -> bool:
    """Keep what is there and has not been kept, up to the end of the webinar; whether that was reached."""
    movie = MovieFile(path).movie
    if movie.plays_everywhere:
        pieces = _pieces(take, movie, path, is_done=is_done)
        return any(_keep(take, webinar, movie, piece, used=piece.end) for piece in pieces)
    if not is_done:
        raise BadMedia(packaging.CODEC)
    return any(_keep(take, webinar, cut, piece, used=0) for cut, piece in _converted(take, path))


def _pieces(take: Take, movie: Movie, path: Path, *, is_done: bool) -> Iterator[Piece]:
    cutter = Cutter(movie=movie, offset=take.consumed, number=take.broadcast.next_segment)
    with path.open("rb") as file:
        file.seek(take.consumed)
        while data := file.read(READ):
            yield from cutter.feed(data)
    if is_done:
        yield from cutter.finish()


def _converted(take: Take, path: Path) -> Iterator[tuple[Movie, Piece]]:
    """Through ffmpeg: WHIP sends Opus. What an earlier try has kept is not kept again."""
    ffmpeg, cutter = Converter("mov", source=path), Cutter(number=take.broadcast.next_segment)
    last = take.broadcast.segments.filter(rendition__take=take).order_by("-seq").first()
    until = (take.zero or 0) + last.take_start + last.duration if last else 0.0
    try:
        while data := ffmpeg.read():
            for piece in cutter.feed(data):
                if cutter.movie and piece.start >= until - piece.duration / 2:
                    yield cutter.movie, piece
        for piece in cutter.finish():
            if cutter.movie:
                yield cutter.movie, piece
    except BaseException:
        ffmpeg.stop()
        raise
    if ffmpeg.wait() or cutter.movie is None:
        raise BadMedia("unreadable")


def _keep(take: Take, webinar: Webinar, movie: Movie, piece: Piece, *, used: int) -> bool:
    """A segment, if the webinar was on then; `used` bytes of the file are done with it. True for what comes after the
    end."""
    zero = piece.start if take.zero is None else take.zero
    begins = take.started_at + timedelta(seconds=piece.start - zero)
    is_past = webinar.is_over and webinar.ended_at is not None and begins >= webinar.ended_at
    consumed = max(used, take.consumed)
    if is_past or webinar.started_at is None or begins < webinar.started_at:
        pass_over(take, zero=zero, consumed=consumed)
        return is_past
    if take.zero is None:
        pass_over(take, zero=zero, consumed=take.consumed)
    packaging.store(take, movie, piece, consumed=(take.consumed, consumed))
    return False


def _is_done(path: Path) -> bool:
    return _mark(path).exists() or path.stat().st_mtime < time.time() - QUIET


def _mark(path: Path) -> Path:
    return path.with_name(path.name + DONE)

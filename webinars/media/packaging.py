"""From the chunks of a take to its segments. May run anywhere, any number of times: it goes on where rows say."""

import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from community.core.actors import SYSTEM
from community.core.errors import Conflict
from community.core.models import new_public_id
from webinars.media import disposal, storage
from webinars.media.boxes import BadMedia
from webinars.media.cutting import Cutter, Piece, audio_init
from webinars.media.movies import VIDEO, Movie, read_movie
from webinars.media.slates import can_stand_for, slate_init
from webinars.models import Chunk, Container, Rendition, RenditionName, Take, TakeState
from webinars.operations import broadcasting
from webinars.operations.broadcasting import Stretch

log = logging.getLogger(__name__)

KEPT_CUTTERS = 16
CODEC = "codec"
CONVERTED = {Container.WEBM, Container.OTHER}


@dataclass
class Cutting:
    """Where this process is with a take: the cutter, the next chunk to feed, the bytes that are segments."""

    cutter: Cutter
    next_seq: int
    consumed: int


# Set by the module that converts: it builds on this one.
converters: list[Callable[[Take], None]] = []

_cuttings: "OrderedDict[int, Cutting]" = OrderedDict()
_locks: dict[int, threading.Lock] = {}
_guard = threading.Lock()


def advance(take_id: int) -> None:
    """Cut what has arrived, and finish the take when it is ending."""
    with _lock_of(take_id):
        take = Take.objects.select_related("broadcast").get(pk=take_id)
        if take.state not in {TakeState.OPEN, TakeState.ENDING}:
            return
        if take.container in CONVERTED:
            _convert(take)
        else:
            _advance(take)


def _advance(take: Take) -> None:
    try:
        _cut(take)
    except BadMedia as error:
        if error.code == CODEC:
            _forget(take.pk)
            broadcasting.must_be_converted(take)
            return _convert(take)
        log.warning("take cannot be read", extra={"take": take.pk, "code": error.code})
        _forget(take.pk)
        broadcasting.close_take(take, by=SYSTEM, error=error.code)
    except Conflict:
        _forget(take.pk)


def _convert(take: Take) -> None:
    if take.next_seq is None and take.state == TakeState.ENDING:
        broadcasting.close_take(take, by=SYSTEM)
    elif take.next_seq is not None:
        for convert in converters:
            convert(take)


def _cut(take: Take) -> None:
    cutting = _cutting_of(take)
    for chunk in Chunk.objects.filter(take=take, seq__gte=cutting.next_seq).order_by("seq"):
        data = storage.read(chunk.key)[max(0, cutting.consumed - chunk.offset) :]
        for piece in cutting.cutter.feed(data):
            _store(take, cutting, piece)
        cutting.next_seq = chunk.seq + 1
    if take.state == TakeState.ENDING and cutting.next_seq == (take.next_seq or 0):
        for piece in cutting.cutter.finish():
            _store(take, cutting, piece)
        broadcasting.close_take(take, by=SYSTEM)
        forget_chunks(take, take.received)
        _forget(take.pk)


def _cutting_of(take: Take) -> Cutting:
    with _guard:
        known = _cuttings.get(take.pk)
        if known is None or known.consumed != take.consumed:
            known = _cuttings[take.pk] = _resumed(take)
        _cuttings.move_to_end(take.pk)
        while len(_cuttings) > KEPT_CUTTERS:
            _cuttings.popitem(last=False)
        return known


def _lock_of(take_id: int) -> threading.Lock:
    with _guard:
        return _locks.setdefault(take_id, threading.Lock())


def _resumed(take: Take) -> Cutting:
    """A cutter that goes on where the rows say that segments end."""
    main = Rendition.objects.filter(take=take, name=RenditionName.MAIN).first()
    movie = read_movie(storage.read(main.init_key)) if main else None
    open_chunks = Chunk.objects.filter(take=take).exclude(key="").order_by("seq")
    first = next((chunk for chunk in open_chunks if chunk.offset + chunk.size > take.consumed), None)
    number = take.broadcast.next_segment
    cutter = Cutter(movie=movie, offset=take.consumed, number=number)
    return Cutting(cutter, first.seq if first else take.next_seq or 0, take.consumed)


def store(take: Take, movie: Movie | None, piece: Piece, *, consumed: tuple[int, int]) -> None:
    """Files first, then the rows that point to them. Conflict when another process was first."""
    stretches = [
        _stretch(take, rendition, data, piece)
        for rendition, data in zip(_renditions(take, movie), (piece.main, piece.audio), strict=False)
        if data
    ]
    try:
        broadcasting.add_segment(take, stretches, consumed=consumed, by=SYSTEM)
    except Conflict:
        for each in stretches:
            storage.forget(each.key)
        raise
    take.consumed = consumed[1]
    forget_chunks(take, take.consumed)
    disposal.destroy_redacted(take.broadcast)


def _store(take: Take, cutting: Cutting, piece: Piece) -> None:
    store(take, cutting.cutter.movie, piece, consumed=(cutting.consumed, piece.end))
    cutting.consumed = piece.end


def _stretch(take: Take, rendition: Rendition, data: bytes, piece: Piece) -> Stretch:
    key = f"{folder_of(take)}/{rendition.name}/{new_public_id()}.m4s"
    storage.put(key, data)
    return Stretch(rendition, key, len(data), hashlib.sha256(data).hexdigest(), piece.start, piece.duration)


def _renditions(take: Take, movie: Movie | None) -> list[Rendition]:
    """Picture with sound, and sound alone where there is any; made with the first piece."""
    known = list(Rendition.objects.filter(take=take).order_by("pk"))
    if known:
        return known
    if movie is None or not movie.plays_everywhere:
        raise BadMedia(CODEC)
    sound = audio_init(movie)
    made = [_rendition(take, RenditionName.MAIN, movie.init, movie)]
    return [*made, _rendition(take, RenditionName.AUDIO, sound, read_movie(sound))] if sound else made


def _rendition(take: Take, name: RenditionName, init: bytes, movie: Movie) -> Rendition:
    folder = f"{folder_of(take)}/{name}"
    key, slate_key = f"{folder}/{new_public_id()}.mp4", f"{folder}/{new_public_id()}.mp4"
    storage.put(key, init)
    if can_stand_for(movie):
        storage.put(slate_key, slate_init(movie))
    picture = movie.first(VIDEO)
    rendition, _made = Rendition.objects.get_or_create(
        take=take,
        name=name,
        defaults={
            "codecs": movie.codecs,
            "width": picture.width if picture else 0,
            "height": picture.height if picture else 0,
            "init_key": key,
            "slate_key": slate_key if can_stand_for(movie) else "",
        },
    )
    return rendition


def folder_of(take: Take) -> str:
    """Below which all files of a take are."""
    return f"{take.broadcast.public_id}/{take.number}"


def forget_chunks(take: Take, consumed: int) -> None:
    """The bytes of chunks that are segments now need not be kept twice."""
    for chunk in Chunk.objects.filter(take=take).exclude(key=""):
        if chunk.offset + chunk.size <= consumed:
            storage.forget(chunk.key)
            Chunk.objects.filter(pk=chunk.pk).update(key="")


def _forget(take_id: int) -> None:
    with _guard:
        _cuttings.pop(take_id, None)
        _locks.pop(take_id, None)


def container_of(beginning: bytes) -> str:
    """What a stream is, by its first bytes; empty when it is neither."""
    if beginning[4:8] == b"ftyp":
        return Container.MP4
    return Container.WEBM if beginning[:4] == b"\x1a\x45\xdf\xa3" else ""

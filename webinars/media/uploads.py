"""Recordings made elsewhere: where their parts are kept, and making segments of a whole one."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from webinars.media import packaging, storage
from webinars.media.boxes import BadMedia
from webinars.media.cutting import Cutter, Piece
from webinars.media.ffmpeg import Converter, Demuxer
from webinars.media.movies import Movie
from webinars.media.progressive import MovieFile
from webinars.models import Container, Take, Upload

READ = 1024 * 1024
Progress = Callable[[float], None]


def path_of(upload: Upload) -> Path:
    return storage.path_of(f"uploads/{upload.public_id}")


def put_part(upload: Upload, number: int, data: bytes) -> None:
    """Write a part at its place and sync it."""
    path = path_of(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.pwrite(descriptor, data, number * upload.part_size)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget(upload: Upload) -> None:
    path_of(upload).unlink(missing_ok=True)


def sha256_of(upload: Upload) -> str:
    with path_of(upload).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_segments(upload: Upload, take: Take, progress: Progress) -> None:
    """Cut the recording into the segments of a take; BadMedia when it cannot be read. `progress` hears 0 to 1."""
    with path_of(upload).open("rb") as file:
        container = packaging.container_of(file.read(16))
    if container == Container.MP4:
        movie_file = MovieFile(path_of(upload))
        if movie_file.movie.plays_everywhere:
            return _pass_through(movie_file, upload, take, progress)
    elif container != Container.WEBM:
        raise BadMedia("not_video")
    _converted("mov" if container == Container.MP4 else "matroska", upload, take, progress)


def _pass_through(movie_file: MovieFile, upload: Upload, take: Take, progress: Progress) -> None:
    if movie_file.is_fragmented:
        cutter = Cutter()
        for piece in _cut(cutter, upload):
            _store(take, cutter.movie, piece, piece.end)
            progress(piece.end / upload.size)
        return
    movie = movie_file.fragmented
    for piece in movie_file.pieces():
        _store(take, movie, piece, piece.end)
        progress(piece.end / upload.size)


def _cut(cutter: Cutter, upload: Upload) -> Iterator[Piece]:
    with path_of(upload).open("rb") as file:
        while data := file.read(READ):
            yield from cutter.feed(data)
    yield from cutter.finish()


def _converted(demuxer: Demuxer, upload: Upload, take: Take, progress: Progress) -> None:
    """Through ffmpeg. How far it is shows in the place of the file that it reads."""
    ffmpeg = Converter(demuxer, source=path_of(upload))
    cutter = Cutter()
    try:
        while data := ffmpeg.read():
            for piece in cutter.feed(data):
                _store(take, cutter.movie, piece, take.consumed)
                progress(min(0.99, ffmpeg.place() / upload.size))
        for piece in cutter.finish():
            _store(take, cutter.movie, piece, take.consumed)
    except BaseException:
        ffmpeg.stop()
        raise
    if ffmpeg.wait() or cutter.movie is None:
        raise BadMedia("unreadable")


def _store(take: Take, movie: Movie | None, piece: Piece, consumed: int) -> None:
    packaging.store(take, movie, piece, consumed=(take.consumed, max(consumed, take.consumed)))

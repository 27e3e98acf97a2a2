"""Where bytes of video are: a directory of the data directory, which all web processes and workers share.

Nothing that was put here is lost when a process is killed: a file is synced and named, in this order, before the row
that points to it is written. Keys are relative paths made by this program. Where a bucket is set, what is finished goes
on to it (pushing.py) and is read there once it is not here any more; a mark keeps what was removed from coming back.
"""

import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from community.core import buckets
from community.core.models import new_public_id

log = logging.getLogger(__name__)

READ = 64 * 1024
# What goes on to a bucket, and as what. Chunks, uploads and sources of slides stay here: they are on their way.
KINDS = {".m4s": "video/mp4", ".mp4": "video/mp4", ".webp": "image/webp"}
GONE = ".gone"


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "webinars"


def path_of(key: str) -> Path:
    """The file of a key. A key that would lead elsewhere is a ValueError."""
    path = root() / key
    if not key or path != Path(os.path.normpath(path)) or not path.is_relative_to(root()):
        raise ValueError("not a key")
    return path


def may_go(key: str) -> bool:
    """Whether the file of this key may be in a bucket."""
    return buckets.bucket() is not None and Path(key).suffix in KINDS


def object_of(key: str) -> str:
    """What the file is called in a bucket."""
    return f"webinars/{key}"


def mark_of(key: str) -> Path:
    """Says that the object of this key is to be deleted, and is not to be shown any more."""
    path = path_of(key)
    return path.with_name(path.name + GONE)


def address_of(key: str, *, method: str = "GET") -> str | None:
    """Where a bucket gives the file for some minutes; None when it cannot be there, or was removed."""
    if not may_go(key) or mark_of(key).exists():
        return None
    return buckets.address_of(object_of(key), method=method)


def put(key: str, data: bytes) -> None:
    """Write and sync; a file is there in whole or not at all."""
    path = path_of(key)
    _make_folder(path.parent)
    if may_go(key):
        mark_of(key).unlink(missing_ok=True)
    partial = path.with_name(f"{path.name}.{new_public_id()}")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fdatasync(file.fileno())
    partial.replace(path)
    _sync_folder(path.parent)


def read(key: str) -> bytes:
    """From here or from the bucket. Raises FileNotFoundError, and Unreachable when the bucket does not answer."""
    try:
        return path_of(key).read_bytes()
    except FileNotFoundError:
        if not may_go(key) or mark_of(key).exists():
            raise
    return buckets.get(object_of(key))


def size_of(key: str) -> int | None:
    """The size, or None when there is no such file here."""
    try:
        return path_of(key).stat().st_size
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def read_range(key: str, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` up to `end`, in small pieces."""
    with path_of(key).open("rb") as file:
        file.seek(start)
        while start < end and (data := file.read(min(READ, end - start))):
            start += len(data)
            yield data


def destroy(*keys: str) -> None:
    """Overwrite and remove, in the bucket too. What is already gone stays gone; what a bucket that does not answer
    still holds is shown to nobody from now on, and is deleted when it answers again."""
    known = [key for key in keys if key]
    _mark(known)
    for key in known:
        _overwrite(path_of(key))
    objects = [object_of(key) for key in known if may_go(key)]
    if objects:
        try:
            buckets.remove(objects)
        except buckets.Unreachable as error:
            log.warning("the bucket did not delete", extra={"count": len(objects), "code": str(error)})


def forget(key: str) -> None:
    """Remove what is no longer needed."""
    if key:
        _mark([key])
        path_of(key).unlink(missing_ok=True)


def _mark(keys: Iterable[str]) -> None:
    """Synced before anything is removed, so that no crash leaves an object that nobody thinks of."""
    folders = set()
    for key in filter(may_go, keys):
        mark = mark_of(key)
        _make_folder(mark.parent)
        mark.touch()
        folders.add(mark.parent)
    for folder in folders:
        _sync_folder(folder)


def _overwrite(path: Path) -> None:
    try:
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

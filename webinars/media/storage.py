"""Where bytes of video are: a directory of the data directory, which all web processes and workers share.

Nothing that was put here is lost when a process is killed: a file is synced and named, in this order, before the row
that points to it is written. Keys are relative paths made by this program.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from community.core.models import new_public_id

READ = 64 * 1024


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "webinars"


def path_of(key: str) -> Path:
    """The file of a key. A key that would lead elsewhere is a ValueError."""
    path = root() / key
    if not key or path != Path(os.path.normpath(path)) or not path.is_relative_to(root()):
        raise ValueError("not a key")
    return path


def put(key: str, data: bytes) -> None:
    """Write and sync; a file is there in whole or not at all."""
    path = path_of(key)
    _make_folder(path.parent)
    partial = path.with_name(f"{path.name}.{new_public_id()}")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fdatasync(file.fileno())
    partial.replace(path)
    _sync_folder(path.parent)


def read(key: str) -> bytes:
    return path_of(key).read_bytes()


def size_of(key: str) -> int | None:
    """The size, or None when there is no such file."""
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


def destroy(key: str) -> None:
    """Overwrite and remove. What is already gone stays gone."""
    if not key:
        return
    path = path_of(key)
    try:
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return


def forget(key: str) -> None:
    """Remove what is no longer needed."""
    if key:
        path_of(key).unlink(missing_ok=True)


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

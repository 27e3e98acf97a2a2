"""Takes finished files from the data directory on to the bucket, and deletes there what was removed here.

One process at a time, again and again, and never in the way of a webinar: until a file is in the bucket, and a minute
longer for those who have begun to read it, it is given out from here.
"""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from community.core import buckets
from webinars.media import storage

log = logging.getLogger(__name__)

STAY = 60  # seconds that a file stays here once it is in the bucket
# A file that is in the bucket already carries a date of change so much earlier than when it got there.
LONG_AGO = 20 * 365 * 86400
UNFINISHED = {"chunks", "uploads"}
AT_ONCE = 4
IDLE_FOLDER = 3600


def waits() -> bool:
    """Whether there is anything to do: something to push, to leave to the bucket, or to delete there."""
    return any(_is_due(path) for path in _files())


def push_all(*, seconds: float = 30) -> int:
    """Do what waits, for so long at most; how many files went to the bucket. Raises Unreachable."""
    with _alone() as is_ours:
        if not is_ours:
            return 0
        until, pushed = time.monotonic() + seconds, 0
        for some in _hundreds(path for path in _files() if _is_due(path)):
            pushed += _push_some([path for path in some if path.suffix in storage.KINDS])
            _delete([path for path in some if path.suffix == storage.GONE])
            if time.monotonic() > until:
                break
        _tidy()
        return pushed


def _push_some(paths: list[Path]) -> int:
    """Some at once; after the first that fails no other is begun."""
    threads = ThreadPoolExecutor(AT_ONCE)
    try:
        return sum(threads.map(_push, paths))
    finally:
        threads.shutdown(cancel_futures=True)


def _push(path: Path) -> bool:
    """One file: first to the bucket; a minute later away from here. What is destroyed meanwhile is destroyed there."""
    name = storage.object_of(_key(path))
    try:
        if _pushed_at(path) is not None:
            path.unlink()
            return False
        buckets.put(name, path.read_bytes(), kind=storage.KINDS[path.suffix])
        moment = time.time()
        os.utime(path, (moment, moment - LONG_AGO))
        return True
    except FileNotFoundError:
        buckets.remove([name])
        return False


def _delete(marks: list[Path]) -> None:
    still = [mark for mark in marks if mark.exists()]
    buckets.remove(storage.object_of(_key(mark).removesuffix(storage.GONE)) for mark in still)
    for mark in still:
        mark.unlink(missing_ok=True)


def _is_due(path: Path) -> bool:
    if path.suffix == storage.GONE:
        return True
    if path.suffix not in storage.KINDS:
        return False
    try:
        pushed = _pushed_at(path)
    except FileNotFoundError:
        return False
    return pushed is None or pushed < time.time() - STAY


def _pushed_at(path: Path) -> float | None:
    """When it got to the bucket, or None."""
    moment = path.stat().st_mtime + LONG_AGO
    return moment if moment < time.time() + LONG_AGO / 2 else None


def _files() -> Iterator[Path]:
    for folder, folders, names in os.walk(storage.root()):
        folders[:] = [name for name in folders if name not in UNFINISHED]
        yield from (Path(folder, name) for name in names)


def _key(path: Path) -> str:
    return path.relative_to(storage.root()).as_posix()


def _hundreds(paths: Iterator[Path]) -> Iterator[list[Path]]:
    some: list[Path] = []
    for path in paths:
        some.append(path)
        if len(some) == 100:
            yield some
            some = []
    if some:
        yield some


def _tidy() -> None:
    """Folders that nothing has come into for an hour go, from the inside outwards."""
    for folder, _folders, _names in os.walk(storage.root(), topdown=False):
        path = Path(folder)
        if path != storage.root() and path.name not in UNFINISHED and _age(path) > IDLE_FOLDER:
            with suppress(OSError):
                path.rmdir()


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


@contextmanager
def _alone() -> Iterator[bool]:
    """Held by the system: a process that is killed does not keep it."""
    storage.root().mkdir(parents=True, exist_ok=True)
    with (storage.root() / "push.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True

"""A backup and its check while somebody posts: `manage.py bench backup [files=7000] [kilobytes=100] [posts=10000]`.

Fills the site that the environment names (an empty DATA_DIR, and a DATABASE_URL for PostgreSQL) with long posts and
with files of random bytes in DATA_DIR/media, then posts `rate` replies a second, before and during `manage.py backup
FILE` and `manage.py restore FILE --verify`. Says how long each took, how much memory and disk, and how long a writer
waited. `name` may end in .gz.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.db import connection

from community.core import limits
from community.core.clock import now
from forums.bulk import PostRow, ThreadRow, write_threads
from forums.models import Post, Stance
from forums.models import Thread as Discussion
from forums.operations import reply
from forums.writing import Words
from tests.bench.forum_data import SENTENCES
from tests.bench.site import ROOT, load
from tests.factories.forums import SpaceFactory, verified_member

KB = 1024
WITHOUT = 10.0  # seconds of posting before the backup, to compare with
LONG = " ".join(SENTENCES) * 20
MEASURED = """
import json, resource, subprocess, sys
began = resource.getrusage(resource.RUSAGE_CHILDREN)
code = subprocess.call([sys.executable, "manage.py", *sys.argv[1:]], stdout=sys.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"code": code, "peak_mb": used.ru_maxrss // 1024, "cpu_s": round(used.ru_utime + used.ru_stime, 1)}))
"""


def run(
    files: str = "7000", kilobytes: str = "100", posts: str = "10000", rate: str = "4", name: str = "bench.tar"
) -> dict[str, Any]:
    folder = Path(settings.DATA_DIR)
    thread = fill(int(posts))
    write_files(Path(settings.MEDIA_ROOT) / "bench", int(files), int(kilobytes) * KB)
    made = folder.parent / f"{folder.name}-{name}"
    writer = Writer(thread, 1 / float(rate))
    writer.start()
    time.sleep(WITHOUT)
    results: dict[str, Any] = {"database": connection.vendor, "alone": writer.waits()}
    for step, words in {"backup": ("backup", str(made)), "verify": ("restore", str(made), "--verify")}.items():
        results[step] = measured(folder, *words) | {"posting": writer.waits()}
    writer.stop()
    results["file_mb"] = round(made.stat().st_size / 1e6)
    results["load"] = load()
    made.unlink()
    return results


def fill(posts: int) -> Discussion:
    """Threads of a hundred long posts; returns one of them."""
    space, author = SpaceFactory.create(), verified_member()
    rows = [PostRow(author, LONG, Stance.PRACTICE, now(), {}) for _each in range(100)]
    write_threads(ThreadRow(space, f"Thread {number}", rows) for number in range(max(1, posts // 100)))
    return Discussion.objects.filter(space=space).latest("pk")


def write_files(folder: Path, count: int, size: int) -> None:
    for number in range(count):
        path = folder / f"{number // 500:04}" / f"{number:07}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(size))


def measured(folder: Path, *words: str) -> dict[str, Any]:
    """A command of manage.py in a process of its own; `most_disk_mb` is what it took of the disk."""
    free, least, began = shutil.disk_usage(folder).free, shutil.disk_usage(folder).free, time.monotonic()
    command = [sys.executable, "-c", MEASURED, *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            least = min(least, shutil.disk_usage(folder).free)
            time.sleep(0.2)
        told = json.loads(process.stdout.read())  # type: ignore[union-attr]
    return {"seconds": round(time.monotonic() - began, 1), **told, "most_disk_mb": round((free - least) / 1e6)}


@dataclass
class Writer:
    """Somebody who replies every `every` seconds, through the operation that the site uses."""

    thread: Discussion
    every: float
    took: list[float] = field(default_factory=list)
    ended: Event = field(default_factory=Event)
    _beside: Thread | None = None

    def start(self) -> None:
        """After a first reply, for which the guard is loaded."""
        self._reply(self._author())
        self._beside = Thread(target=self._write)
        self._beside.start()

    def stop(self) -> None:
        self.ended.set()
        if self._beside:
            self._beside.join()

    def waits(self) -> dict[str, Any]:
        """How long replies took since the last call, in milliseconds."""
        took, self.took = sorted(self.took), []
        if not took:
            return {"replies": 0}
        return {"replies": len(took), "median_ms": round(statistics.median(took)), "longest_ms": round(took[-1])}

    def _write(self) -> None:
        author = self._author()
        while not self.ended.wait(self.every):
            began = time.perf_counter()
            self._reply(author)
            self.took.append((time.perf_counter() - began) * 1000)
        connection.close()

    def _author(self) -> Any:
        return self.thread.posts.order_by("pk")[0].author

    def _reply(self, author: Any) -> Post:
        limits.forget_all()
        return reply(self.thread, by=author, words=Words(SENTENCES[0], Stance.PRACTICE), client_key=uuid.uuid4())

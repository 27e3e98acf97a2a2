"""`manage.py bench search_faults [writes=10000] [kills=5] [every=4] [engine=…]`: the index while things die.

A process writes as members do. Meanwhile the clock, which takes the outbox and feeds the search server, is killed as if
the power went, again and again; with `engine=elasticsearch` the server too, and it comes back with nothing on its disk.
Then everybody waits: within 60 s, with nobody's help, nothing may be missing, left over or old. Writing is measured
with the server there and with the server away: its p99 may grow by a fifth.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.site import ROOT, Site
from tools.servers import free_port

WITHIN = 60


def run(
    writes: str = "10000", kills: str = "5", every: str = "4", engine: str = "", database: str = "", template: str = ""
) -> dict[str, Any]:
    """A kill comes `every` so many seconds; `database` is the address of a PostgreSQL in the place of SQLite, and
    `template` a migrated SQLite file."""
    with tempfile.TemporaryDirectory() as folder, _server(engine) as server:
        site = Site(Path(folder), database)
        environment = site.environment | ({"ELASTICSEARCH_URL": f"{server.address}/faults"} if server else {})
        if template:
            shutil.copyfile(template, site.folder / "collegium.sqlite3")
        _python(environment, "manage.py", "migrate", "--verbosity", "0").wait()
        found: dict[str, Any] = {"engine": engine or "database", "kills": int(kills)}
        clock = _clock(environment)
        try:
            if server:
                found["server_there"] = _said(_writer(environment, int(writes) // 4))
                server.kill()
                found["server_away"] = _said(_writer(environment, int(writes) // 4))
                server.start()
            writer = _writer(environment, int(writes) // (2 if server else 1))
            clock = _kill_while(writer, clock, environment, int(kills), float(every), server)
            found["while_killed"] = _said(writer)
            found |= _said(_python(environment, "-m", "tests.bench.search_writes", "watch", str(WITHIN), piped=True))
        finally:
            clock.kill()
            clock.wait()
        return found


def _kill_while(writer: Any, clock: Any, environment: dict[str, str], kills: int, every: float, server: Any) -> Any:
    """Kill the clock in turn with the server while somebody writes; returns the clock that runs at the end."""
    for number in range(kills):
        time.sleep(every)
        if writer.poll() is not None:
            break
        clock.kill()
        clock.wait()
        if server and number == kills // 2:
            server.kill()
            server.start()
        clock = _clock(environment)
    return clock


class _Server:
    """An Elasticsearch that can be killed; it starts with nothing on its disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        from tests.elasticsearch.launcher import start  # noqa: PLC0415 - only where one is asked for

        self.running = start(self.port)

    def kill(self) -> None:
        self.running.stop()


@contextmanager
def _server(engine: str) -> Iterator[_Server | None]:
    if engine != "elasticsearch":
        yield None
        return
    server = _Server()
    try:
        yield server
    finally:
        server.kill()


def _clock(environment: dict[str, str]) -> "subprocess.Popen[str]":
    return _python(environment, "manage.py", "clock")


def _writer(environment: dict[str, str], count: int) -> "subprocess.Popen[str]":
    return _python(environment, "-m", "tests.bench.search_writes", "write", str(count), piped=True)


def _python(environment: dict[str, str], *words: str, piped: bool = False) -> "subprocess.Popen[str]":
    out = subprocess.PIPE if piped else subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env={**os.environ, **environment}, stdout=out, stderr=out, text=True
    )


def _said(process: "subprocess.Popen[str]") -> dict[str, Any]:
    out, errors = process.communicate()
    if process.returncode:
        raise RuntimeError(errors[-2000:])
    return dict(json.loads(out.splitlines()[-1]))

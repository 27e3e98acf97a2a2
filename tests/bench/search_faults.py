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

from tests.bench.site import ROOT, Site, load, newest_template
from tools.servers import free_port, postgres_and_redis

WITHIN = 60


def run(
    writes: str = "10000", kills: str = "5", every: str = "4", engine: str = "", database: str = "", template: str = ""
) -> dict[str, Any]:
    """A kill comes `every` so many seconds; `database` is the address of a PostgreSQL in the place of SQLite, or
    `own` for one that is started here, and `template` a SQLite file that needs no migration."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, search_server(engine) as server, _database(database) as address:
        environment = site_for(Path(folder), address, template)
        environment |= {"ELASTICSEARCH_URL": f"{server.address}/faults"} if server else {}
        found: dict[str, Any] = {"engine": engine or "database", "kills": int(kills)}
        process = _clock(environment)
        try:
            if server:
                found["server_there"] = said(_writer(environment, int(writes) // 8))
                server.kill()
                found["server_away"] = said(_writer(environment, int(writes) // 8))
                server.start()
            writer = _writer(environment, int(writes) * 3 // 4 if server else int(writes))
            process = _kill_while(writer, process, environment, int(kills), float(every), server)
            found["while_killed"] = said(writer)
            found |= said(python(environment, "-m", "tests.bench.search_writes", "watch", str(WITHIN), piped=True))
        finally:
            process.kill()
            process.wait()
        return {**found, "seconds": round(time.monotonic() - started), "load": load()}


def site_for(folder: Path, database: str = "", template: str = "") -> dict[str, str]:
    """The environment of a fresh site with all its tables, without search by meaning."""
    site = Site(folder, database)
    environment = site.environment | {"SEMANTIC_SEARCH": "false"}
    if template:
        shutil.copyfile(template, folder / "collegium.sqlite3")
    else:
        newest = newest_template()
        if newest and not database:
            shutil.copyfile(newest, folder / "collegium.sqlite3")
        said(python(environment, "manage.py", "migrate", "--verbosity", "0", piped=True), silent=True)
    return environment


@contextmanager
def clock(environment: dict[str, str]) -> Iterator[None]:
    process = _clock(environment)
    try:
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def _database(wanted: str) -> Iterator[str]:
    if wanted != "own":
        yield wanted
        return
    with postgres_and_redis() as servers:
        yield servers["TEST_DATABASE_URL"]


def _kill_while(writer: Any, process: Any, environment: dict[str, str], kills: int, every: float, server: Any) -> Any:
    """Kill the clock in turn with the server while somebody writes; returns the clock that runs at the end."""
    for number in range(kills):
        time.sleep(every)
        if writer.poll() is not None:
            break
        process.kill()
        process.wait()
        if server and number == kills // 2:
            server.kill()
            server.start()
        process = _clock(environment)
    return process


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
def search_server(engine: str) -> Iterator[_Server | None]:
    if engine != "elasticsearch":
        yield None
        return
    server = _Server()
    try:
        yield server
    finally:
        server.kill()


def _clock(environment: dict[str, str]) -> "subprocess.Popen[str]":
    return python(environment, "manage.py", "clock")


def _writer(environment: dict[str, str], count: int) -> "subprocess.Popen[str]":
    return python(environment, "-m", "tests.bench.search_writes", "write", str(count), piped=True)


def python(environment: dict[str, str], *words: str, piped: bool = False) -> "subprocess.Popen[str]":
    out = subprocess.PIPE if piped else subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env={**os.environ, **environment}, stdout=out, stderr=out, text=True
    )


def said(process: "subprocess.Popen[str]", *, silent: bool = False) -> dict[str, Any]:
    out, errors = process.communicate()
    if process.returncode:
        raise RuntimeError(errors[-2000:])
    return {} if silent else dict(json.loads(out.splitlines()[-1]))

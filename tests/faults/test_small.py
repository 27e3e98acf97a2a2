"""The fault tests in small, on one real web process: broken frames, lines that tear, a planned restart.

In full, with more sockets and with PostgreSQL and Redis that break: `manage.py bench faults`.
"""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict

import pytest
from django.db import connection

from tests import databases
from tests.bench import crowd, hostile
from tests.bench.crowd import Plan
from tests.bench.room import verdict
from tests.bench.site import WEBINAR, Site
from tools.servers import free_port

PATH = f"/ws/rooms/{WEBINAR}/"
SOCKETS = 40
PATIENCE = 120.0  # seconds; the machine may be busy

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the install of these tests is on SQLite")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("site"))
    running.sessions = running.prepare(SOCKETS, databases.template_file())
    running.serve(free_port())
    yield running
    running.stop()


def events(site: Site) -> dict[int, str | None]:
    """The log of the room, read from the file: number → ref."""
    with closing(sqlite3.connect(site.folder / "collegium.sqlite3", timeout=PATIENCE)) as database:
        rows = database.execute("SELECT seq, ref FROM webinars_roomevent ORDER BY seq").fetchall()
    return {seq: str(uuid.UUID(ref)) if ref else None for seq, ref in rows}


def test_broken_frames_are_told_why_and_leave_no_trace(site: Site) -> None:
    address = ("127.0.0.1", next(iter(site.processes)))
    assert hostile.run(address, site.origin, PATH, site.sessions)["wrong"] == []
    assert site.traces() == 0


def test_nothing_is_lost_when_all_lines_tear_and_the_process_restarts(site: Site) -> None:
    port = next(iter(site.processes))

    def restart(_call: str) -> None:
        site.stop(port)
        site.serve(port)

    script = [(1, "drop", None), (3, "call", "restart")]
    plan = Plan(
        [("127.0.0.1", port)], site.origin, PATH, site.sessions, rate=5, seconds=6, script=script, settle=PATIENCE
    )
    before = max(events(site), default=0)
    report = crowd.conduct(crowd.start(plan), lambda call: restart(call) if call == "restart" else None)
    stored = {seq: ref for seq, ref in events(site).items() if seq > before}

    assert len(stored) >= len(report["said"]) == 30
    assert asdict(verdict(report, stored)) == asdict(verdict({"readers": [], "said": []}, {}))
    assert report["codes"].get("1012", 0) == SOCKETS  # everybody was told of the restart
    assert site.traces() == 0

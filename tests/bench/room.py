"""`manage.py bench room [sockets=1000] [rate=5] [seconds=60] [naive=1] [on=sqlite|postgres]`: one room on one Daphne.

The members of a demo join a webinar's room over real sockets and say lines; each line is timed from the moment it is
sent to the moment each of them has it. Beside it, in the same run, the same load on a naive group consumer of Channels.
With on=postgres the servers are those of DATABASE_URL and REDIS_URL, or else the run's own. Times in milliseconds.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench import crowd
from tests.bench.crowd import Plan
from tests.bench.site import WEBINAR, Site, load
from tests.faults.history import Reader, Said, judge
from tools.servers import postgres_and_redis

PORT = 8526
SHOWN = ("join_s", "delays", "ack", "received", "codes", "refusals", "frames", "client_cpu", "client_rss_mb")


def run(
    sockets: str = "1000", rate: str = "5", seconds: str = "60", naive: str = "1", on: str = "sqlite", keep: str = ""
) -> dict[str, Any]:
    """`keep` names a folder whose data stay for the next run."""
    with tempfile.TemporaryDirectory() as scratch, servers(on) as (database, redis):
        site = Site(Path(keep or scratch), database, redis)
        sessions = site.prepare(int(sockets))
        begun = load()
        figures = {"ours": ours(site, sessions, float(rate), float(seconds))}
        if naive == "1":
            figures["naive"] = measure_naive(site, sessions, float(rate), float(seconds))
    asked = {"sockets": int(sockets), "rate": float(rate), "seconds": float(seconds), "on": on}
    return {**asked, "load_before": begun, "load_after": load(), **figures}


@contextmanager
def servers(on: str) -> Iterator[tuple[str, str]]:
    """Addresses of a database and of Redis: none for SQLite, those given, or fresh ones that end with the block."""
    if on == "sqlite":
        yield "", ""
    elif os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"], os.environ.get("REDIS_URL", "")
    else:
        with postgres_and_redis() as own:
            yield own["TEST_DATABASE_URL"], own["TEST_REDIS_URL"]


def ours(site: Site, sessions: list[str], rate: float, seconds: float) -> dict[str, Any]:
    before = site.ask("last_seq", WEBINAR)
    path = f"/ws/rooms/{WEBINAR}/"
    figures = _measure(site, Plan([("127.0.0.1", PORT)], site.origin, path, sessions, rate, seconds))
    report = figures.pop("report")
    stored = dict(site.ask("stored", WEBINAR, str(before)))
    return {**figures, "laws": asdict(verdict(report, stored)), "error_traces": site.traces()}


def verdict(report: dict[str, Any], stored: dict[int, str | None]) -> Any:
    readers = [Reader(place, received) for place, received in report["readers"]]
    return judge(readers, [Said(ref, seq) for ref, seq, _text in report["said"]], stored)


def measure_naive(site: Site, sessions: list[str], rate: float, seconds: float) -> dict[str, Any]:
    plan = Plan([("127.0.0.1", PORT)], site.origin, "/", sessions, rate, seconds, naive=True)
    figures = _measure(site, plan, "tests.bench.naive_room")
    report = figures.pop("report")
    expected = len(report["said"]) * len(sessions)
    return {**figures, "lost": expected - report["received"]}


def _measure(site: Site, plan: Plan, program: str = "community.config.server") -> dict[str, Any]:
    site.serve(PORT, program)
    try:
        begun, costs = site.cost(PORT), {}
        report = crowd.conduct(crowd.start(plan), lambda call: costs.update({call: site.cost(PORT)}))
        joined, ended = costs["joined"], site.cost(PORT)
    finally:
        site.stop(PORT)
    server = {
        "rss_begun_mb": begun["rss_mb"], "rss_mb": ended["rss_mb"], "peak_mb": ended["peak_mb"],
        "cpu_of_joins_s": round(joined["cpu_s"] - begun["cpu_s"], 1),
        "cpu": round((ended["cpu_s"] - joined["cpu_s"]) / plan.seconds, 2), "load": load(),
    }  # fmt: skip
    return {**{name: report[name] for name in SHOWN}, "server": server, "report": report}

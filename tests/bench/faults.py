"""`manage.py bench faults [only=NAME,…] [sockets=200]`: a room while things break, judged by one history checker.

Each fault runs on real web processes with a crowd that says lines all the while; afterwards every line must have been
stored once and received once, in order, by everybody. Needs PostgreSQL and Redis for those faults that are theirs.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench import crowd, hostile
from tests.bench.crowd import Plan
from tests.bench.room import verdict
from tests.bench.site import WEBINAR, Site, load
from tests.faults.servers import Server, own_servers
from tools.servers import Unavailable

PORTS = (8526, 8527)
PATH = f"/ws/rooms/{WEBINAR}/"
Script = list[tuple[float, str, Any]]


def run(only: str = "", sockets: str = "200", crowd_of: str = "1000") -> dict[str, Any]:
    """`crowd_of` is the size of the crowd that loses its lines at once, and of the one with stalled readers."""
    wanted = only.split(",") if only else list(FAULTS)
    return {name: FAULTS[name](int(crowd_of) if name in {"drop", "stall"} else int(sockets)) for name in wanted}


# --- The faults ------------------------------------------------------------------------------------------------


def kill(sockets: int, every: float = 5.0, times: int = 10) -> dict[str, Any]:
    """One of two web processes dies as if the power went, and is started again; ten times, in turn."""
    with _shared() as (site, _postgres, _redis):

        def die(number: str) -> None:
            port = PORTS[int(number) % 2]
            site.kill(port)
            site.serve(port)

        script: Script = [(every * (n + 1), "call", str(n)) for n in range(times)]
        return _one(site, sockets, every * (times + 1), script, die, PORTS)


def redis(sockets: int) -> dict[str, Any]:
    """Redis is away for ten seconds, then hangs for ten."""
    with _shared() as (site, _postgres, server):
        acts = {"stop": server.stop, "start": server.start, "hang": server.hang, "wake": server.go_on}
        script: Script = [
            (0, "mark", "before"), (5, "call", "stop"), (5.1, "mark", "away"), (15, "call", "start"),
            (15.1, "mark", "back"), (20, "call", "hang"), (20.1, "mark", "hanging"), (30, "call", "wake"),
            (30.1, "mark", "after"),
        ]  # fmt: skip
        return _one(site, sockets, 36, script, lambda name: acts[name](), PORTS)


def postgres(sockets: int) -> dict[str, Any]:
    """PostgreSQL crashes and is back after two seconds, twice."""
    with _shared() as (site, server, _redis):

        def crash(_name: str) -> None:
            server.stop()
            time.sleep(2)
            server.start()

        script: Script = [(6, "call", "once"), (16, "call", "again")]
        return _one(site, sockets, 26, script, crash, PORTS)


def drop(sockets: int) -> dict[str, Any]:
    """All lines tear at once; goal: everybody is back within 15 seconds."""
    with _alone() as site:
        return _one(site, sockets, 25, [(5, "drop", None)], _nothing)


def stall(sockets: int) -> dict[str, Any]:
    """Five in a hundred stop reading; goal: the others' p99 grows by a fifth at most."""
    with _alone() as site:
        script: Script = [
            (0, "mark", "before"), (20, "stall", 0.05), (20.1, "mark", "stalled"), (75, "go_on", None),
            (75.1, "mark", "after"),
        ]  # fmt: skip
        return _one(site, sockets, 80, script, _nothing)


def farewell(sockets: int) -> dict[str, Any]:
    """A planned restart: everybody is told when to come back."""
    with _alone() as site:

        def restart(_name: str) -> None:
            site.stop(PORTS[0])
            site.serve(PORTS[0])

        return _one(site, sockets, 20, [(5, "call", "restart")], restart)


def bells(sockets: int) -> dict[str, Any]:
    """Doorbells that come twice, late, out of order, and for what never happened."""
    with _shared() as (site, _postgres, server):
        script: Script = [(float(second), "call", "ring") for second in range(2, 14)]
        return _one(site, sockets, 16, script, lambda _name: hostile.ring(server.port, WEBINAR), PORTS)


def hostile_frames(_sockets: int) -> dict[str, Any]:
    """What no page sends: the right close codes, and no trace in the log."""
    with _alone() as site:
        sessions = site.prepare(30)
        site.serve(PORTS[0])
        found = hostile.run(("127.0.0.1", PORTS[0]), site.origin, PATH, sessions)
        return {**found, "error_traces": site.traces()}


FAULTS: dict[str, Callable[[int], dict[str, Any]]] = {
    "kill": kill, "redis": redis, "postgres": postgres, "drop": drop, "stall": stall, "farewell": farewell,
    "bells": bells, "hostile": hostile_frames,
}  # fmt: skip


# --- One run ---------------------------------------------------------------------------------------------------


def _one(
    site: Site,
    sockets: int,
    seconds: float,
    script: Script,
    on_call: Callable[[str], object],
    ports: tuple[int, ...] = PORTS[:1],
) -> dict[str, Any]:
    sessions = site.prepare(sockets)
    before = site.ask("last_seq", WEBINAR)
    for port in ports:
        site.serve(port)
    addresses = [("127.0.0.1", port) for port in ports]
    plan = Plan(addresses, site.origin, PATH, sessions, rate=5, seconds=seconds, script=script)
    report = crowd.conduct(crowd.start(plan), lambda call: None if call == "joined" else on_call(call))
    stored = dict(site.ask("stored", WEBINAR, str(before)))
    laws = verdict(report, stored)
    shown = ("join_s", "delays", "ack", "by_time", "codes", "refusals", "all_back_s", "client_cpu")
    return {
        "sockets": sockets, "said": len(report["said"]), "stored": len(stored), "is_sound": laws.is_sound,
        "laws": asdict(laws), "error_traces": site.traces(), "load": load(),
        **{name: report[name] for name in shown if name in report},
    }  # fmt: skip


@contextmanager
def _alone() -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        try:
            yield site
        finally:
            site.stop()


@contextmanager
def _shared() -> Iterator[tuple[Site, Server, Server]]:
    try:
        with own_servers() as (postgres_server, database, redis_server, address), _alone() as site:
            site.database, site.redis = database, address
            yield site, postgres_server, redis_server
    except Unavailable as error:
        raise RuntimeError(f"this fault needs PostgreSQL and Redis: {error}") from error


def _nothing(_name: str) -> None:
    return None

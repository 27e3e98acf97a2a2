"""The processes of `bench search_faults`, `search_away` and `search_fresh`: they write as members do, wait until the
index is sound, or make it anew."""

import io
import json
import os
import random
import signal
import sys
import uuid
from collections.abc import Iterator
from itertools import count, islice
from statistics import quantiles
from time import monotonic, perf_counter, sleep
from typing import Any

import django


def write(writes: str) -> dict[str, Any]:
    """New threads, replies, and replies withdrawn; says how long each took, in ms."""
    times = list(islice(_acts(), int(writes)))
    return _figures(times)


def away(pid: str, rounds: str, each: str, within: str) -> dict[str, Any]:
    """Writes with the search server there, then with the server silent (stopped, so that nothing answers and nothing is
    refused), in turn, so that a busy machine counts for both alike. `pid` is the group of the server's processes; after
    `within` seconds no new round begins."""
    until = monotonic() + float(within)
    acts = _acts()
    for _warming in range(20):
        next(acts)
    times: dict[str, list[float]] = {"there": [], "away": []}
    try:
        for number in range(int(rounds)):
            if number and monotonic() > until:
                break
            for name, sign in (("there", signal.SIGCONT), ("away", signal.SIGSTOP)):
                os.killpg(int(pid), sign)
                times[name] += islice(acts, int(each))
    finally:
        os.killpg(int(pid), signal.SIGCONT)
    found = {name: _figures(each) for name, each in times.items()}
    grown = {cut: round(100 * (found["away"][cut] / found["there"][cut] - 1)) for cut in ("p50_ms", "p99_ms")}
    return {**found, "p50_grown_percent": grown["p50_ms"], "p99_grown_percent": grown["p99_ms"]}


def _acts() -> Iterator[float]:
    """One write after the other, each in ms."""
    from community.core.limits import forget_all  # noqa: PLC0415 - Django is set up only now
    from forums.operations import withdraw_post  # noqa: PLC0415
    from tests.factories.forums import SpaceFactory, make_reply, make_thread, verified_member  # noqa: PLC0415

    chance = random.Random(7)
    author = verified_member(email=f"{uuid.uuid4().hex}@bench.test", handle=uuid.uuid4().hex[:20])
    space = SpaceFactory.create(slug=uuid.uuid4().hex[:12], name=uuid.uuid4().hex[:12])
    thread, replies = make_thread(space, by=author), []
    for number in count():
        forget_all()  # how often somebody may write is not what is measured
        started = perf_counter()
        act = chance.random()
        if act < 0.2:
            thread, replies = make_thread(space, by=author, title=f"Thread {number} of many"), []
        elif act < 0.4 and replies:
            withdraw_post(replies.pop(), by=author)
        else:
            replies.append(make_reply(thread, by=author, source=f"Reply {number}: we start early."))
        yield (perf_counter() - started) * 1000


def _figures(times: list[float]) -> dict[str, Any]:
    cuts = quantiles(times, n=100)
    return {
        "written": len(times),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
    }


def watch(seconds: str) -> dict[str, Any]:
    """Until nothing waits any more: after how many seconds, and what is missing, left over or old then.

    Nothing is repaired here.
    """
    from search import outbox  # noqa: PLC0415
    from search.engines import elastic  # noqa: PLC0415
    from search.models import Outbox, Shipment  # noqa: PLC0415

    started = monotonic()
    while (Outbox.objects.exists() or Shipment.objects.exists()) and monotonic() - started < float(seconds):
        sleep(0.5)
    after = round(monotonic() - started, 1)
    every = list(outbox.differences().values())
    if elastic.is_on():
        from search import mirror  # noqa: PLC0415

        every += mirror.differences().values()
    counts = {name: sum(len(each[name]) for each in every) for name in ("missing", "ghost", "stale")}
    return {"in_step_after_s": after, "still_waiting": Outbox.objects.count() + Shipment.objects.count(), **counts}


def fill(posts: str) -> dict[str, Any]:
    """So many posts in one space, and their documents."""
    from community.core.clock import now  # noqa: PLC0415
    from forums.bulk import PostRow, ThreadRow, write_threads  # noqa: PLC0415
    from search import outbox  # noqa: PLC0415
    from tests.factories.forums import SpaceFactory, verified_member  # noqa: PLC0415

    author, space = verified_member(), SpaceFactory.create()
    words = [f"{word} on our ward at night, and how we count it." for word in ("Fluids", "Oxygen", "Pain", "Sleep")]
    rows = [[PostRow(author, words[each % 4], "question", now(), {}) for each in range(10)] for _each in range(10)]
    write_threads(ThreadRow(space, f"Thread {number}", rows[number % 10]) for number in range(max(1, int(posts) // 10)))
    return {"documents": outbox.drain_all()}


def reindex() -> dict[str, Any]:
    """Until somebody ends it."""
    from django.core.management import call_command  # noqa: PLC0415

    while True:
        call_command("reindex", stdout=io.StringIO())


def fresh(rounds: str) -> dict[str, Any]:
    """How soon what is written, hidden and closed is known; see `bench search_fresh`."""
    from tests.bench.search_watching import Watch  # noqa: PLC0415

    return Watch.begin().measured(int(rounds))


COMMANDS = {"write": write, "watch": watch, "away": away, "fill": fill, "reindex": reindex, "fresh": fresh}

if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])) + "\n")

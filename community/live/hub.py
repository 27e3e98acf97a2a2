"""One hub per process: it reads each topic's new rows once, encodes once and fans out to bounded queues.

A doorbell makes it look at once; without one it looks every second. Every five seconds it asks whether each socket
may still be where it is; a `Recheck` makes it ask at once.
"""

import asyncio
import contextlib
import json
import logging
from collections import defaultdict
from datetime import timedelta
from typing import Any, Protocol

from channels.layers import get_channel_layer

from community.core.clock import now
from community.live import queries
from community.live.operations import DOORBELLS
from community.live.registry import log_of
from community.live.threads import in_database

log = logging.getLogger(__name__)

TICK = 1.0
SWEEP = 5.0
BEAT = 20.0


class Subscriber(Protocol):
    """An open socket, as the hub sees it."""

    topic: str
    member_id: int
    seq: int

    def offer(self, frame: str, seq: int) -> None: ...
    async def check_right(self) -> None: ...


class Hub:
    """Belongs to one event loop. Starts with the first subscriber and sleeps when the last one is gone."""

    def __init__(self) -> None:
        self.topics: dict[str, set[Subscriber]] = defaultdict(set)
        self.seen: dict[str, int] = {}
        self.bell = asyncio.Event()
        self.rung_members: set[int] = set()
        self.tasks: list[asyncio.Task[None]] = []

    def add(self, subscriber: Subscriber, seq: int) -> None:
        """Deliver to this socket from `seq` on; the hub's own mark never runs ahead of a new subscriber."""
        self.topics[subscriber.topic].add(subscriber)
        self.seen[subscriber.topic] = min(self.seen.get(subscriber.topic, seq), seq)
        self._start()
        self.bell.set()

    def remove(self, subscriber: Subscriber) -> None:
        self.topics[subscriber.topic].discard(subscriber)
        if not self.topics[subscriber.topic]:
            del self.topics[subscriber.topic]
            self.seen.pop(subscriber.topic, None)

    def present(self, topic: str) -> int:
        return len(self.topics.get(topic, ()))

    def subscribers(self) -> list[Subscriber]:
        return [subscriber for subscribers in self.topics.values() for subscriber in subscribers]

    def _start(self) -> None:
        if self.tasks and not any(task.done() for task in self.tasks):
            return
        for task in self.tasks:
            task.cancel()
        self.tasks = [asyncio.create_task(run()) for run in (self._deliver, self._listen, self._sweep, self._beats)]

    async def _deliver(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.bell.wait(), TICK)
            self.bell.clear()
            if self.topics:
                await self._survive(self._look)

    async def _look(self) -> None:
        for name, (seq, _epoch) in (await in_database(_heads, list(self.topics))).items():
            since = self.seen.get(name, seq)
            if seq > since:
                events = await in_database(log_of(name).entries_after, name, since, seq)
                self.seen[name] = max(self.seen.get(name, 0), seq)
                self._fan_out(name, events)

    def _fan_out(self, name: str, events: list[dict[str, Any]]) -> None:
        if not events:
            return
        whole, last = json.dumps({"is": "events", "events": events}), events[-1]["seq"]
        for subscriber in list(self.topics.get(name, ())):
            if subscriber.seq < events[0]["seq"]:
                subscriber.offer(whole, last)
            elif subscriber.seq < last:  # joined in the middle of this batch
                rest = [event for event in events if event["seq"] > subscriber.seq]
                subscriber.offer(json.dumps({"is": "events", "events": rest}), last)

    async def _listen(self) -> None:
        """Hear doorbells; when the layer breaks, go on polling and try again."""
        while True:
            try:
                await self._hear()
            except Exception as error:
                log.warning("doorbells cannot be heard", extra={"kind": type(error).__name__})
                await asyncio.sleep(2)

    async def _hear(self) -> None:
        layer = get_channel_layer()
        channel = await layer.new_channel("hub")
        await layer.group_add(DOORBELLS, channel)
        while True:
            message = await layer.receive(channel)
            if "member" in message:
                await self._check([s for s in self.subscribers() if s.member_id == message["member"]])
            else:
                self.bell.set()

    async def _sweep(self) -> None:
        last, elapsed = now() - timedelta(seconds=SWEEP), 0.0
        while True:
            await asyncio.sleep(TICK)
            elapsed, moment = elapsed + TICK, now()
            changed = set(await self._survive(lambda since=last: in_database(queries.rechecks_since, since)) or [])
            last = moment - timedelta(seconds=2)
            everybody = elapsed >= SWEEP
            elapsed = 0.0 if everybody else elapsed
            await self._check([s for s in self.subscribers() if everybody or s.member_id in changed])

    async def _check(self, subscribers: list[Subscriber]) -> None:
        for subscriber in subscribers:
            await self._survive(subscriber.check_right)

    async def _beats(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            for name, subscribers in list(self.topics.items()):
                frame = json.dumps({"is": "beat", "seq": self.seen.get(name, 0)})
                for subscriber in list(subscribers):
                    subscriber.offer(frame, subscriber.seq)

    async def _survive(self, action: Any) -> Any:
        """A database that is away for a moment must not end the hub."""
        try:
            return await action()
        except Exception as error:
            log.warning("hub stumbled", extra={"kind": type(error).__name__}, exc_info=True)
            return None


def _heads(names: list[str]) -> dict[str, tuple[int, str]]:
    """The heads of topics of all kinds, after what waited there has been told."""
    by_log: dict[Any, list[str]] = defaultdict(list)
    for name in names:
        by_log[log_of(name)].append(name)
    found: dict[str, tuple[int, str]] = {}
    for source, topics in by_log.items():
        source.flush(topics)
        found.update(source.heads(topics))
    return found


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    for closed in [known for known in _hubs if known.is_closed()]:
        del _hubs[closed]
    return _hubs.setdefault(loop, Hub())


def open_sockets() -> int:
    return sum(len(known.subscribers()) for known in _hubs.values())

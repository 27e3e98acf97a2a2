"""One hub per process: it reads each topic's new rows once, encodes once and hands them to every socket.

A doorbell makes it look at once; without one it looks every second. After a look it rests as long as the look took, at
most 200 ms: a single message goes out at once, a crowd of them in batches. Every socket is asked for its right
within five seconds; a `Recheck` makes that at once. The news of the moment (presence) goes out once a second.
"""

import asyncio
import contextlib
import itertools
import logging
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from typing import Any, Protocol

from channels.layers import get_channel_layer

from community.core.clock import now
from community.live import bells, news, pace, queries, rights
from community.live.codes import NO_RIGHT, NOT_SIGNED_IN, RESTART, TOO_SLOW, TRY_AGAIN
from community.live.frames import Frame
from community.live.gate import Gate
from community.live.news import Cached, Marks, News
from community.live.presence import Presence, describe
from community.live.registry import attender_of, describer_of
from community.live.rights import Stand
from community.live.stays import Stays
from community.live.threads import to

log = logging.getLogger(__name__)

CHUNK = 200
IN_FULL_EACH_TICK = 1
SLICES = 4
SETTLE = 2.0
LONGEST_SPREAD_MS = 60_000


class Subscriber(Protocol):
    """An open socket, as the hub sees it."""

    topic: str
    stand: Stand
    seq: int

    def offer(self, frame: Frame, seq: int) -> None: ...
    def end(self, code: int) -> None: ...
    def stuck_for(self) -> float: ...


class Hub:
    """Belongs to one event loop. Starts with the first subscriber and sleeps when the last one is gone."""

    def __init__(self) -> None:
        self.pace = pace.PACE
        self.topics: dict[str, set[Subscriber]] = {}
        self.members: dict[str, Counter[int]] = {}
        self.marks: Marks = {}
        self.spoke_at: dict[str, float] = {}
        self.pages: dict[tuple[str, int | None, str | None], tuple[float, asyncio.Future[Cached]]] = {}
        self.presence = Presence()
        self.stays = Stays()
        self.gate = Gate()
        self.rung = asyncio.Event()
        self.rung_topics: set[str] = set()
        self.members_rung = asyncio.Event()
        self.rung_members: set[int] = set()
        self.checked: list[Subscriber] = []
        self.tasks: list[asyncio.Task[None]] = []

    # --- Who is here ---

    def add(self, subscriber: Subscriber, seq: int, epoch: str) -> None:
        """Deliver to this socket from `seq` on; the hub's own mark never runs ahead of a new subscriber."""
        topic = subscriber.topic
        there = self.topics.setdefault(topic, set())
        there.add(subscriber)
        self.members.setdefault(topic, Counter())[subscriber.stand.member_id] += 1
        known, known_epoch = self.marks.get(topic, (seq, epoch))
        self.marks[topic] = (min(known, seq), known_epoch)
        self.spoke_at.setdefault(topic, time.monotonic())
        self.presence.greet(topic)
        if attender_of(subscriber.stand.kind):
            self.stays.came(topic, subscriber.stand.member_id)
        self._start()
        if known != seq or len(there) == 1:
            self._ring(topic)

    def remove(self, subscriber: Subscriber) -> None:
        topic = subscriber.topic
        if subscriber not in self.topics.get(topic, ()):
            return
        self.topics[topic].discard(subscriber)
        member, members = subscriber.stand.member_id, self.members[topic]
        members[member] -= 1
        if not members[member]:
            del members[member]
            self.stays.left(topic, member)
        if not self.topics[topic]:
            for kept in (self.topics, self.members, self.marks, self.spoke_at):
                kept.pop(topic, None)
            self.presence.leave(topic)

    def present(self, topic: str) -> int:
        """Members in the topic; those of other processes too, where the kind of topic counts presence."""
        return self.presence.elsewhere(topic) + len(self.members.get(topic, ()))

    def subscribers(self) -> list[Subscriber]:
        return [subscriber for subscribers in self.topics.values() for subscriber in subscribers]

    # --- What a join is answered ---

    async def page(self, topic: str, since: int | None, epoch: str | None) -> Cached:
        """What is asked for again within a second, as after a restart by everybody at once, is read once."""
        key = (topic, since, epoch)
        at, known = self.pages.get(key, (0.0, None))
        if known is None or time.monotonic() - at > self.pace.tick:
            known = asyncio.ensure_future(to("join", news.page, topic, since, epoch))
            self.pages[key] = (time.monotonic(), known)
        try:
            return await asyncio.shield(known)
        except Exception:
            self.pages.pop(key, None)
            raise

    def _forget_pages(self, topics: Collection[str]) -> None:
        aged = time.monotonic() - self.pace.tick
        for key, (at, _page) in list(self.pages.items()):
            if at < aged or key[0] in topics:
                del self.pages[key]

    # --- Tasks ---

    def _start(self) -> None:
        if self.tasks and not any(task.done() for task in self.tasks):
            return
        for task in self.tasks:
            task.cancel()
        runs = (self._deliver, self._listen, self._watch_rights, self._show_presence, self._beat, self._note_stays)
        self.tasks = [asyncio.create_task(run()) for run in runs]

    async def _deliver(self) -> None:
        while True:
            await _set_within(self.rung, self.pace.tick)
            wanted = self.rung_topics if self.rung.is_set() else set(self.topics)
            self.rung.clear()
            self.rung_topics = set()
            began = time.monotonic()
            if wanted:
                await self._survive(self._look, wanted)
                await asyncio.sleep(min(self.pace.gap, time.monotonic() - began))

    async def _look(self, wanted: set[str]) -> None:
        marks = {topic: self.marks[topic] for topic in wanted if topic in self.marks}
        found = await to("look", news.since, marks) if marks else []
        self._forget_pages({one.topic for one in found})
        for one in found:
            await self._fan_out(one)

    async def _fan_out(self, one: News) -> None:
        """To everybody who is behind, in pieces, so that the first are not kept waiting for the last."""
        if one.topic not in self.marks:
            return
        self.marks[one.topic] = (one.until, one.epoch)
        if one.is_cut_off:
            self._ring(one.topic)
        for some in rights.chunks(self.topics[one.topic], CHUNK):
            for subscriber in some:
                if one.starts_afresh:
                    subscriber.seq = 0
                if subscriber.seq < one.until:
                    subscriber.offer(one.frame_after(subscriber.seq), one.until)
            await asyncio.sleep(0)
        self.spoke_at[one.topic] = time.monotonic()

    async def _tell(self, topic: str, frame: Frame) -> None:
        for some in rights.chunks(self.topics.get(topic, ()), CHUNK):
            for subscriber in some:
                subscriber.offer(frame, subscriber.seq)
            await asyncio.sleep(0)

    async def _beat(self) -> None:
        """Where nothing was said for long, say so; whoever hears nothing at all knows that the line is dead."""
        while True:
            await asyncio.sleep(self.pace.beat / 4)
            late = time.monotonic() - self.pace.beat * 3 / 4
            for topic in [name for name, at in self.spoke_at.items() if at <= late]:
                await self._tell(topic, Frame.of(is_="beat", seq=self.marks[topic][0]))
                if topic in self.topics:
                    self.spoke_at[topic] = time.monotonic()

    # --- Bells ---

    def _ring(self, topic: str) -> None:
        self.rung_topics.add(topic)
        self.rung.set()

    def hear(self, message: bells.Message) -> None:
        """A bell, in the hub's own loop. Shares of this very process are known already."""
        if "member" in message:
            self.rung_members.add(message["member"])
            self.members_rung.set()
        elif "reaction" in message or "share" in message:
            if "reaction" in message or "from" in message:
                self.presence.hear(message)
        elif message.get("topic") in self.topics and message.get("seq", 0) > self.marks[message["topic"]][0]:
            self._ring(message["topic"])

    async def _listen(self) -> None:
        """Hear the doorbells of other processes; when the layer breaks, go on looking and try again."""
        while not _is_cancelled():
            try:
                await self._hear_others()
            except Exception as error:
                log.warning("doorbells cannot be heard", extra={"kind": type(error).__name__})
                await asyncio.sleep(SETTLE)

    async def _hear_others(self) -> None:
        layer = get_channel_layer()
        async with asyncio.timeout(SETTLE):
            channel = await layer.new_channel("hub")
            await layer.group_add(bells.DOORBELLS, channel)
        while not _is_cancelled():
            message = await layer.receive(channel)
            if message.get("from") != bells.PROCESS:
                self.hear(message)

    # --- Rights ---

    async def _watch_rights(self) -> None:
        """Those who rang at once; of everybody a slice at each tick. Who cannot be asked for long must go."""
        asked_at, step, slices = time.monotonic(), self.pace.sweep / SLICES, itertools.cycle(range(SLICES))
        due, last = time.monotonic() + step, now() - timedelta(seconds=self.pace.sweep)
        while True:
            await _set_within(self.members_rung, max(0.0, due - time.monotonic()))
            self.members_rung.clear()
            rung, self.rung_members = self.rung_members, set()
            await self._survive(
                lambda rung=rung: self._ask([s for s in self.subscribers() if s.stand.member_id in rung])
            )
            if time.monotonic() >= due:
                due, moment = max(due + step, time.monotonic()), now()
                if await self._survive(self._ask_slice, next(slices), last):
                    asked_at = time.monotonic()
                elif time.monotonic() - asked_at > self.pace.unasked:
                    for subscriber in self.subscribers():
                        subscriber.end(TRY_AGAIN)
                last = moment - timedelta(seconds=SETTLE)

    async def _ask_slice(self, turn: int, last: datetime) -> None:
        """A slice of all sockets, and all those of members whose rights were changed."""
        changed = set(await to("rights", queries.rechecks_since, last))
        everybody = self.subscribers()
        await self._ask([s for s in everybody if s.stand.member_id % SLICES == turn or s.stand.member_id in changed])
        await self._ask_some_in_full()
        for subscriber in everybody:
            if subscriber.stuck_for() > self.pace.stuck:
                subscriber.end(TOO_SLOW)

    async def _ask(self, subscribers: list[Subscriber]) -> None:
        """Ask for the rights of many; those whose kind of topic cannot be asked in bulk are asked one by one."""
        if not subscribers:
            return
        verdict = await to("rights", rights.judge, {subscriber.stand for subscriber in subscribers})
        for subscriber in subscribers:
            if subscriber.stand in verdict.signed_out:
                subscriber.end(NOT_SIGNED_IN)
            elif subscriber.stand in verdict.without_right:
                subscriber.end(NO_RIGHT)
            elif subscriber.stand in verdict.unsure:
                await self._survive(self._ask_in_full, subscriber)

    async def _ask_in_full(self, subscriber: Subscriber) -> None:
        stand = subscriber.stand
        right = await to("rights", rights.right_of, stand.session_key, stand.kind, stand.key)
        if right is None:
            subscriber.end(NOT_SIGNED_IN)
        elif right[1] is None:
            subscriber.end(NO_RIGHT)

    async def _ask_some_in_full(self) -> None:
        """A slow rotation through everybody, so that no shortcut in bulk can hold for long what has ended."""
        if not self.checked:
            self.checked = self.subscribers()
        for _turn in range(min(IN_FULL_EACH_TICK, len(self.checked))):
            await self._ask_in_full(self.checked.pop())

    # --- Presence ---

    async def _show_presence(self) -> None:
        while True:
            await asyncio.sleep(self.pace.presence)
            for topic in list(self.topics):
                if describer_of(topic.partition(":")[0]):
                    await self._survive(self._show_who_is_in, topic)

    async def _show_who_is_in(self, topic: str) -> None:
        members = self.members[topic].keys()
        strangers = self.presence.strangers(topic, members)
        if strangers:
            stand = next(iter(self.topics[topic])).stand
            self.presence.meet(topic, await to("look", describe, stand.kind, stand.key, strangers))
        frame = self.presence.frame(topic, len(members)) if topic in self.topics else None
        if frame:
            await self._tell(topic, frame)

    async def _note_stays(self) -> None:
        while True:
            await asyncio.sleep(self.pace.stays)
            await self.write_stays()

    async def write_stays(self) -> None:
        """One write for each topic; what cannot be written now is kept for the next time."""
        for topic, stays in self.stays.take().items():
            attend = attender_of(topic.partition(":")[0])
            try:
                if attend and stays:
                    await to("rights", attend, topic, stays)
            except Exception as error:
                log.warning("stays not written", extra={"kind": type(error).__name__})
                self.stays.give_back(topic, stays)

    # --- Ends ---

    async def farewell(self) -> None:
        """Before a planned end: tell every socket when to come back, spread so that they do not come all at once."""
        everybody = self.subscribers()
        spread = min(LONGEST_SPREAD_MS, 2_000 + 8 * len(everybody))
        for some in rights.chunks(everybody, CHUNK):
            for subscriber in some:
                wait = 500 + random.randrange(spread)  # noqa: S311 - spreads load, hides nothing
                subscriber.offer(Frame.of(is_="bye", code=RESTART, retry_after_ms=wait), subscriber.seq)
                subscriber.end(RESTART)
            await asyncio.sleep(0)
        await self.write_stays()

    async def _survive(self, action: Callable[..., Awaitable[None]], *arguments: Any) -> bool:
        """A database that is away for a moment must not end the hub. Whether it went well."""
        try:
            await action(*arguments)
        except Exception as error:
            log.warning("hub stumbled", extra={"kind": type(error).__name__, "words": str(error)[:200]})
            return False
        return True


def _is_cancelled() -> bool:
    """Whether the running task was asked to end: the client of Redis may swallow that while it connects."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    """Wait until the event is set, no longer than that. Python 3.11's wait_for may swallow a cancellation here."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for closed in [known for known in _hubs if known.is_closed()]:
            del _hubs[closed]
        _hubs[loop] = Hub()
    return _hubs[loop]


def _tell_hubs(message: bells.Message) -> None:
    for loop, known in list(_hubs.items()):
        if not loop.is_closed():
            loop.call_soon_threadsafe(known.hear, message)


bells.listen(_tell_hubs)


def open_sockets() -> int:
    return sum(len(known.subscribers()) for known in _hubs.values())

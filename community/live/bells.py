"""Doorbells: what one process tells the others at once and may lose.

Hubs of this process hear a bell directly. For the others a thread of its own rings through the channel layer: a
request never waits for Redis, not even for one that hangs, and while it hangs equal bells become one.
"""

import asyncio
import logging
import threading
import uuid
from collections.abc import Callable
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

log = logging.getLogger(__name__)

DOORBELLS = "live"
PROCESS = uuid.uuid4().hex
PATIENCE = 1.0
PAUSE = 0.02
MOST_WAITING = 5_000

Message = dict[str, Any]
Listener = Callable[[Message], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` with every bell rung in this process, in whichever thread rings it."""
    _listeners.append(listener)


def ring(message: Message) -> None:
    """Tell every process. A lost bell costs a tick, so nothing that goes wrong here may fail the caller."""
    for listener in list(_listeners):
        try:
            listener(message)
        except Exception as error:
            log.warning("bell not heard", extra={"kind": type(error).__name__})
    if _is_shared():
        _ringer.add({"type": "bell", "from": PROCESS, **message})


def _is_shared() -> bool:
    layer = get_channel_layer()
    return layer is not None and not isinstance(layer, InMemoryChannelLayer)


class Ringer:
    """Sends what waits; a newer bell of one kind takes the place of the older."""

    def __init__(self) -> None:
        self.waiting: dict[tuple[Any, ...], Message] = {}
        self.lock = threading.Lock()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.something: asyncio.Event | None = None

    def add(self, message: Message) -> None:
        with self.lock:
            kind = _kind(message)
            if len(self.waiting) < MOST_WAITING or kind in self.waiting:
                self.waiting[kind] = _joined(self.waiting.get(kind), message)
            loop, something = self._started()
        loop.call_soon_threadsafe(something.set)

    def _started(self) -> tuple[asyncio.AbstractEventLoop, asyncio.Event]:
        if self.loop is None or self.something is None:
            self.loop, self.something = asyncio.new_event_loop(), asyncio.Event()
            run = self.loop.run_until_complete
            threading.Thread(target=run, args=(self._ring(self.something),), name="live-bells", daemon=True).start()
        return self.loop, self.something

    async def _ring(self, something: asyncio.Event) -> None:
        while True:
            await something.wait()
            something.clear()
            with self.lock:
                waiting, self.waiting = self.waiting, {}
            try:
                for message in waiting.values():
                    await _send(message)
                await asyncio.sleep(PAUSE)
            except Exception as error:  # the rest of them are as good as lost
                log.warning("doorbells lost", extra={"kind": type(error).__name__, "count": len(waiting)})
                await asyncio.sleep(PATIENCE)


async def _send(message: Message) -> None:
    async with asyncio.timeout(PATIENCE):
        await get_channel_layer().group_send(DOORBELLS, message)


def _kind(message: Message) -> tuple[Any, ...]:
    return message.get("topic"), message.get("member"), message.get("reaction"), "share" in message


def _joined(earlier: Message | None, later: Message) -> Message:
    """Two bells of one kind as one: the later place, the sum of reactions."""
    if earlier is None or "count" not in later:
        return later
    return {**later, "count": earlier["count"] + later["count"]}


_ringer = Ringer()

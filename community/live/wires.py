"""The way from the hub to one socket: frames are handed over at once, and a reader too slow for them is noticed."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from community.live.frames import Frame

LONGEST_QUEUE = 256
LONGEST_DRAIN = 1.0
EXTENSION = "collegium.wire"
RESTING = "collegium.rest"


class Wire(Protocol):
    """`send` says no when the reader has let too many frames pile up."""

    def send(self, frame: Frame) -> bool: ...
    def stuck_for(self) -> float: ...
    async def drain(self) -> None: ...
    def shut(self) -> None: ...


def wire_for(scope: dict[str, Any], send: Callable[..., Awaitable[None]]) -> Wire:
    """The server's own wire where it has one (community.config.server), else a queue before its `send`."""
    own: Wire | None = scope.get("extensions", {}).get(EXTENSION)
    return own or QueuedWire(send)


class QueuedWire:
    """A bounded queue and a task that writes, for servers whose `send` waits for slow readers."""

    def __init__(self, send: Callable[..., Awaitable[None]]) -> None:
        self._send = send
        self._queue: asyncio.Queue[Frame] = asyncio.Queue(LONGEST_QUEUE)
        self._since = 0.0
        self._task = asyncio.create_task(self._write())

    def send(self, frame: Frame) -> bool:
        try:
            self._queue.put_nowait(frame)
        except asyncio.QueueFull:
            return False
        return True

    def stuck_for(self) -> float:
        return time.monotonic() - self._since if self._since else 0.0

    async def drain(self) -> None:
        """Let what was said arrive before the socket is closed, but not for long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_DRAIN):
                await self._queue.join()

    def shut(self) -> None:
        self._task.cancel()

    async def _write(self) -> None:
        while True:
            frame = await self._queue.get()
            self._since = time.monotonic()
            await self._send(text_data=frame.text)
            self._since = 0.0
            self._queue.task_done()

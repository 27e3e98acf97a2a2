"""What a socket has received, and the task that works it off: there only while there is something to do."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

log = logging.getLogger(__name__)

Message = dict[str, Any]
DISCONNECTED = "websocket.disconnect"


class Inbox:
    """An application takes messages with `get`, as from an asyncio.Queue, until it asks to be woken for each.

    From then on a socket that only listens costs no task, no frames of coroutines and no copy of its scope: with a
    crowd that is more than the connections themselves. `on_error` is told what a message has led to.
    """

    __slots__ = ("_messages", "_on_error", "_taker", "_task", "_wake")

    def __init__(self, on_error: Callable[[Exception], None] | None = None) -> None:
        self._messages: list[Message] = []
        self._taker: asyncio.Future[None] | None = None
        self._wake: Callable[[Message], Awaitable[None]] | None = None
        self._task: asyncio.Task[None] | None = None
        self._on_error = on_error

    def put_nowait(self, message: Message) -> None:
        self._messages.append(message)
        if self._wake:
            self._start()
        elif self._taker and not self._taker.done():
            self._taker.set_result(None)

    def qsize(self) -> int:
        return len(self._messages)

    async def get(self) -> Message:
        while not self._messages:
            self._taker = asyncio.get_running_loop().create_future()
            await self._taker
        self._taker = None
        return self._messages.pop(0)

    def rest(self, wake: Callable[[Message], Awaitable[None]]) -> None:
        """From now on call `wake` with each message, one after another; nobody may `get` any more."""
        self._wake = wake
        self._start()

    def _start(self) -> None:
        if self._messages and self._task is None:
            self._task = asyncio.create_task(self._work_off())

    async def _work_off(self) -> None:
        try:
            while self._messages and self._wake:
                message = self._messages.pop(0)
                await self._wake(message)
                if message["type"] == DISCONNECTED:
                    self._wake = self._on_error = None
        except Exception as error:
            log.error("Exception inside application: %s", error, exc_info=error)
            if self._on_error:
                self._on_error(error)
        finally:
            self._task = None

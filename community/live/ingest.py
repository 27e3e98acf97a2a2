"""The socket that takes a stream in: numbered chunks as binary frames, each acknowledged once it is on disk.

It only translates; what receives the chunks is registered by the package above. A binary frame is four bytes of
length (big-endian), that many bytes of JSON, and the bytes of the chunk; see docs/ingest.md.
"""

import asyncio
import json
import logging
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import close_old_connections

from community.core.clock import now
from community.core.errors import Boundary, Conflict
from community.live.authentication import member_of_session
from community.live.buckets import Bucket
from community.live.codes import FLOODING, NO_RIGHT, NOT_SIGNED_IN, TOO_BIG
from community.live.streams import Receiver, receiver_for

log = logging.getLogger(__name__)

LARGEST_FRAME = 4 * 1024 * 1024
LARGEST_TEXT = 16 * 1024
LARGEST_HEADER = 1024
RECHECK = 5.0  # seconds
UNREADABLE = 1007

# Writing to disk must not wait for the sockets' queries, nor these for the disk.
_pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="ingest")


class IngestConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One presenter's stream."""

    async def connect(self) -> None:
        self.receiver: Receiver | None = None
        self.worker: asyncio.Task[None] | None = None
        self.is_work_due = False
        self.bucket = Bucket(size=200, rate=50)
        await self.accept()
        if self.scope["member"] is None:
            return await self._shut(NOT_SIGNED_IN)
        self.receiver = await _in_thread(receiver_for, self.scope["url_route"]["kwargs"]["key"], self.scope["member"])
        if self.receiver is None:
            return await self._shut(NO_RIGHT)
        self.checked = time.monotonic()
        await self._say({"largest": LARGEST_FRAME, "time": _ms(), **await _in_thread(self.receiver.hello)})

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Without the hop to Channels' database thread that its own dispatch makes for every frame."""
        handler = getattr(self, message["type"].replace(".", "_"), None)
        if handler:
            await handler(message)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.receiver is None:
            return
        if not self.bucket.take():
            return await self._shut(FLOODING)
        if not await self._may_go_on():
            return
        if bytes_data is not None:
            await self._chunk(bytes_data)
        elif text_data is not None and len(text_data) <= LARGEST_TEXT:
            await self._control(text_data)
        else:
            await self._shut(TOO_BIG)

    async def _chunk(self, data: bytes) -> None:
        frame = split(data)
        if frame is None:
            return await self._shut(UNREADABLE)
        header, body = frame
        await self._answer(self.receiver.chunk, header, body, about=header)  # type: ignore[union-attr]
        self._work()

    async def _control(self, text: str) -> None:
        frame = parse(text)
        if frame is None:
            return await self._shut(UNREADABLE)
        if frame.get("do") == "ping":
            return await self._say({"is": "pong", "t": frame.get("t"), "time": _ms()})
        await self._answer(self.receiver.control, frame, about=frame)  # type: ignore[union-attr]
        self._work()

    async def _answer(self, handler: Any, *args: Any, about: dict[str, Any]) -> None:
        """What the receiver says, or why it refuses; `take` and `seq` tell which frame is meant."""
        try:
            answer = await _in_thread(handler, *args)
        except Boundary as error:
            answer = {"is": "refused", "code": error.code, "reason": error.reason}
            answer |= {name: about[name] for name in ("take", "seq", "do") if isinstance(about.get(name), int | str)}
            if isinstance(error, Conflict) and error.theirs.isdecimal():
                answer["expected"] = int(error.theirs)
        await self._say(answer)

    async def _may_go_on(self) -> bool:
        """The right is asked for again every five seconds, however long the socket has been open."""
        if time.monotonic() - self.checked < RECHECK:
            return True
        self.checked = time.monotonic()
        if await _in_thread(member_of_session, self.scope["session_key"]) is None:
            await self._shut(NOT_SIGNED_IN)
            return False
        if not await _in_thread(self.receiver.may_send):  # type: ignore[union-attr]
            await self._shut(NO_RIGHT)
            return False
        return True

    def _work(self) -> None:
        self.is_work_due = True
        if self.worker is None or self.worker.done():
            self.worker = asyncio.create_task(self._work_off())

    async def _work_off(self) -> None:
        while self.is_work_due and self.receiver:
            self.is_work_due = False
            try:
                await _in_thread(self.receiver.work)
            except Exception as error:  # What is stored stays; the clock tries again.
                log.warning("ingest work failed", extra={"kind": type(error).__name__}, exc_info=True)

    async def _shut(self, code: int) -> None:
        await self.close(code)

    async def _say(self, answer: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(answer))


def split(data: bytes) -> tuple[dict[str, Any], bytes] | None:
    """Header and body of a binary frame, or None when it is not one."""
    if len(data) < 4:
        return None
    (length,) = struct.unpack_from(">I", data)
    if length > min(LARGEST_HEADER, len(data) - 4):
        return None
    header = parse(data[4 : 4 + length])
    return None if header is None else (header, data[4 + length :])


def join(header: dict[str, Any], body: bytes) -> bytes:
    """The binary frame of a chunk: what clients send."""
    text = json.dumps(header).encode()
    return struct.pack(">I", len(text)) + text + body


def parse(text: str | bytes) -> dict[str, Any] | None:
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return frame if isinstance(frame, dict) else None


def _ms() -> int:
    return int(now().timestamp() * 1000)


async def _in_thread(function: Any, *args: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(_pool, lambda: _fresh(function, *args))


def _fresh(function: Any, *args: Any) -> Any:
    close_old_connections()
    try:
        return function(*args)
    finally:
        close_old_connections()

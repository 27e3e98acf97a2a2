"""Daphne's sockets with what it lacks: back-pressure, close codes of the standard, pings that do not come all at once.

Each socket gives its application a wire (community.live.wires) in the scope: frames go to the transport as they are,
without a task for each; while the transport is full they wait in a bounded queue, and a reader who does not take them
is noticed.
"""

import asyncio
import random
import socket
import time
from collections import deque
from contextlib import suppress
from typing import Any, NamedTuple

from autobahn.websocket import protocol as library
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.interfaces import IPushProducer
from twisted.internet.tcp import Connection
from zope.interface import implementer

from community.live.codes import TOO_SLOW
from community.live.frames import Frame
from community.live.wires import LONGEST_QUEUE

# The system may keep so much that a reader has not taken. It doubles the figure.
SEND_BUFFER = 64 * 1024
FAREWELL = 5
# Frames that the application has not taken yet; beyond, the sender waits in the network and not in our memory.
MOST_UNREAD = 16
LOOK_AGAIN = 0.05
# Where frames may be larger than elsewhere: path → bytes.
LARGER_FRAMES = {"/ws/ingest/": 4 * 1024 * 1024 + 4096}

# The library colours the words of its debug log for every handshake, also when nobody reads it.
for _painter in ("hltype", "hlval", "pformat"):
    setattr(library, _painter, lambda value, *_more, **_options: value)


class Inbox:
    """What a socket has received and its application has not taken: asyncio.Queue for one taker, in a quarter of the
    memory (that one keeps three deques, and a crowd of sockets mostly waits)."""

    __slots__ = ("_messages", "_taker")

    def __init__(self) -> None:
        self._messages: list[dict[str, Any]] = []
        self._taker: asyncio.Future[None] | None = None

    def put_nowait(self, message: dict[str, Any]) -> None:
        self._messages.append(message)
        if self._taker and not self._taker.done():
            self._taker.set_result(None)

    def qsize(self) -> int:
        return len(self._messages)

    async def get(self) -> dict[str, Any]:
        while not self._messages:
            self._taker = asyncio.get_running_loop().create_future()
            await self._taker
        return self._messages.pop(0)


class Asked(NamedTuple):
    """What is still needed of a handshake once the socket is open."""

    path: str


@implementer(IPushProducer)
class Valve:
    """The wire of one socket. The transport closes it while 64 KiB wait there, and opens it when all are gone."""

    __slots__ = ("_is_shut", "_paused_at", "_protocol", "_waiting")

    def __init__(self, protocol: "BoundedSocket") -> None:
        self._protocol = protocol
        self._waiting: deque[Frame] | None = None
        self._paused_at = 0.0
        self._is_shut = False

    # --- What the application asks ---

    def send(self, frame: Frame) -> bool:
        if self._is_shut:
            return True
        if not self._paused_at:
            self._protocol.write(frame.wire)
            return True
        self._waiting = deque() if self._waiting is None else self._waiting
        if len(self._waiting) >= LONGEST_QUEUE:
            return False
        self._waiting.append(frame)
        return True

    def stuck_for(self) -> float:
        return time.monotonic() - self._paused_at if self._paused_at else 0.0

    async def drain(self) -> None:
        """Nothing to wait for: what was sent stands before the close frame in the transport."""

    def shut(self) -> None:
        self._is_shut = True
        self._waiting = None

    # --- What the transport tells ---

    def pauseProducing(self) -> None:
        self._paused_at = self._paused_at or time.monotonic()

    def resumeProducing(self) -> None:
        self._paused_at = 0.0
        while self._waiting and not self._paused_at:
            self._protocol.write(self._waiting.popleft().wire)

    def stopProducing(self) -> None:
        self.shut()


class BoundedSocket(WebSocketProtocol):  # type: ignore[misc]
    """A socket whose reader is watched."""

    valve: Valve
    request: Any
    http_headers: dict[str, str]
    http_request_params: dict[str, list[str]]

    def onConnect(self, request: Any) -> Any:
        for path, size in LARGER_FRAMES.items():
            if request.path.startswith(path):
                self.maxFramePayloadSize = self.maxMessagePayloadSize = size
        return super().onConnect(request)

    def onOpen(self) -> None:
        super().onOpen()
        with suppress(AttributeError, OSError):
            self.transport.getHandle().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        # The channel of HTTP that this connection began with still stands there.
        self.transport.unregisterProducer()
        self.transport.registerProducer(self.valve, True)
        self.last_ping -= random.uniform(0, self.server.ping_interval)  # noqa: S311 - spreads the pings of a crowd
        self._forget_the_handshake()

    def _forget_the_handshake(self) -> None:
        """The headers have been read by whom they concern; a crowd would keep megabytes of them."""
        self.request = Asked(self.request.path)
        self.clean_headers.clear()
        self.http_request_data, self.http_headers, self.http_request_params = b"", {}, {}

    def onMessage(self, payload: bytes, is_binary: bool) -> None:
        super().onMessage(payload, is_binary)
        if self.application_queue.qsize() > MOST_UNREAD:
            self.transport.pauseProducing()
            self._go_on()

    def _go_on(self) -> None:
        """Read on once the application has caught up."""
        if self.application_queue.qsize() > MOST_UNREAD // 2 and self.state == self.STATE_OPEN:
            self.factory.reactor.callLater(LOOK_AGAIN, self._go_on)
        else:
            self.transport.resumeProducing()

    def dataReceived(self, data: bytes) -> None:
        """What comes after a broken frame is taken and thrown away, or else the close frame would not arrive."""
        if not self.failedByMe:
            super().dataReceived(data)

    def write(self, data: bytes) -> None:
        """Bytes of whole frames, past the checks and counters that the library spends on each.

        Straight to the system while nothing waits before them: the way through the reactor costs two more calls, and
        at each call the threads of the database may take the interpreter.
        """
        if self.state != self.STATE_OPEN:
            return
        transport = self.transport
        if isinstance(transport, Connection) and not transport.dataBuffer and not transport._tempDataLen:
            written = transport.writeSomeData(data)
            if written == len(data):
                return
            data = data[written:] if isinstance(written, int) else data  # a torn line is found by the reactor
        transport.write(data)

    def serverClose(self, code: int | None = None) -> None:
        """With any code: the library's own way refuses those of the standard, such as 1009 and 1012."""
        self.valve.shut()
        self.transport.unregisterProducer()
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=1000 if code is None else code)

    def onAutoPingTimeout(self) -> None:
        """Who answers no ping for so long reads nothing either."""
        self.autoPingTimeoutCall = None
        self.serverClose(TOO_SLOW)


class BoundedSocketFactory(WebSocketFactory):  # type: ignore[misc]
    protocol = BoundedSocket

    def setProtocolOptions(self, **options: Any) -> None:
        """A slow reader has some seconds to take what stands before the close frame; a broken frame is told why."""
        super().setProtocolOptions(**options, closeHandshakeTimeout=FAREWELL, failByDrop=False)

"""Daphne's sockets with what it lacks: back-pressure, close codes of the standard, pings that do not come all at once.

Each socket gives its application a wire (community.live.wires) in the scope: frames go to the transport as they are,
without a task for each; while the transport is full they wait in a bounded queue, and a reader who does not take them
is noticed.
"""

import random
import socket
import time
from collections import deque
from contextlib import suppress
from typing import Any, NamedTuple

from autobahn.websocket import protocol as library
from autobahn.websocket.utf8validator import Utf8Validator
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
DATA = (0, 1, 2)
# Control frames without words: from us, and masked from the other side.
PING, PONG, LENGTH_OF_PONG = b"\x89\x00", b"\x8a\x80", 6
# Where frames may be larger than elsewhere: path → bytes.
LARGER_FRAMES = {"/ws/ingest/": 4 * 1024 * 1024 + 4096}


class Asked(NamedTuple):
    """What is still needed of a handshake once the socket is open."""

    path: str


class Nobody:
    """Waits for a socket to open or close in place of everybody: nobody does."""

    @staticmethod
    def callback(_result: object) -> None:
        return None


# Attributes of the handshake, and those that only its log and its opening use. They are gone once the socket is open.
HANDSHAKE = {
    "_raw_query_string", "_results", "_transport_details", "_valid_events", "_wskey", "application_deferred",
    "begun_with", "clean_headers", "client_addr", "http_headers", "http_request_data", "http_request_host",
    "http_request_params", "http_request_path", "http_request_uri", "http_response_data", "http_status_line",
    "is_closed", "is_open", "peer", "protocol_to_accept", "request", "root_path", "server_addr", "socket_opened",
    "send_queue", "trafficStats", "websocket_extensions", "websocket_extensions_in_use", "websocket_origin",
    "websocket_protocols",
}  # fmt: skip
# An open socket that has received nothing yet.
AT_REST: dict[str, Any] = {
    **dict.fromkeys(
        ("triggered", "wasMaxFramePayloadSizeExceeded", "wasMaxMessagePayloadSizeExceeded", "closedByMe",
         "failedByMe", "droppedByMe", "wasClean", "wasServerConnectionDropTimeout", "wasOpenHandshakeTimeout",
         "wasCloseHandshakeTimeout", "wasServingFlashSocketPolicyFile"),
        False,
    ),
    **dict.fromkeys(
        ("_perMessageCompress", "trackedTimings", "wasNotCleanReason", "localCloseCode", "localCloseReason",
         "remoteCloseCode", "remoteCloseReason", "openHandshakeTimeoutCall", "closeHandshakeTimeoutCall",
         "autoPingTimeoutCall", "autoPingPending", "autoPingPendingCall", "autoPingPendingSent",
         "websocket_protocol_in_use", "client_addr", "peer"),
    ),
    "autoPingPendingSeq": 0, "connected": 1, "data": b"", "send_queue": (), "send_state": 0, "socket_opened": 0.0,
    "state": library.WebSocketProtocol.STATE_OPEN, "trafficStats": library.TrafficStats(),  # type: ignore[no-untyped-call]
    "websocket_version": 13,
    "is_open": Nobody, "is_closed": Nobody, "request": Asked(""),
}  # fmt: skip

# The library colours the words of its debug log for every handshake, also when nobody reads it.
for _painter in ("hltype", "hlval", "pformat"):
    setattr(library, _painter, lambda value, *_more, **_options: value)


@implementer(IPushProducer)
class Valve:
    """The wire of one socket. The transport closes it while 64 KiB wait there, and opens it when all are gone."""

    __slots__ = ("_paused_at", "_protocol", "_waiting")

    def __init__(self, protocol: "BoundedSocket") -> None:
        self._protocol: BoundedSocket | None = protocol
        self._waiting: deque[Frame] | None = None
        self._paused_at = 0.0

    # --- What the application asks ---

    def send(self, frame: Frame) -> bool:
        if self._protocol is None:
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
        """Neither the frames nor the socket are needed any more; without this both would wait for the collector."""
        self._waiting = self._protocol = None

    # --- What the transport tells ---

    def pauseProducing(self) -> None:
        self._paused_at = self._paused_at or time.monotonic()

    def resumeProducing(self) -> None:
        self._paused_at = 0.0
        while self._protocol and self._waiting and not self._paused_at:
            self._protocol.write(self._waiting.popleft().wire)

    def stopProducing(self) -> None:
        self.shut()


class SlottedSocket(WebSocketProtocol):  # type: ignore[misc]
    """What changes with each message has slots: a dictionary would take four times the memory."""

    __slots__ = (
        "_isMessageCompressed", "awaits_pong_since", "control_frame_data", "current_frame", "current_frame_masker",
        "frame_data", "frame_length", "inside_message", "message_data", "message_data_total_length",
        "message_is_binary", "utf8validateIncomingCurrentMessage", "utf8validateLast", "utf8validator",
    )  # fmt: skip


class BoundedSocket(SlottedSocket):
    """A socket whose reader is watched, and which keeps only what an open socket needs.

    The library gives each socket 110 attributes, most of them for the handshake or the same for all; once the socket is
    open these stand in the class (`AT_REST`).
    """

    begun_with: Any = None
    last_ping: float
    valve: Valve
    utf8validator: Utf8Validator | None
    current_frame_masker: Any

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
        self.awaits_pong_since = 0.0
        self.last_ping -= random.uniform(0, self.server.ping_interval)  # noqa: S311 - spreads the pings of a crowd
        self._forget_the_handshake()

    def _forget_the_handshake(self) -> None:
        """What differs from an open socket at rest is kept, in a dictionary that is as small as it can be.

        The request and its channel know each other, and would stay for the collector, which comes seldom.
        """
        self.clean_headers.clear()  # the scope has them too
        if self.begun_with:
            self.server.connections.pop(self.begun_with, None)
            for part in (self.begun_with.channel, self.begun_with):
                vars(part).clear()
        shared = type(self).__dict__
        mine = {name: value for name, value in vars(self).items() if name not in HANDSHAKE}
        self.__dict__ = {name: value for name, value in mine.items() if name not in shared or shared[name] != value}
        self.utf8validator = self.current_frame_masker = None

    def onFrameBegin(self) -> None:
        if self.utf8validator is None and self.current_frame.opcode in DATA:
            self.utf8validator = Utf8Validator()  # type: ignore[no-untyped-call]
        super().onFrameBegin()

    def onFrameEnd(self) -> bool | None:
        goes_on: bool | None = super().onFrameEnd()
        self.current_frame_masker = None
        if not self.inside_message:
            self.utf8validator = None
        return goes_on

    def onClose(self, was_clean: bool, code: int, reason: str) -> None:
        super().onClose(was_clean, code, reason)
        if "valve" in vars(self):
            self.valve.shut()

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
        """What comes after a broken frame is taken and thrown away, or else the close frame would not arrive.

        Whatever comes shows that somebody is there. A pong shows nothing else, and a crowd sends hundreds a second: the
        library's way through a frame takes fifty times as long.
        """
        if self.failedByMe:
            return
        if self.state == self.STATE_OPEN:
            self.awaits_pong_since = 0.0
            if len(data) == LENGTH_OF_PONG and data.startswith(PONG) and not self.data and self.current_frame is None:
                return
        super().dataReceived(data)

    def write(self, data: bytes) -> None:
        """Bytes of whole frames, past the checks and counters that the library spends on each.

        Straight to the system while nothing waits before them: the way through the reactor costs four more calls.
        """
        if self.state != self.STATE_OPEN:
            return
        transport = self.transport
        if isinstance(transport, Connection) and not transport.dataBuffer and not transport._tempDataLen:
            with suppress(OSError):  # it is full, or torn: the reactor finds out which
                data = data[transport.socket.send(data) :]
        if data:
            transport.write(data)

    def serverClose(self, code: int | None = None) -> None:
        """With any code: the library's own way refuses those of the standard, such as 1009 and 1012."""
        self.valve.shut()
        self.transport.unregisterProducer()
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=1000 if code is None else code)

    def check_timeouts(self) -> None:
        """Ask who was not heard for long. Who does not answer reads nothing either.

        In place of the library's pings, which take a timer, a number and a dozen calls each. How long a socket may
        stay open is not bounded here.
        """
        if self.state != self.STATE_OPEN:
            super().check_timeouts()
            return
        moment = time.time()
        if self.awaits_pong_since:
            if moment - self.awaits_pong_since > self.autoPingTimeout:
                self.serverClose(TOO_SLOW)
        elif moment - self.last_ping > self.server.ping_interval:
            self.last_ping = self.awaits_pong_since = moment
            self.write(PING)


class BoundedSocketFactory(WebSocketFactory):  # type: ignore[misc]
    protocol: type[WebSocketProtocol] = BoundedSocket

    def setProtocolOptions(self, **options: Any) -> None:
        """A slow reader has some seconds to take what stands before the close frame; a broken frame is told why.

        What is the same for all sockets of this factory stands in their class, and is copied to none of them.
        """
        super().setProtocolOptions(**options, closeHandshakeTimeout=FAREWELL, failByDrop=False)
        settings = {name: _as_attribute(getattr(self, name)) for name in BoundedSocket.CONFIG_ATTRS}
        known = {"factory": self, "server": self.server_class}
        self.protocol = type("OpenSocket", (BoundedSocket,), {**AT_REST, **settings, **known})


def _as_attribute(value: Any) -> Any:
    """A function in a class would become a method."""
    return staticmethod(value) if callable(value) else value

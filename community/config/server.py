"""The web process: Daphne with its limits set. `python -m community.config.server` listens on HOST and PORT.

Daphne collects a whole request body in memory before the application sees a byte of it, so the bound on bodies stands
here, at the door.
"""

import asyncio
import gc
import sys
from functools import partial
from math import ceil
from typing import Any

import daphne.server
from asgiref.compatibility import guarantee_single_callable
from daphne.endpoints import build_endpoint_description_strings
from daphne.http_protocol import HTTPFactory, WebRequest
from environs import EnvError
from twisted.internet.defer import Deferred

from community.config.asgi import application
from community.config.env import env, stop
from community.config.inboxes import Inbox
from community.config.warming import warm_up
from community.config.websockets import BoundedSocketFactory, Valve
from community.live.hub import hub
from community.live.wires import EXTENSION, RESTING

LARGEST_BODY = 9 * 1024 * 1024
LARGEST_FRAME = 16 * 1024
REQUEST_TIMEOUT = 60
PING_EVERY = 20
PONG_WITHIN = 20
HANDSHAKE_WITHIN = 20
CHECKED_WITHIN, ROUND_EVERY = 2, 0.2
CLOSING_TIME = 10
FAREWELL_WITHIN = 3
# Each frame to a socket lets go of the interpreter. With Python's own 5 ms a busy database thread would keep it for as
# long each time, and a thousand frames would take seconds.
SWITCH_EVERY = 0.0005
SELDOM = (10_000, 20, 20)
REFUSAL = (
    b"HTTP/1.1 413 Content Too Large\r\nContent-Type: text/plain\r\nContent-Length: 31\r\nConnection: close\r\n\r\n"
    b"A request holds at most 9 MiB.\n"
)


class BoundedRequest(WebRequest):  # type: ignore[misc]
    """A request that is refused while it arrives, as soon as its body is known to be too long."""

    received = 0
    refused = False

    def gotLength(self, length: int | None) -> None:
        super().gotLength(length if length is None or length <= LARGEST_BODY else 0)
        if length is not None and length > LARGEST_BODY:
            self._refuse()

    def handleContentChunk(self, data: bytes) -> None:
        self.received += len(data)
        if self.received > LARGEST_BODY and not self.refused:
            self._refuse()
        if not self.refused:
            super().handleContentChunk(data)

    def process(self) -> object:
        if self.refused:
            return None
        transport, done = self.transport, super().process()
        if self.transport is None:  # handed over to a socket, which lets go of this request when it is open
            transport.protocol.begun_with = self
        return done

    def _refuse(self) -> None:
        self.refused = True
        self.channel.transport.write(REFUSAL)
        self.channel.loseConnection()


class BoundedFactory(HTTPFactory):  # type: ignore[misc]
    def buildProtocol(self, addr: object) -> object:
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = BoundedRequest
        return protocol


class PoliteServer(daphne.server.Server):  # type: ignore[misc]
    """Gives each socket its wire, and says good-bye before it goes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.ports: list[Any] = []
        self.connections: dict[Any, dict[str, Any]] = {}
        self.unchecked: list[Any] = []
        self.in_a_round = 0

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        self.ports.append(port)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if scope["type"] != "websocket":
            return super().create_application(protocol, scope)
        if protocol not in self.connections:
            return None
        protocol.valve, inbox = Valve(protocol), Inbox(protocol.handle_exception)
        scope |= {"asgi": {"version": "3.0"}, "extensions": {EXTENSION: protocol.valve, RESTING: inbox.rest}}
        running = self.application(scope=scope, receive=inbox.get, send=partial(self.handle_reply, protocol))
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(running)
        return inbox

    def timeout_checker(self) -> None:
        """A part of all connections in each round, so that the pings of a crowd do not go out in one burst."""
        if not self.unchecked:
            self.unchecked = list(self.connections)
            self.in_a_round = ceil(len(self.unchecked) * ROUND_EVERY / CHECKED_WITHIN)
        for protocol in [self.unchecked.pop() for _ in range(min(self.in_a_round, len(self.unchecked)))]:
            if protocol in self.connections:
                protocol.check_timeouts()
        asyncio.get_running_loop().call_later(ROUND_EVERY, self.timeout_checker)

    def kill_all_applications(self) -> Any:
        """At SIGTERM: no new connections, `bye` to every socket, then what Daphne does."""
        farewell = Deferred.fromFuture(asyncio.ensure_future(self._farewell()))
        return farewell.addBoth(lambda _done: self._kill_all())

    async def _farewell(self) -> None:
        for port in self.ports:
            port.stopListening()
        await asyncio.wait_for(hub().farewell(), FAREWELL_WITHIN)
        await asyncio.sleep(0.1)  # the close frames are in the transports now; let them go

    def _kill_all(self) -> Any:
        """Daphne stumbles over connections whose application has ended already."""
        self.connections = {p: d for p, d in self.connections.items() if "application_instance" in d}
        return super().kill_all_applications()


def main() -> None:
    """Serve until SIGTERM; end with one line when the address cannot be had."""
    try:
        host, port = env.str("HOST", "127.0.0.1"), env.int("PORT", 8000)
    except EnvError as error:
        stop(str(error))
    sys.setswitchinterval(SWITCH_EVERY)
    warm_up()
    gc.collect()
    gc.freeze()  # what was imported stays: looking through it again would halt every socket for half a second
    gc.set_threshold(*SELDOM)
    daphne.server.HTTPFactory = BoundedFactory  # Daphne takes no argument for it.
    daphne.server.WebSocketFactory = BoundedSocketFactory
    server = PoliteServer(
        application=guarantee_single_callable(application),  # type: ignore[no-untyped-call]
        endpoints=build_endpoint_description_strings(host=host, port=port),
        http_timeout=REQUEST_TIMEOUT,
        ping_interval=PING_EVERY,
        ping_timeout=PONG_WITHIN,
        websocket_handshake_timeout=HANDSHAKE_WITHIN,
        websocket_timeout=-1,
        websocket_max_message_size=LARGEST_FRAME,
        websocket_max_frame_size=LARGEST_FRAME,
        application_close_timeout=CLOSING_TIME,
        verbosity=0,
        server_name="",
    )
    server.run()
    if not server.listening_addresses:
        stop(f"cannot listen on {host}:{port}; is another program there?")


if __name__ == "__main__":
    main()

"""A small WebSocket client for load: thousands of sockets in one process, no compression, no task for each."""

import asyncio
import base64
import os
from collections.abc import Callable

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
SMALL_BUFFER = 4096


class Line(asyncio.Protocol):
    """One socket. `on_text(bytes)` hears each message; `on_end(code)` is called once, with 1006 for a torn line."""

    def __init__(self, request: bytes, on_text: Callable[[bytes], None], on_end: Callable[[int], None]) -> None:
        self.request, self.on_text, self.on_end = request, on_text, on_end
        self.buffer = bytearray()
        self.is_open = self.is_over = False
        self.opened: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    # --- Of asyncio ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.is_open and not self._shake_hands():
            return
        self._read_frames()

    def connection_lost(self, error: Exception | None) -> None:
        self._over(1006)

    # --- For the crowd ---

    def say(self, text: str) -> None:
        if self.transport and not self.is_over:
            self.transport.write(masked(TEXT, text.encode()))

    def send_raw(self, opcode: int, payload: bytes) -> None:
        if self.transport and not self.is_over:
            self.transport.write(masked(opcode, payload))

    def abort(self) -> None:
        """As if the cable were pulled."""
        if self.transport:
            self.transport.abort()

    def stall(self) -> None:
        """Read no more, as a frozen tab does."""
        if self.transport:
            self.transport.pause_reading()

    def go_on(self) -> None:
        if self.transport and not self.transport.is_closing():
            self.transport.resume_reading()

    # --- Inside ---

    def _shake_hands(self) -> bool:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        self.is_open = self.buffer.startswith(b"HTTP/1.1 101")
        del self.buffer[: end + 4]
        if not self.opened.done():
            self.opened.set_result(self.is_open)
        if not self.is_open:
            self.abort()
        return self.is_open

    def _read_frames(self) -> None:
        while True:
            frame = _frame(self.buffer)
            if frame is None:
                return
            opcode, start, end = frame
            payload = bytes(self.buffer[start:end])
            del self.buffer[:end]
            if opcode == TEXT:
                self.on_text(payload)
            elif opcode == PING:
                self.send_raw(PONG, payload)
            elif opcode == CLOSE:
                self.send_raw(CLOSE, payload[:2])
                self._over(int.from_bytes(payload[:2], "big") if len(payload) >= 2 else 1005)
                if self.transport:
                    self.transport.close()
                return

    def _over(self, code: int) -> None:
        if not self.is_over:
            self.is_over = True
            if not self.opened.done():
                self.opened.set_result(False)
            self.on_end(code)


def _frame(buffer: bytearray) -> tuple[int, int, int] | None:
    """Opcode, start and end of the payload of the first whole frame."""
    if len(buffer) < 2:
        return None
    length, start = buffer[1] & 127, 2
    if length == 126:
        length, start = int.from_bytes(buffer[2:4], "big"), 4
    elif length == 127:
        length, start = int.from_bytes(buffer[2:10], "big"), 10
    if len(buffer) < start or len(buffer) < start + length:
        return None
    return buffer[0] & 15, start, start + length


def masked(opcode: int, payload: bytes) -> bytes:
    """A whole frame as clients send it; the mask is zero, which the standard allows and costs nothing."""
    length = len(payload)
    if length < 126:
        head = bytes((128 | opcode, 128 | length))
    elif length < 65536:
        head = bytes((128 | opcode, 128 | 126)) + length.to_bytes(2, "big")
    else:
        head = bytes((128 | opcode, 128 | 127)) + length.to_bytes(8, "big")
    return head + b"\0\0\0\0" + payload


def request(host: str, path: str, headers: dict[str, str]) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n").encode()

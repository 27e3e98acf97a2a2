"""A PostgreSQL and a Redis that a fault test may stop, start and restart; on loopback, gone afterwards."""

import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.servers import Unavailable, _unprivileged, find_program, free_port

WITHIN = 30.0


class Server:
    """One program on one port, with its data kept over restarts."""

    def __init__(self, command: list[str], port: int, log: Path, identity: dict[str, Any]) -> None:
        self.command, self.port, self.log, self.identity = command, port, log, identity
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **self.identity
            )
        until = time.monotonic() + WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise Unavailable(f"{self.log.stem} did not start: {self.log.read_text(errors='replace')[-400:]}")

    def stop(self) -> None:
        """At once: PostgreSQL's immediate shutdown, as after a crash; Redis just ends."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT if "postgres" in self.command[0] else signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def hang(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def own_servers() -> Iterator[tuple[Server, str, Server, str]]:
    """PostgreSQL and its address, Redis and its address. Raises Unavailable."""
    programs = {name: find_program(name) for name in ("initdb", "postgres", "redis-server")}
    missing = [name for name, path in programs.items() if path is None]
    if missing:
        raise Unavailable(f"{', '.join(missing)} not found")
    with tempfile.TemporaryDirectory(prefix="collegium-faults-") as folder:
        home = Path(folder)
        postgres = _postgres(home, str(programs["initdb"]), str(programs["postgres"]))
        port = free_port()
        words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        redis = Server([str(programs["redis-server"]), *words], port, home / "redis.log", {})
        try:
            postgres.start()
            redis.start()
            yield (
                postgres, f"postgres://collegium@127.0.0.1:{postgres.port}/postgres",
                redis, f"redis://127.0.0.1:{port}/0",
            )  # fmt: skip
        finally:
            redis.stop()
            postgres.stop()


def _postgres(home: Path, initdb: str, program: str) -> Server:
    data, port = home / "postgres", free_port()
    data.mkdir()
    identity = _unprivileged(home, data)
    making = [initdb, "-D", str(data), "-U", "collegium", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    subprocess.run(making, check=True, stdout=subprocess.DEVNULL, **identity)
    # fsync stays on: what was acknowledged must be there after the crash.
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "100"}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    return Server([program, "-D", str(data), "-p", str(port), *settings], port, home / "postgres.log", identity)

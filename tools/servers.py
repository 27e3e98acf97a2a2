"""PostgreSQL and Redis for tests, where this machine has their programs: loopback, free ports, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

POSTGRES_HOMES = "/usr/lib/postgresql/*/bin"
START_WITHIN = 30.0


class Unavailable(Exception):
    """Why a server cannot be had on this machine."""


@contextmanager
def postgres_and_redis() -> Iterator[dict[str, str]]:
    """TEST_DATABASE_URL and TEST_REDIS_URL of two fresh servers, which end with the block. Raises Unavailable."""
    programs = {name: find_program(name) for name in ("initdb", "postgres", "redis-server")}
    missing = [name for name, path in programs.items() if path is None]
    if missing:
        raise Unavailable(f"{', '.join(missing)} not found")
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="collegium-servers-")))
        database = stack.enter_context(_postgres(home, str(programs["initdb"]), str(programs["postgres"])))
        redis = stack.enter_context(_redis(home, str(programs["redis-server"])))
        yield {"TEST_DATABASE_URL": database, "TEST_REDIS_URL": redis}


def find_program(name: str) -> str | None:
    """A program on the PATH, or where Debian keeps PostgreSQL's; the newest version wins."""
    homes = sorted(Path("/").glob(POSTGRES_HOMES.lstrip("/")), key=lambda home: float(home.parent.name), reverse=True)
    return shutil.which(name) or next((str(home / name) for home in homes if (home / name).exists()), None)


@contextmanager
def _postgres(home: Path, initdb: str, postgres: str) -> Iterator[str]:
    data, port = home / "postgres", free_port()
    data.mkdir()
    identity = _unprivileged(home, data)
    subprocess.run(
        [initdb, "-D", data, "-U", "collegium", "--auth=trust", "--encoding=UTF8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        **identity,
    )
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "max_connections": "200"}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with _running([postgres, "-D", str(data), "-p", str(port), *settings], port, home / "postgres.log", **identity):
        yield f"postgres://collegium@127.0.0.1:{port}/postgres"


@contextmanager
def _redis(home: Path, server: str) -> Iterator[str]:
    port = free_port()
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with _running(command, port, home / "redis.log"):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _running(command: list[str], port: int, log: Path, **identity: Any) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, **identity)
        try:
            _wait_for(port, process, log)
            yield
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: it does not wait for clients.
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Unavailable(f"{log.stem} did not start: {log.read_text(errors='replace')[-400:].strip()}")


def _unprivileged(home: Path, data: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: root lends its directory to another account."""
    if os.geteuid() != 0:
        return {}
    account = next((a for a in pwd.getpwall() if a.pw_name == "postgres"), None) or pwd.getpwnam("nobody")
    home.chmod(0o755)
    os.chown(data, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": "/"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

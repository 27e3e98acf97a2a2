"""A real install for tests: seeded data in a folder of its own, Daphne, worker and clock as processes of their own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = {
    "web": ["-m", "community.config.server"],
    "worker": ["manage.py", "worker", "--queues", "*"],
    "clock": ["manage.py", "clock"],
}
# What would lead the processes to another install, or to the settings of the tests.
FOREIGN = {
    "DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "EMAIL_URL", "SECRET_KEY", "FIELD_KEYS", "ALLOWED_HOSTS",
    "DJANGO_SETTINGS_MODULE", "TEST_DATA_DIR", "TEST_DATABASE_URL", "TEST_REDIS_URL", "DJANGO_ALLOW_ASYNC_UNSAFE",
}  # fmt: skip
READY_WITHIN = 300.0
ENDS_WITHIN = 15.0
LAST_LINES = 40


class NotUp(Exception):
    """The install did not come up; says what its processes wrote last."""


@dataclass
class Installation:
    """A running site: where it listens, where its data is, and its processes by name."""

    url: str
    data: Path
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def manage(self, *arguments: str, text: str | None = None) -> str:
        """Run `manage.py` beside the site, as an operator would; returns what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, input=text, capture_output=True, text=True)
        if done.returncode:
            raise NotUp(f"manage.py {' '.join(arguments)} failed:\n{_tail(done.stdout + done.stderr)}")
        return done.stdout

    def last_lines(self) -> str:
        logs = {name: self.data / f"{name}.log" for name in self.processes}
        return "\n".join(f"--- {name}\n{_tail(log.read_text(errors='replace'))}" for name, log in logs.items())


@contextmanager
def installation(
    data: Path, template: Path | None = None, *, seeded: bool = True, services: tuple[str, ...] = tuple(COMMANDS)
) -> Iterator[Installation]:
    """Set a demo install up in `data`, from a migrated database file where one is at hand, and run `services`."""
    port = _free_port()
    url = f"http://localhost:{port}"
    site = Installation(url, data, _environment(data, url, port))
    _prepare(site, template, seeded)
    try:
        for name in services:
            _start(site, name)
        _wait_until_ready(site)
        yield site
    finally:
        _stop(site)


def running_already(url: str, data: Path) -> Installation:
    """An install that somebody has started, such as with `make run`: nothing is started or ended."""
    return Installation(url, data, _environment(data, url, int(url.rpartition(":")[2])))


def _environment(data: Path, url: str, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in FOREIGN}
    return kept | {
        "COLLEGIUM_DEMO": "1",
        "DATA_DIR": str(data),
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "community.config.settings",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "SITE_URL": url,
    }


def _prepare(site: Installation, template: Path | None, seeded: bool) -> None:
    """Seed the database and collect the static files at once, for both take a while."""
    site.data.mkdir(parents=True, exist_ok=True)
    if template and template.exists():
        shutil.copyfile(template, site.data / "collegium.sqlite3")
    else:
        site.manage("migrate", "--verbosity", "0")
    commands = [["collectstatic", "--noinput", "--verbosity", "0"], *([["demo"]] if seeded else [])]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda command: site.manage(*command), commands))


def _start(site: Installation, name: str) -> None:
    with (site.data / f"{name}.log").open("wb") as log:
        command = [sys.executable, *COMMANDS[name]]
        site.processes[name] = subprocess.Popen(
            command, cwd=ROOT, env=site.environment, stdout=log, stderr=subprocess.STDOUT
        )


def _wait_until_ready(site: Installation) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not _answers(f"{site.url}/readyz"):
        ended = [name for name, process in site.processes.items() if process.poll() is not None]
        if ended or time.monotonic() > deadline:
            raise NotUp(f"not ready; ended: {ended}\n{site.last_lines()}")
        time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - loopback
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(site: Installation) -> None:
    for process in site.processes.values():
        process.terminate()
    for process in site.processes.values():
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _tail(text: str) -> str:
    return "\n".join(text.splitlines()[-LAST_LINES:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

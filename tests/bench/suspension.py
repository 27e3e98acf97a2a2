"""`manage.py bench suspension [tries=20] [template=FILE]`: how long a right outlives its end, on a real Daphne.

Another process ends the right, by a suspension or by a deactivation report of one row, as a verifier's web process or
an import would. Times run from before that begins until the member's next word is refused over HTTP and over a socket
that was open all the time, and until the socket of a thread that they may no longer read is closed.
"""

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.journeys.installation import ROOT, Installation, installation

TOKEN = "b" * 32
PATIENCE = 60.0
PAUSE = 0.1
ENDS = ("suspension", "deactivation")


def run(tries: str = "20", template: str = "") -> dict[str, Any]:
    """Median and maximum in seconds for each way in which a right ends, and each place where that must show.

    `template` is a migrated SQLite file to begin with, which saves the migrations.
    """
    count, begin_with = int(tries), Path(template) if template else None
    with (
        tempfile.TemporaryDirectory() as scratch,
        installation(Path(scratch), begin_with, seeded=False, services=("web", "worker")) as site,
    ):
        operator = Operator(site, count)
        try:
            figures = {end: _figures([_one(site, operator, end, n) for n in range(count)]) for end in ENDS}
        finally:
            operator.end()
    return {"n": count, "goal_s": 5, **figures}


class Operator:
    """The other process: it makes the members first, then ends one right for each line it is sent."""

    def __init__(self, site: Installation, count: int) -> None:
        script = f"from tests.bench import suspension; suspension.operate({count})"
        self.process = subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=ROOT, env=site.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.facts = self._answer()

    def end_right(self, end: str, number: int) -> None:
        self._tell(f"{end} {number}")
        self._answer()

    def end(self) -> None:
        self._tell("")
        self.process.wait(PATIENCE)

    def _tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the other process has ended")
        return json.loads(line)


def operate(count: int) -> None:
    """In the other process: prepare, print the facts, then obey."""
    import django  # noqa: PLC0415 - settings are read only after the environment of this process is set

    django.setup()
    from tests.bench import suspension_data as data  # noqa: PLC0415

    people = {end: data.people(end, count) for end in ENDS}
    verifier = data.verifier()
    facts = {"threads": data.threads(verifier), "sessions": {end: data.sessions(people[end]) for end in ENDS}}
    _answer(facts)
    for line in sys.stdin:
        if not line.strip():
            return
        end, number = line.split()
        getattr(data, end)(people[end][int(number)], verifier)
        _answer("done")


def _answer(facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _one(site: Installation, operator: Operator, end: str, number: int) -> dict[str, float]:
    """End one right and watch it from three sides at once."""
    session = operator.facts["sessions"][end][number]
    open_thread, closed_thread = operator.facts["threads"]
    line, reader = _socket(site, session, open_thread["key"]), _socket(site, session, closed_thread["key"])
    assert _say(line) == "ack"
    assert _post(site, session, open_thread["path"]) == 302

    times: dict[str, float] = {}
    began = time.perf_counter()
    watchers = [
        _watch(times, "http_refused", began, lambda: _until(lambda: _post(site, session, open_thread["path"]) == 403)),
        _watch(times, "socket_refused", began, lambda: _until(lambda: _say(line) in {"refused", "closed"})),
        _watch(times, "socket_closed", began, lambda: _until_closed(reader)),
    ]
    operator.end_right(end, number)
    times["ended"] = time.perf_counter() - began
    for watcher in watchers:
        watcher.join(PATIENCE)
    line.close()
    return times


def _watch(times: dict[str, float], name: str, began: float, wait: Callable[[], None]) -> threading.Thread:
    def watch() -> None:
        wait()
        times[name] = time.perf_counter() - began

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    return watcher


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < deadline:
        time.sleep(PAUSE)


def _until_closed(socket: ClientConnection) -> None:
    try:
        while True:
            socket.recv(timeout=PATIENCE)
    except ConnectionClosed:
        return


def _socket(site: Installation, session: str, key: str) -> ClientConnection:
    address = f"ws://{urlsplit(site.url).netloc}/ws/topics/thread/{key}/"
    socket = connect(address, origin=site.url, additional_headers={"Cookie": f"sessionid={session}"})  # type: ignore[arg-type]
    socket.send(json.dumps({"do": "join"}))
    assert json.loads(socket.recv(timeout=PATIENCE))["is"] == "joined"
    return socket


def _say(socket: ClientConnection) -> str:
    """What became of one word over the socket: ack, refused or closed."""
    ref = str(uuid.uuid4())
    try:
        socket.send(json.dumps({"do": "thread.reply", "ref": ref, "text": "We audit it every quarter."}))
        while True:
            frame = json.loads(socket.recv(timeout=PATIENCE))
            if frame.get("ref") == ref:
                return str(frame["is"])
    except ConnectionClosed:
        return "closed"


def _post(site: Installation, session: str, path: str) -> int:
    """The status that one reply over HTTP gets."""
    fields = {"source": "We audit it every year.", "stance": "opinion", "client_key": str(uuid.uuid4())}
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=PATIENCE)
    connection.request("POST", f"{path}reply/", urlencode(fields), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def _figures(measured: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    names = ("ended", "http_refused", "socket_refused", "socket_closed")
    return {name: _summary([one.get(name, PATIENCE) for one in measured]) for name in names}


def _summary(times: list[float]) -> dict[str, float]:
    return {"median": round(statistics.median(times), 3), "max": round(max(times), 3)}

"""`manage.py bench suspension`: from a suspension to the refused write, over HTTP and on a socket that was open before.

A real Daphne, a real worker and clock inside it, a database of its own. The one who suspends is another process, as a
verifier's request or an import is; the time counts from its commit. Three triggers: a verifier's suspension, the import
of a deactivation report, and an approval whose date passes while the clock has not looked yet.
"""

import http.client
import json
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from websockets.sync.client import ClientConnection, connect

from tests.bench import forum_pages
from tests.bench.forum_pages import _environment, _free_port, _headers, _wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
TRIGGERS = ("suspension", "deactivation", "expiry")
PATIENCE_S, PAUSE_S = 60.0, 0.3
TEXT = "We audit it every quarter."


def run() -> dict[str, Any]:
    """Seconds from commit to the first refused write; `writes_after` counts writes accepted later than that commit."""
    with tempfile.TemporaryDirectory() as scratch:
        port = _free_port()
        environment = _environment(Path(scratch), port)
        facts = forum_pages._in_process("prepare", environment, "40", "20")
        server = subprocess.Popen(
            [sys.executable, "-m", "community.config.server"], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(port)
            return {
                trigger: _measure(trigger, number, port, facts, environment) for number, trigger in enumerate(TRIGGERS)
            }
        finally:
            server.terminate()
            server.wait(20)


def _measure(
    trigger: str, number: int, port: int, facts: dict[str, Any], environment: dict[str, str]
) -> dict[str, Any]:
    """Both ways of writing work; then the trigger is pulled; then both are tried until they are refused."""
    address, session = facts["places"]["threads"][0], facts["sessions"][number]
    with _socket(port, address, session) as wire:
        ready = [_say(wire), _post(port, address, session)]
        assert ready == [True, True], (trigger, ready)
        committed = _pull(trigger, number, environment)
        figures: dict[str, Any] = {}
        over_http = threading.Thread(
            target=lambda: figures.update(http=_until_refused(lambda: _post(port, address, session), committed))
        )
        over_http.start()
        figures["socket"] = _until_refused(lambda: _say(wire), committed)
        over_http.join()
    return figures


def _until_refused(write: Any, committed: float) -> dict[str, Any]:
    accepted = 0
    while time.time() - committed < PATIENCE_S:
        if not write():
            return {"seconds": round(time.time() - committed, 2), "writes_after": accepted}
        accepted += 1
        time.sleep(PAUSE_S)
    return {"seconds": None, "writes_after": accepted}


def _socket(port: int, address: str, session: str) -> ClientConnection:
    """Joined to the thread, as the page is."""
    key = address.rstrip("/").rpartition("/")[2].partition("-")[0]
    headers = {"Cookie": f"sessionid={session}"}
    origin: Any = f"http://127.0.0.1:{port}"
    wire = connect(f"ws://127.0.0.1:{port}/ws/topics/thread/{key}/", origin=origin, additional_headers=headers)
    wire.send(json.dumps({"do": "join"}))
    while json.loads(wire.recv(timeout=20))["is"] != "joined":
        pass
    return wire


def _say(wire: ClientConnection) -> bool:
    """One reply over the socket; False when it is refused or the socket was closed for want of a right."""
    ref = str(uuid.uuid4())
    try:
        wire.send(json.dumps({"do": "thread.reply", "ref": ref, "text": TEXT}))
        while True:
            frame = json.loads(wire.recv(timeout=20))
            if frame.get("ref") == ref:
                return bool(frame["is"] == "ack")
            if frame["is"] == "bye":
                return False
    except Exception:  # Closed with 4401 or 4403: that is a refusal, too.
        return False


def _post(port: int, address: str, session: str) -> bool:
    """One reply by the form."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = urlencode({"source": TEXT, "stance": "opinion", "client_key": str(uuid.uuid4())}).encode()
    connection.request("POST", f"{address}reply/", body, _headers(session, body))
    return connection.getresponse().status == 302


def _pull(trigger: str, number: int, environment: dict[str, str]) -> float:
    """The moment (seconds of the epoch) at which another process had committed."""
    script = f"from tests.bench import suspension_trigger as t; t.pull({trigger!r}, {number})"
    # Its last line is read as it comes: how long Python takes to leave is not the site's time.
    puller = subprocess.Popen(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    assert puller.stdout
    moment = next((line for line in puller.stdout if line[:1].isdigit()), "")
    threading.Thread(target=puller.wait).start()
    return float(moment)

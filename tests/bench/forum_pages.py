"""`manage.py bench forum_pages [posts=100000] [long=100000] [seconds=8] [clients=4]`: what forum pages cost.

A real Daphne on loopback, real sessions, a database of its own: on SQLite a fresh file; with DATABASE_URL the database
it names, which must be empty or hold the data of an earlier run.
"""

import http.client
import json
import os
import random
import socket
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
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = "b" * 32
START_SECONDS = 60


def run(
    posts: str = "100000", long: str = "100000", seconds: str = "8", clients: str = "4", keep: str = ""
) -> dict[str, Any]:
    """Fill, serve, measure. Times are in milliseconds as the client sees them; `keep` names a folder that stays."""
    with tempfile.TemporaryDirectory() as scratch:
        port = _free_port()
        environment = _environment(Path(keep or scratch), port)
        facts = _in_process("prepare", environment, posts, long)
        server = subprocess.Popen(
            [sys.executable, "-m", "community.config.server"], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(port)
            figures = _measure(port, server.pid, facts, float(seconds), int(clients))
        finally:
            server.terminate()
            server.wait(20)
    return {**facts["figures"], "clients": int(clients), **figures}


def prepare(posts: str, long: str) -> dict[str, Any]:
    """In a process of its own: migrate, fill if empty, count queries, hand out sessions."""
    import django  # noqa: PLC0415 - settings are read in this process only after its environment is set

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from forums.models import Thread  # noqa: PLC0415
    from tests.bench import forum_data  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    filled = {} if Thread.objects.exists() else forum_data.fill(int(posts), int(long))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    places, keys = forum_data.addresses(), forum_data.sessions()
    figures = {"database": connection.vendor, **filled, "queries": _queries(places, keys[0])}
    return {"figures": figures, "places": places, "sessions": keys, "long": int(long)}


def _queries(places: dict[str, list[str]], session: str) -> dict[str, int]:
    """Every query of a signed-in request, session and member included."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    counts = {}
    for name, path in {"thread": places["threads"][0], "list": places["spaces"][0], "spaces": "/forums/"}.items():
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200, path
        counts[name] = len(captured)
    return counts


def _measure(port: int, pid: int, facts: dict[str, Any], seconds: float, clients: int) -> dict[str, Any]:
    places, sessions = facts["places"], facts["sessions"]
    deep = facts["long"] * 9 // 10 // 20

    def get(paths: list[str], query: str = "") -> Callable[[random.Random], tuple[str, str, bytes | None]]:
        return lambda dice: ("GET", dice.choice(paths) + query, None)

    def post(dice: random.Random) -> tuple[str, str, bytes | None]:
        fields = {"source": "We audit it every quarter.", "stance": "opinion", "client_key": str(uuid.uuid4())}
        return "POST", dice.choice(places["threads"]) + "reply/", urlencode(fields).encode()

    kinds = {"thread": get(places["threads"]), "list": get(places["spaces"]), "post": post}
    figures: dict[str, Any] = {}
    for name, make in kinds.items():
        _load(port, sessions, make, 1.0, 1)
        before, alone = _cpu_ms(pid), _load(port, sessions, make, seconds, 1)
        alone["cpu"] = round((_cpu_ms(pid) - before) / max(alone["requests"], 1), 1)
        figures[name] = {"alone": alone, "together": _load(port, sessions, make, seconds, clients)}
    first, last = (_load(port, sessions, get(places["long"], f"?page={page}"), seconds / 2, 1) for page in (1, deep))
    figures["deep_page"] = {"first": first, "at_90_percent": last, "ratio": round(last["p50"] / first["p50"], 2)}
    return figures


def _load(port: int, sessions: list[str], make: Callable[..., Any], seconds: float, clients: int) -> dict[str, Any]:
    """Requests from so many clients for so long, each on one kept connection."""
    times: list[float] = []
    faults: list[int] = []
    until = time.monotonic() + seconds

    def visit(seed: int) -> None:
        dice = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < until:
            method, path, body = make(dice)
            began = time.perf_counter()
            connection.request(method, path, body, _headers(dice.choice(sessions), body))
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - began) * 1000)
            if answer.status not in {200, 302}:
                faults.append(answer.status)

    visitors = [threading.Thread(target=visit, args=(seed,)) for seed in range(clients)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    cuts = statistics.quantiles(times, n=20) if len(times) > 1 else times * 19
    return {
        "requests": len(times),
        "per_s": round(len(times) / seconds, 1),
        "p50": round(cuts[9], 1),
        "p95": round(cuts[18], 1),
        "faults": len(faults),
    }


def _cpu_ms(pid: int) -> float:
    """Milliseconds of work that a process has had: what a request costs, however busy the machine is."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _headers(session: str, body: bytes | None) -> dict[str, str]:
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
    if body is not None:
        headers |= {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
    return headers


def _environment(folder: Path, port: int) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "DATA_DIR": str(folder),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "SECRET_KEY": "a key for benchmarks only, long enough to be taken by the settings",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "community.config.settings",
    }


def _in_process(function: str, environment: dict[str, str], *args: str) -> dict[str, Any]:
    script = f"import json; from tests.bench import forum_pages as b; print(json.dumps(b.{function}(*{args!r})))"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the server did not start")

"""What the image starts, started here: it serves, it obeys, and it refuses to start unsafely with one clear line."""

import http.client
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.deploy.conftest import PATIENCE, ROOT, Start, copy_of, get, starting, wait_until_it_answers
from tools.servers import free_port

FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


@pytest.fixture(scope="module")
def served(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a web process that serves; at the end it is asked to end, and does so."""
    env = copy_of(prepared, tmp_path_factory.mktemp("served"))
    with starting() as start:
        web = start("web", env=env)
        wait_until_it_answers(web, env)
        yield env
        web.send_signal(signal.SIGTERM)
        assert web.wait(PATIENCE) == 0


def test_web_serves_with_production_settings(served: dict[str, str]) -> None:
    assert get(served, "/healthz").read() == b"ok"
    assert get(served, "/readyz").status == 200
    assert get(served, "/forums/").headers["Location"] == "https://collegium.example/forums/"
    assert get(served, "/forums/", **FORWARDED).status == 200
    assert get(served, "/healthz", Host="elsewhere.example").status == 400


def test_the_health_check_of_the_image_agrees(served: dict[str, str]) -> None:
    check = [sys.executable, ROOT / "deploy" / "healthcheck.py", "web"]
    nobody = {**served, "PORT": str(free_port())}

    assert subprocess.run(check, env=nobody, capture_output=True).returncode == 1
    assert subprocess.run(check, env=served, capture_output=True).returncode == 0


def test_a_body_beyond_the_bound_is_refused_before_it_arrives(served: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", int(served["PORT"]), timeout=PATIENCE)
    connection.putrequest("POST", "/accounts/login/", skip_host=True)
    connection.putheader("Host", "collegium.example")
    connection.putheader("Content-Length", str(64 * 1024 * 1024))
    connection.endheaders()

    assert connection.getresponse().status == 413


def test_a_body_without_a_length_is_refused_at_the_bound(served: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", int(served["PORT"]), timeout=PATIENCE)
    connection.putrequest("POST", "/accounts/login/", skip_host=True)
    connection.putheader("Host", "collegium.example")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    chunk = b"%x\r\n" % (1 << 20) + bytes(1 << 20) + b"\r\n"
    try:
        for _ in range(10):
            connection.send(chunk)
        status = connection.getresponse().status
    except ConnectionError:
        status = 413  # The server had already answered and closed.

    assert status == 413


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"SECRET_KEY_FILE": None}, "collegium: SECRET_KEY is missing"),
        ({"SECRET_KEY_FILE": "/nowhere/key"}, "collegium: SECRET_KEY_FILE cannot be read"),
        ({"SITE_URL": "collegium.example"}, "collegium: SITE_URL must be a full address"),
        ({"ALLOWED_HOSTS": "*"}, "collegium: ALLOWED_HOSTS must name the hosts"),
        ({"DATABASE_URL": "mysql://x/y"}, "collegium: DATABASE_URL must begin with"),
        ({"REDIS_URL": "memcached://x"}, "collegium: REDIS_URL must begin with"),
    ],
)
def test_an_unsafe_start_is_refused_with_one_clear_line(
    start: Start, production: dict[str, str], change: dict[str, str | None], line: str
) -> None:
    env = {name: value for name, value in {**production, **change}.items() if value is not None}
    web = start("web", env=env)
    said = web.communicate(timeout=PATIENCE)[0]

    assert web.returncode == 1
    assert said.startswith(line)
    assert said.count("\n") == 1


def test_an_unknown_role_is_explained(start: Start, production: dict[str, str]) -> None:
    process = start("serve", env=production)

    assert "give one of: web" in process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 64


def test_the_clock_ticks_until_it_is_asked_to_end(start: Start, migrated: dict[str, str]) -> None:
    clock = start("clock", env=migrated)
    with closing(sqlite3.connect(migrated["DATABASE_URL"].removeprefix("sqlite:///"), timeout=PATIENCE)) as database:
        ticked = "SELECT 1 FROM core_lease WHERE last_started IS NOT NULL"
        deadline = time.monotonic() + PATIENCE
        while database.execute(ticked).fetchone() is None and time.monotonic() < deadline:
            time.sleep(0.2)
    clock.send_signal(signal.SIGTERM)
    said = clock.communicate(timeout=PATIENCE)[0]

    assert clock.returncode == 0, said


def test_a_worker_works_until_it_is_asked_to_end(start: Start, migrated: dict[str, str]) -> None:
    worker = start("worker", env=migrated)
    assert any("Starting worker" in line for line in worker.stdout or ())
    worker.send_signal(signal.SIGTERM)  # The line may still be on its way out: see EndingWorker.
    said = worker.communicate(timeout=PATIENCE)[0]

    assert worker.returncode == 0, said


def test_setup_builds_the_static_files(prepared: Path) -> None:
    assert (prepared / "data" / "static" / "staticfiles.json").exists()


def test_secrets_are_made_once_and_kept(tmp_path) -> None:
    maker = tmp_path / "deploy" / "make-secrets"
    maker.parent.mkdir()
    maker.write_bytes((ROOT / "deploy" / "make-secrets").read_bytes())
    subprocess.run(["sh", maker], check=True, capture_output=True)
    first = {path.name: path.read_text() for path in (tmp_path / "deploy" / "secrets").iterdir()}
    subprocess.run(["sh", maker], check=True, capture_output=True)

    assert {path.name: path.read_text() for path in (tmp_path / "deploy" / "secrets").iterdir()} == first
    assert len(first["secret_key"]) == 64
    assert first["database_password"] in first["database_url"]
    assert (tmp_path / "deploy" / "secrets").stat().st_mode & 0o777 == 0o700

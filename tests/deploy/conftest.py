"""The entry points of the image, run without an engine: same programs, own data, loopback."""

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import databases
from tools.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120.0  # seconds; the machine may be busy
PASSED_ON = ("HOME", "LANG", "TMPDIR")

Start = Callable[..., "subprocess.Popen[str]"]


def production_environment(place: Path) -> dict[str, str]:
    """The environment of a production process: HTTPS, a proxy, a database by address, secrets from files."""
    (place / "secret_key").write_text(
        "a production key of the tests, of more than fifty characters\n", encoding="ascii"
    )
    return {
        **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DATA_DIR": str(place / "data"),
        "DATABASE_URL": f"sqlite:///{place / 'collegium.sqlite3'}",
        "SECRET_KEY_FILE": str(place / "secret_key"),
        "SITE_URL": "https://collegium.example",
        "ALLOWED_HOSTS": "collegium.example",
        "TRUSTED_PROXIES": "1",
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "EMAIL_URL": "console:",
    }


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return production_environment(tmp_path)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Path:
    """A place that `deploy/entrypoint setup` has made ready, once; migrations begin at the tests' template."""
    place = tmp_path_factory.mktemp("prepared")
    shutil.copyfile(databases.template_file(), place / "collegium.sqlite3")
    env = production_environment(place)
    subprocess.run([ROOT / "deploy" / "entrypoint", "setup"], cwd="/", env=env, check=True, capture_output=True)
    return place


def copy_of(prepared: Path, place: Path) -> dict[str, str]:
    """The environment of a copy of the prepared place; the static files are not copied but shared."""
    shutil.copyfile(prepared / "collegium.sqlite3", place / "collegium.sqlite3")
    (place / "data").mkdir()
    (place / "data" / "static").symlink_to(prepared / "data" / "static")
    return production_environment(place)


@pytest.fixture
def migrated(prepared: Path, tmp_path: Path) -> dict[str, str]:
    return copy_of(prepared, tmp_path)


@pytest.fixture
def start() -> Iterator[Start]:
    with starting() as run:
        yield run


@contextmanager
def starting() -> Iterator[Start]:
    """Start `deploy/entrypoint …`; what still runs at the end is ended."""
    running: list[subprocess.Popen[str]] = []

    def run(*arguments: str, env: dict[str, str]) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [ROOT / "deploy" / "entrypoint", *arguments],
            cwd="/",
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running.append(process)
        return process

    try:
        yield run
    finally:
        for process in running:
            if process.poll() is None:
                process.kill()
            process.communicate()


def get(env: dict[str, str], path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", int(env["PORT"]), timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": "collegium.example", **headers})
    return connection.getresponse()


def wait_until_it_answers(process: "subprocess.Popen[str]", env: dict[str, str], within: float = PATIENCE) -> None:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"ended with {process.returncode}: {process.communicate()[0]}")
        try:
            get(env, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"no answer within {within} s")

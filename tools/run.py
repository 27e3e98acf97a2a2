"""`make run`: from a bare checkout to the running site, with a demo community, on one machine and without servers.

COLLEGIUM_DEMO=0 leaves the demo community out, for a site with members.
PORT, HOST and DATA_DIR are honoured; every other setting of the README passes through.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from tools.console import say, step, stop
from tools.install import PYTHON, compile_messages, install_browser_packages, install_python_packages, keep_bytecode
from tools.stamps import ROOT, digest, is_done, mark_done
from tools.supervise import Service, Supervisor

FIRST_PAGE_WITHIN = 120.0


def main() -> None:
    began = time.monotonic()
    keep_bytecode()
    environment = _environment()
    _refuse_taken_port(environment["HOST"], int(environment["PORT"]))
    say(f"Collegium, data in {environment['DATA_DIR']}")
    install_python_packages("base")
    _prepare(environment)
    supervisor = Supervisor(_services(environment))
    try:
        supervisor.start()
        if _wait_for_first_page(supervisor, environment):
            say(f"\nCollegium is at {environment['SITE_URL']}/  (first page after {time.monotonic() - began:.0f} s)\n")
            _say_who_may_sign_in(environment)
            say("\nCtrl-C ends it. The data stays.")
        supervisor.run()
    finally:
        supervisor.stop()


def _environment() -> dict[str, str]:
    """The environment of every process: the caller's, with the embedded defaults of a demo filled in."""
    given = os.environ
    port = given.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        stop(f"PORT must be a number from 1 to 65535, not {port!r}")
    return {
        "SITE_URL": f"http://localhost:{port}",
        "COLLEGIUM_DEMO": "1",
        **given,
        "HOST": given.get("HOST") or "127.0.0.1",
        "PORT": port,
        "DATA_DIR": str(Path(given.get("DATA_DIR") or ROOT / "data").expanduser().resolve()),
        "PYTHONUNBUFFERED": "1",
    }


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            stop(
                f"cannot listen on {host}:{port} ({error.strerror}); choose another, such as: make run PORT={port + 1}"
            )


def _prepare(environment: dict[str, str]) -> None:
    """Database and static files at once: they do not depend on each other and both take a while the first time."""
    compile_messages()
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(_prepare_database, environment), pool.submit(_prepare_static_files, environment)]
        _all(jobs)


def _all(jobs: list[Future[None]]) -> None:
    for job in jobs:
        job.result()


def _prepare_database(environment: dict[str, str]) -> None:
    data = Path(environment["DATA_DIR"])
    content = digest([ROOT / "requirements" / "base.txt", *_sources("migrations/*.py")]) + _address(environment)
    if not (is_done(data / "stamps" / "migrations", content) and _database_is_there(environment)):
        with step("database"):
            _manage(environment, "migrate", "--verbosity", "0")
        mark_done(data / "stamps" / "migrations", content)
    if _is_demo(environment) and not is_done(data / "stamps" / "demo", _address(environment)):
        with step("demo community"):
            _manage(environment, "demo", quiet=True)
        mark_done(data / "stamps" / "demo", _address(environment))


def _prepare_static_files(environment: dict[str, str]) -> None:
    install_browser_packages()
    stamp = Path(environment["DATA_DIR"]) / "stamps" / "static"
    locks = [ROOT / "requirements" / "base.txt", ROOT / "package-lock.json"]
    content = digest([*locks, *_sources("static/**/*")])
    if is_done(stamp, content) and (stamp.parent.parent / "static").is_dir():
        return
    with step("static files"):
        _manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    mark_done(stamp, content)


def _sources(pattern: str) -> list[Path]:
    """Files inside our own packages, which stand at the top or in `community`."""
    packages = [path.parent for depth in ("*", "community/*") for path in ROOT.glob(f"{depth}/__init__.py")]
    return [path for package in packages for path in package.glob(pattern) if path.is_file()]


def _say_who_may_sign_in(environment: dict[str, str]) -> None:
    if _is_demo(environment):
        _manage(environment, "demo", "--accounts")
    else:
        say("The first administrator: .venv/bin/python manage.py createsuperuser, with the same settings")


def _is_demo(environment: dict[str, str]) -> bool:
    """Invented people belong in a demo, never in a community of members."""
    return environment["COLLEGIUM_DEMO"].lower() in {"1", "t", "true", "y", "yes", "on"}


def _address(environment: dict[str, str]) -> str:
    return environment.get("DATABASE_URL") or environment.get("DATABASE_URL_FILE") or "embedded"


def _database_is_there(environment: dict[str, str]) -> bool:
    return _address(environment) != "embedded" or (Path(environment["DATA_DIR"]) / "collegium.sqlite3").exists()


def _manage(environment: dict[str, str], *arguments: str, quiet: bool = False) -> None:
    output = subprocess.DEVNULL if quiet else None
    if subprocess.run([PYTHON, "manage.py", *arguments], cwd=ROOT, env=environment, stdout=output).returncode != 0:
        stop(f"manage.py {' '.join(arguments)} failed; the lines above say why")


def _services(environment: dict[str, str]) -> list[Service]:
    commands = {
        "web": ["-m", "community.config.server"],
        "worker": ["manage.py", "worker", "--queues", "*"],
        "clock": ["manage.py", "clock"],
    }
    return [Service(name, [str(PYTHON), *command], environment) for name, command in commands.items()]


def _wait_for_first_page(supervisor: Supervisor, environment: dict[str, str]) -> bool:
    """Keep the processes alive until the home page answers; False when asked to end meanwhile."""
    deadline = time.monotonic() + FIRST_PAGE_WITHIN
    while not supervisor.ending:
        supervisor.tend()
        if _answers(environment):
            return True
        if time.monotonic() > deadline:
            stop(f"no page after {FIRST_PAGE_WITHIN:.0f} s; the lines above say why")
        time.sleep(0.2)
    return False


def _answers(environment: dict[str, str]) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(environment["HOST"], environment["HOST"])
    connection = http.client.HTTPConnection(host, int(environment["PORT"]), timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": urlsplit(environment["SITE_URL"]).netloc})
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)

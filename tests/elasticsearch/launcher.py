"""A real Elasticsearch for tests: the server archive that its makers publish to Maven Central, on loopback.

`python -m tests.elasticsearch.launcher start|stop` for a look by hand. Needs Maven and Java 17 or newer. The archive
is the 8.x server without most modules; our index needs none of them. Everything lands in one folder and is reused.
"""

import argparse
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.servers import free_port

VERSION = "8.19.3"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
ROOT = Path(__file__).resolve().parent.parent.parent
# Root lends the server to an account that may not look into root's folders.
CACHE = Path("/var/tmp/collegium-elasticsearch") if os.geteuid() == 0 else ROOT / ".cache" / "elasticsearch"  # noqa: S108
HEAP = "256m"
START_WITHIN = 240.0


class CannotStart(Exception):
    """Elasticsearch cannot be had here; the message says why."""


@dataclass(frozen=True)
class Server:
    """A running node: its address and the process that carries it."""

    address: str
    pid: int
    data: Path

    def stop(self) -> None:
        """End it and forget its data."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        shutil.rmtree(self.data, ignore_errors=True)


def start(port: int, heap: str = HEAP) -> Server:
    """Start one node on loopback with empty data; takes about 10 s. Raises CannotStart with the reason.

    With the heap of tests its code is compiled in a hurry; with another one as where it runs for long.
    """
    java = _java_home()
    home = _installed()
    data = CACHE / f"data-{port}"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    identity = _unprivileged(data)
    settings = {
        "discovery.type": "single-node", "xpack.security.enabled": "false", "xpack.ml.enabled": "false",
        "http.host": "127.0.0.1", "transport.host": "127.0.0.1", "http.port": port, "transport.port": free_port(),
        "path.data": data, "path.logs": data, "cluster.routing.allocation.disk.threshold_enabled": "false",
    }  # fmt: skip
    command = [str(home / "bin" / "elasticsearch"), *(f"-E{key}={value}" for key, value in settings.items())]
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(data),
        "ES_JAVA_HOME": str(java),
        "ES_TMPDIR": str(data),
        "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}{' -XX:TieredStopAtLevel=1' if heap == HEAP else ''}",
    }
    with (data / "console.log").open("w") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,
            **identity,
        )
    server = Server(f"http://127.0.0.1:{port}", process.pid, data)
    try:
        _wait_for(server, process)
    except CannotStart:
        server.stop()
        raise
    return server


def _wait_for(server: Server, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise CannotStart("Elasticsearch ended: " + (server.data / "console.log").read_text()[-600:])
        try:
            with urllib.request.urlopen(f"{server.address}/_cluster/health", timeout=3) as answer:  # noqa: S310
                if json.load(answer)["status"] == "green":
                    return
        except OSError:
            time.sleep(0.3)
    raise CannotStart(f"Elasticsearch did not answer within {START_WITHIN:.0f} s")


def _java_home() -> Path:
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    found = shutil.which("java")
    homes += [Path(found).resolve().parent.parent] if found else []
    for home in [*homes, *sorted(Path("/usr/lib/jvm").glob("*"))]:
        if (home / "bin" / "java").exists() and _version(home) >= 17:
            return home
    raise CannotStart("needs Java 17 or newer")


def _version(home: Path) -> int:
    said = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True).stderr
    number = said.partition('"')[2].partition('"')[0].partition(".")[0]
    return int(number) if number.isdigit() else 0


def _installed() -> Path:
    home = CACHE / f"elasticsearch-{VERSION}"
    if (home / "complete").exists():
        return home
    if not shutil.which("mvn"):
        raise CannotStart("needs Maven (mvn)")
    CACHE.mkdir(parents=True, exist_ok=True)
    fetch = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={CACHE}"]
    got = subprocess.run(fetch, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if got.returncode:
        raise CannotStart("Maven Central cannot be reached: " + got.stdout.strip()[-300:])
    shutil.rmtree(home, ignore_errors=True)
    shutil.unpack_archive(CACHE / f"elasticsearch-{VERSION}.zip", CACHE)
    for each in [*(home / "bin").iterdir(), *(path for path in (home / "lib").rglob("*") if path.suffix != ".jar")]:
        each.chmod(0o755)  # A zip unpacked by Python loses its run bits.
    for folder in ("plugins", "logs"):
        (home / folder).mkdir(exist_ok=True)
    _lend(CACHE)
    (home / "complete").touch()
    return home


def _lend(path: Path) -> None:
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for each in [path, *path.rglob("*")]:
            os.chown(each, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


def _unprivileged(data: Path) -> dict[str, Any]:
    """Elasticsearch refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    _lend(data)
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=["start", "stop"])
    parser.add_argument("--port", type=int, default=9250)
    parser.add_argument("--heap", default=HEAP)
    args = parser.parse_args()
    kept = CACHE / f"pid-{args.port}"
    if args.do == "stop":
        if kept.exists():
            Server("", int(kept.read_text()), CACHE / f"data-{args.port}").stop()
            kept.unlink()
        return 0
    try:
        server = start(args.port, args.heap)
    except CannotStart as reason:
        print(f"no Elasticsearch: {reason}", file=sys.stderr)  # noqa: T201
        return 1
    kept.write_text(str(server.pid))
    print(server.address)  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""A site for load: a live webinar with attendees, and web processes, on SQLite or on given servers."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
WEBINAR = "bench-room"
START_SECONDS = 180  # a machine that others keep busy starts slowly
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Site:
    """Where the data is and how its processes are started. `database` and `redis` are addresses, or "" for neither."""

    folder: Path
    database: str = ""
    redis: str = ""
    origin: str = "http://localhost:8526"
    processes: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    sessions: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        return kept | {
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "COLLEGIUM_DEMO": "1",
            "DATABASE_URL": self.database,
            "DATA_DIR": str(self.folder),
            "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "community.config.settings",
            "HOST": "127.0.0.1",
            "LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(ROOT),
            "REDIS_URL": self.redis,
            "SECRET_KEY": "a key for benchmarks only, long enough to be taken by the settings",
            "SITE_URL": self.origin,
        }

    # --- Data ---

    def prepare(self, attendees: int, template: Path | None = None) -> list[str]:
        """Migrate, fill, and sign so many attendees in; returns the keys of their sessions.

        `template` is a file that needs no migration.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        is_ready = bool(template and template.exists() and not self.database)
        template = template if is_ready else newest_template()
        if not self.database and template and not (self.folder / "collegium.sqlite3").exists():
            shutil.copyfile(template, self.folder / "collegium.sqlite3")
        if not is_ready:
            self.manage("migrate", "--verbosity", "0")
        return list(self.ask("fill", WEBINAR, str(attendees)))

    def manage(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"manage.py {words[0]} failed: {done.stderr[-2000:]}")
        return done.stdout

    def ask(self, function: str, *arguments: str) -> Any:
        """What a function of tests.bench.room_data says, in a process with the settings of the site."""
        script = (
            "import json, django; django.setup(); from tests.bench import room_data as d; "
            f"print(json.dumps(d.{function}(*{arguments!r})))"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return json.loads(done.stdout.splitlines()[-1])

    # --- Web processes ---

    def serve(self, port: int, program: str = "community.config.server") -> None:
        with (self.folder / f"web-{port}.log").open("ab") as log:
            self.processes[port] = subprocess.Popen(
                [sys.executable, "-m", program],
                cwd=ROOT, env=self.environment | {"PORT": str(port)}, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.processes[port].poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        self.stop(port)
        raise RuntimeError(f"no server on {port}: {self.log(port)[-2000:]}")

    def kill(self, port: int) -> None:
        """As the power would."""
        self.processes[port].send_signal(signal.SIGKILL)
        self.processes[port].wait()

    def stop(self, port: int | None = None) -> None:
        for one in [port] if port else list(self.processes):
            process = self.processes.pop(one)
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def log(self, port: int) -> str:
        return (self.folder / f"web-{port}.log").read_text(errors="replace")

    def traces(self) -> int:
        """How many error traces the web processes wrote."""
        logs = self.folder.glob("web-*.log")
        return sum(log.read_text(errors="replace").count("Traceback (most recent call last)") for log in logs)

    def cost(self, port: int) -> dict[str, float]:
        """Memory now and at its highest in MB, and the seconds of CPU so far."""
        pid = self.processes[port].pid
        status = dict(
            line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
        )
        times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return {
            "rss_mb": round(int(status["VmRSS"].split()[0]) / 1024),
            "peak_mb": round(int(status["VmHWM"].split()[0]) / 1024),
            "cpu_s": round((int(times[11]) + int(times[12])) / TICKS, 1),
        }


def load() -> float:
    return round(os.getloadavg()[0], 1)


def newest_template() -> Path | None:
    """The newest migrated file that the tests have left; `migrate` brings it up to date."""
    found = sorted((ROOT / ".cache").glob("template-*.sqlite3"), key=lambda file: file.stat().st_mtime)
    return found[-1] if found else None

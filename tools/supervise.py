"""Runs several processes as one: restarts what crashes, passes signals on, leaves no child behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

from tools.console import say
from tools.stamps import ROOT

LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
PATIENCE = 10.0
PR_SET_PDEATHSIG = 1


@dataclass
class Service:
    """One process to keep alive."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    failures: int = field(default=0)

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def tend(self) -> None:
        """Start when due; when it has ended, say so and plan the next start, later after each failure."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_again_at:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        self.failures = 1 if now - self.started_at > STEADY_AFTER else self.failures + 1
        pause = min(2.0 ** (self.failures - 1), LONGEST_PAUSE)
        say(f"  ! {self.name} ended with status {status}; it starts again in {pause:.0f} s")
        self.process, self.start_again_at = None, now + pause

    def send(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)


class Supervisor:
    """Keeps services alive until SIGINT or SIGTERM."""

    def __init__(self, services: list[Service]) -> None:
        self.services = services
        self.ending = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)

    def start(self) -> None:
        for service in self.services:
            service.start()

    def tend(self) -> None:
        for service in self.services:
            service.tend()

    def run(self) -> None:
        while not self.ending:
            self.tend()
            time.sleep(0.25)

    def stop(self) -> None:
        """Ask all to end, wait, and kill what does not listen."""
        for service in self.services:
            service.send(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for service in self.services:
            if service.process is None:
                continue
            try:
                service.process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                service.send(signal.SIGKILL)
                service.process.wait()

    def _end(self, number: int, frame: object) -> None:
        self.ending = True


def _die_with_parent() -> None:
    """Linux ends the child when this program is killed without a chance to clean up."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

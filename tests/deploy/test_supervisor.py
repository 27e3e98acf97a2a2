"""`make run` keeps its processes alive, and takes them along when it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0  # seconds; the machine may be busy
PROGRAM = """
import os, sys
from tools.supervise import Service, Supervisor
child = "import os, time; open(os.environ['NOTES'], 'a').write(f'{os.getpid()} '); time.sleep(600)"
noted = [sys.executable, "-c", child]
supervisor = Supervisor([Service("web", noted, dict(os.environ))])
supervisor.start()
supervisor.run()
supervisor.stop()
"""


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    notes = tmp_path / "notes"
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, env={**os.environ, "NOTES": str(notes)})
    yield process, notes
    if process.poll() is None:
        process.terminate()
        process.wait(PATIENCE)


def pids(notes: Path, count: int) -> list[int]:
    """The first `count` children that have started."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = [int(word) for word in notes.read_text().split()] if notes.exists() else []
        if len(found) >= count:
            return found
        time.sleep(0.05)
    pytest.fail(f"only {found} started")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z" if Path("/proc").exists() else True


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_alive(pid)


def test_a_process_that_dies_is_started_again(supervised) -> None:
    _process, notes = supervised
    (first,) = pids(notes, 1)
    os.kill(first, signal.SIGKILL)
    first, second = pids(notes, 2)

    assert not is_alive(first)
    assert is_alive(second)


def test_ending_takes_the_children_along(supervised) -> None:
    process, notes = supervised
    (child,) = pids(notes, 1)
    process.send_signal(signal.SIGINT)

    assert process.wait(PATIENCE) == 0
    assert not is_alive(child)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_even_a_killed_supervisor_leaves_no_child(supervised) -> None:
    process, notes = supervised
    (child,) = pids(notes, 1)
    process.kill()

    assert wait_until_gone(child)

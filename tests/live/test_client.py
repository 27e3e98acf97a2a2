"""The browser's side of a topic, in node: it comes back as the protocol says and loses no command."""

import shutil
import subprocess
from pathlib import Path

from tests.conftest import skip_or_fail

HERE = Path(__file__).parent
MODULE = HERE.parent.parent / "community" / "live" / "static" / "live" / "live-topic.js"


def test_client_resumes_keeps_commands_and_falls_back_to_http() -> None:
    node = shutil.which("node")
    if node is None:
        skip_or_fail("node", "node is not on the PATH")
    command = [str(node), "--no-warnings", str(HERE / "client.mjs"), str(MODULE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr

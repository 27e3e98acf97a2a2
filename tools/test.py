"""`make test`: installs what the tests need and runs all of them in one pytest session with one summary line.

Where PostgreSQL and Redis can be started, a second pytest process runs the tests on them at the same time as the first
runs on SQLite and the in-memory layer. COLLEGIUM_REQUIRE=chromium,postgres,redis makes an absence a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tools.console import say, stop
from tools.install import PYTHON, compile_messages, install_browser_packages, install_python_packages, keep_bytecode
from tools.servers import Unavailable, postgres_and_redis
from tools.stamps import ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
KEPT_OUT = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "EMAIL_URL", "SITE_URL", "SECRET_KEY", "DEBUG", "PORT")
BUCKET = "S3_"


def main(arguments: list[str]) -> int:
    keep_bytecode()
    install_python_packages("base", "test", "semantic")
    install_browser_packages()
    compile_messages()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="collegium-tests-")))
        absent: list[str] = []
        environment = _environment(scratch, absent)
        try:
            servers = stack.enter_context(postgres_and_redis())
        except Unavailable as reason:
            servers = {}
            absent.append(f"PostgreSQL and Redis: {reason}; database tests ran on SQLite only")
        _refuse_absence(absent)
        environment["COLLEGIUM_ABSENT"] = "\n".join(absent)
        environment["COLLEGIUM_BOTH_DATABASES"] = "1" if servers else ""
        command = [str(PYTHON), "-m", "pytest", *_distribution(servers, scratch), *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment).returncode


def _environment(scratch: Path, absent: list[str]) -> dict[str, str]:
    """The caller's environment without what would point the tests at a real install."""
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in KEPT_OUT}
    environment = {name: value for name, value in kept.items() if not name.startswith(BUCKET)}
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser:
        environment["CHROMIUM"] = browser
    else:
        absent.append("chromium: not found (set CHROMIUM to a browser's path); journeys in a browser were skipped")
    return {**environment, "TEST_DATA_DIR": str(scratch), "PYTHONUNBUFFERED": "1"}


def _refuse_absence(absent: list[str]) -> None:
    required = [name for name in os.environ.get("COLLEGIUM_REQUIRE", "").split(",") if name]
    for line in absent:
        if any(name in line.lower() for name in required):
            stop(f"required but absent: {line}")
        say(f"  ! {line}")


def _distribution(servers: dict[str, str], scratch: Path) -> list[str]:
    """How pytest spreads the tests: over two processes, or each test on both kinds of servers."""
    if not servers:
        return ["--numprocesses", "2", "--dist", "loadgroup"]
    files = []
    for name, value in servers.items():
        file = scratch / name.removeprefix("TEST_").lower()
        file.write_text(value, encoding="ascii")
        # From a file, because the specification of a process splits at double slashes.
        files.append(f"env:{name.removeprefix('TEST_')}_FILE={file}")
    return ["--dist", "each", "--tx", "popen", "--tx", "//".join(["popen", *files])]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

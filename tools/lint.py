"""`make lint`: every check of the code that does not run it. All of them run; the end says which failed."""

import os
import subprocess
import sys
import tempfile
import time

from tools.console import say
from tools.install import PYTHON, install_browser_packages, install_python_packages
from tools.stamps import ROOT

CHECKS = {
    "style": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "imports": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    "templates": ("djlint", "templates", "--lint", "--quiet"),
    "migrations": ("manage.py", "makemigrations", "--check", "--dry-run"),
    "django": ("manage.py", "check", "--fail-level", "WARNING"),
}
REPAIRS = {"style": ("ruff", "check", "--fix", "."), "format": ("ruff", "format", ".")}


def main(arguments: list[str]) -> int:
    install_python_packages("base", "test")
    install_browser_packages()
    checks = REPAIRS if "--write" in arguments else CHECKS
    with tempfile.TemporaryDirectory(prefix="collegium-lint-") as scratch:
        failed = [name for name, command in checks.items() if not _passes(name, command, scratch)]
    say(f"lint: {', '.join(failed)} failed" if failed else "lint: all clean")
    return 1 if failed else 0


def _passes(name: str, command: tuple[str, ...], scratch: str) -> bool:
    began = time.monotonic()
    program = command if command[0] in {"-c", "manage.py"} else ("-m", *command)
    done = subprocess.run(
        [PYTHON, *program],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": scratch},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    passed = done.returncode == 0
    say(f"  {'✓' if passed else '✗'} {name} ({time.monotonic() - began:.0f} s)")
    if not passed:
        say(done.stdout.rstrip())
    return passed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

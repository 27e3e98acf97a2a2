"""What must not be committed: addresses of registries, paths of one machine, secrets, borrowed front-end files."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

RULES = {
    "registry": re.compile(r"(?:pypi|npmjs|pythonhosted|jsdelivr|unpkg|(?<!fcm\.)googleapis|cdnjs)\.(?:org|com|net)"),
    "machine path": re.compile(r"""(?<![\w.~/-])/(?:root|home/\w+|work|Users)/[\w.]"""),
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
}
EXEMPT = {"tests/architecture/test_repository.py"}
PROSE = {".md", ".csv", ".svg", ".txt"}


def violations(name: str, text: str) -> list[str]:
    return [f"{name}: {rule}" for rule, pattern in RULES.items() if name not in EXEMPT and pattern.search(text)]


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_address_path_or_key_is_committed() -> None:
    found = []
    for path in tracked():
        if path.suffix in PROSE:
            continue
        try:
            found += violations(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
    assert not found, "\n".join(found)


def test_libraries_of_others_are_installed_not_committed() -> None:
    assert [str(path) for path in tracked() if path.name.endswith((".min.js", ".min.css", ".map"))] == []


def test_each_fault_is_found() -> None:
    assert violations("a.py", 'X = "https://files.pythonhosted.org/"') == ["a.py: registry"]
    assert violations("a.py", 'X = "/home/ada/data"') == ["a.py: machine path"]
    assert violations("a.py", "PATH = BASE / 'work/shop'") == []

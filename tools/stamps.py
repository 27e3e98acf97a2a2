"""Remembers which content a step was done for, so that a second start skips it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.console import stop

ROOT = Path(__file__).resolve().parent.parent


def digest(paths: Iterable[Path]) -> str:
    """One SHA-256 over names and contents, the same on every machine."""
    total = hashlib.sha256()
    for path in sorted(paths):
        if not path.is_file():
            stop(f"{path.relative_to(ROOT)} is missing from this checkout")
        total.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_done(stamp: Path, content: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="ascii") == content


def mark_done(stamp: Path, content: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(content, encoding="ascii")

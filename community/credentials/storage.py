"""Where evidence files lie: under the private root, encrypted, with random names. Never in public storage."""

import secrets
import time
from pathlib import Path

from django.conf import settings

from community.core.errors import Missing
from community.core.vault import open_sealed, seal

FOLDER = "evidence"


def keep(content: bytes) -> str:
    """Encrypt and write `content`; the random name to find it by. The plain bytes never touch the disk."""
    name = secrets.token_hex(16)
    path = _path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(".part")
    partial.write_bytes(seal(content))
    partial.chmod(0o600)
    partial.rename(path)
    return name


def read(name: str) -> bytes:
    """The decrypted content. Raises Missing when the file was deleted."""
    try:
        return open_sealed(_path_of(name).read_bytes())
    except FileNotFoundError:
        raise Missing from None


def discard(name: str) -> None:
    """Delete the file; nothing happens when it is gone already."""
    _path_of(name).unlink(missing_ok=True)


def names_older_than_a_day() -> set[str]:
    """The names of files written before yesterday, to find those that no row knows."""
    limit = time.time() - 86_400
    return {path.name for path in _folder().glob("*/*") if path.stat().st_mtime < limit}


def _folder() -> Path:
    return Path(settings.PRIVATE_ROOT) / FOLDER


def _path_of(name: str) -> Path:
    if not name.isalnum():
        raise Missing
    return _folder() / name[:2] / name

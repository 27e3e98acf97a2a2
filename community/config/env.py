"""Reads the environment. Absent means the embedded default; a wrong value stops the start with one clear line.

A secret may also come from a file: `SECRET_KEY_FILE=/run/secrets/key` stands for `SECRET_KEY`.
"""

import os
import secrets
import sys
from pathlib import Path
from typing import NoReturn

from environs import Env

ROOT = Path(__file__).resolve().parent.parent.parent

SECRET_NAMES = (
    "SECRET_KEY",
    "DATABASE_URL",
    "REDIS_URL",
    "ELASTICSEARCH_URL",
    "EMAIL_URL",
    "FIELD_KEYS",
    "MEDIA_URL_SIGNING_KEY",
    "S3_ACCESS_KEY",
    "S3_SECRET_KEY",
)


def stop(message: str) -> NoReturn:
    """End the process with one line that says which value is wrong and what to do."""
    sys.exit(f"collegium: {message}")


def read_secret_files() -> None:
    for name in SECRET_NAMES:
        path = os.environ.get(f"{name}_FILE")
        if not path:
            continue
        try:
            os.environ[name] = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            stop(f"{name}_FILE cannot be read: {error.strerror}: {path}")


def kept_secret(data_dir: Path, name: str) -> str:
    """A secret made once and kept in the data directory, readable by its owner only."""
    path = data_dir / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


read_secret_files()
env = Env(expand_vars=False)

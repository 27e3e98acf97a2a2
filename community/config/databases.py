"""Turns the addresses of the environment into Django's dictionaries, or into the embedded defaults."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url

from community.config.env import stop

# WAL lets readers go on while one writer writes; IMMEDIATE takes the write lock at the start of a transaction, so
# that a transaction never fails half-way; FULL keeps what was acknowledged when the power goes.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
    ),
}
# How the line to the mail server is encrypted: first in the open and then by STARTTLS, or from the first byte.
MAIL_LINES: dict[str, dict[str, Any]] = {
    "smtp+tls": {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True},
    "smtp+ssl": {"EMAIL_PORT": 465, "EMAIL_USE_SSL": True},
}
POSTGRES_POOL = {"min_size": 1, "max_size": 10, "timeout": 10}


def database_from(url: str, data_dir: Path) -> dict[str, Any]:
    """Settings of the database at `url`; without one, an SQLite file in the data directory."""
    if not url:
        return _sqlite(data_dir / "collegium.sqlite3")
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError) as error:
        stop(f"DATABASE_URL is not an address of a database: {error}")
    if config["ENGINE"].endswith("sqlite3"):
        return _sqlite(Path(config["NAME"]))
    if not config["ENGINE"].endswith("postgresql"):
        stop("DATABASE_URL must begin with postgres:// or sqlite://")
    return {**config, "CONN_MAX_AGE": 0, "OPTIONS": {**config.get("OPTIONS", {}), "pool": POSTGRES_POOL}}


def _sqlite(path: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": dict(SQLITE_OPTIONS)}


def cache_from(url: str) -> dict[str, Any]:
    """Limits and one-time codes live in the cache; several processes need Redis to share it."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}
    _require_redis(url)
    patience = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
    return {"BACKEND": "community.core.caches.PatientRedisCache", "LOCATION": url, "OPTIONS": patience}


def channel_layer_from(url: str) -> dict[str, Any]:
    """The layer carries doorbells only. The pub/sub layer survives a restart of Redis; the core layer does not."""
    if not url:
        return {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    _require_redis(url)
    return {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [url]}}


def _require_redis(url: str) -> None:
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        stop("REDIS_URL must begin with redis://, rediss:// or unix://")


def elasticsearch_from(url: str) -> str:
    """The address of the search server; its path, where there is one, is the name of the index."""
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.hostname):
        stop("ELASTICSEARCH_URL must look like http://search:9200 or https://user:password@host:9200/index")
    if url and not re.fullmatch(r"[a-z][a-z0-9-]*|", parts.path.strip("/")):
        stop("ELASTICSEARCH_URL: the name of the index has small letters, digits and hyphens only")
    return url


def email_from(url: str, data_dir: Path, *, demo: bool) -> dict[str, Any]:
    """The mail settings; without an address the demo keeps its mail in files and any other install prints it."""
    if not url and demo:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(data_dir / "outbox"),
        }
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    scheme, rest = url.partition(":")[::2]
    line = MAIL_LINES.get(scheme, {})
    parsed = dj_email_url.parse(f"smtp:{rest}" if line else url)
    if not parsed.get("EMAIL_BACKEND"):
        stop("EMAIL_URL must look like smtp+tls://user:password@host:587, smtp+ssl://…:465 or console:")
    return (
        {"EMAIL_TIMEOUT": 10}
        | dict(parsed)
        | line
        | ({"EMAIL_PORT": parsed["EMAIL_PORT"]} if urlsplit(url).port else {})
    )

"""A migrated database in no time: migrations run once for each state of the migration files, then it is copied.

A test that commits gets a fresh copy instead of a flush: the event log refuses DELETE, and a flush would take the
reference data that migrations bring.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"


def prepare(worker: str) -> None:
    """Make the test database of this process from the template."""
    if connection.vendor == "sqlite":
        _use_sqlite(worker)
    else:
        _use_postgres(worker)


def restore() -> None:
    """Throw away what a test has committed."""
    connections.close_all()
    if connection.vendor == "sqlite":
        _copy(template_file(), Path(settings.DATABASES["default"]["NAME"]))
    else:
        _clone(_template_name(), str(connection.settings_dict["NAME"]))


@cache
def fingerprint() -> str:
    """Changes with any migration of ours, the data that migrations load, the apps and the version of Wagtail."""
    files = sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("community/*/migrations/*.py"), *ROOT.glob("community/*/data/*")])
    digest = hashlib.sha256(" ".join([version("wagtail"), *settings.INSTALLED_APPS]).encode())
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _locked() -> Iterator[None]:
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _name_database(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def template_file() -> Path:
    return CACHE / f"template-{fingerprint()}.sqlite3"


def _use_sqlite(worker: str) -> None:
    template = template_file()
    with _locked():
        if not template.exists():
            building = template.with_suffix(".building")
            building.unlink(missing_ok=True)
            _name_database(str(building))
            call_command("migrate", verbosity=0, interactive=False)
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.execute("PRAGMA journal_mode=DELETE")
            connections.close_all()
            building.rename(template)
    own = Path(settings.DATA_DIR) / f"test-{worker}.sqlite3"
    _copy(template, own)
    _name_database(str(own))


def _copy(template: Path, own: Path) -> None:
    for leftover in (own, own.with_name(f"{own.name}-wal"), own.with_name(f"{own.name}-shm")):
        leftover.unlink(missing_ok=True)
    shutil.copyfile(template, own)


def _template_name() -> str:
    return f"collegium_template_{fingerprint()}"


def _use_postgres(worker: str) -> None:
    template = _template_name()
    with _locked():
        if not _exists(template):
            _maintain(f'CREATE DATABASE "{template}_building"', drop=f"{template}_building")
            _name_database(f"{template}_building")
            call_command("migrate", verbosity=0, interactive=False)
            _maintain(f'ALTER DATABASE "{template}_building" RENAME TO "{template}"')
    own = f"collegium_test_{worker}"
    _clone(template, own)
    _name_database(own)


def _clone(template: str, own: str) -> None:
    _maintain(f'CREATE DATABASE "{own}" TEMPLATE "{template}"', drop=own)


def _exists(name: str) -> bool:
    with _maintenance() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _maintain(statement: str, drop: str = "") -> None:
    with _maintenance() as cursor:
        if drop:
            cursor.execute(f'DROP DATABASE IF EXISTS "{drop}" WITH (FORCE)')
        cursor.execute(statement)


@contextmanager
def _maintenance() -> Iterator[object]:
    """A cursor on the server's own database, outside any transaction."""
    connections.close_all()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "postgres"
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = name

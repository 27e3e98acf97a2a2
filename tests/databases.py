"""A migrated database in no time: migrations run once for each state of the migration files, then it is copied.

A test that commits is undone table by table instead of by a flush: the event log refuses DELETE, and a flush would
take the reference data that migrations bring.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"


def prepare(worker: str) -> None:
    """Make the test database of this process from the template."""
    if connection.vendor == "sqlite":
        _use_sqlite(worker)
    else:
        _use_postgres(worker)


def restore() -> None:
    """Put every table back to what the migrations left, in one transaction that all connections of the process see."""
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _restore_sqlite(cursor)
        else:
            _restore_postgres(cursor)


@cache
def fingerprint() -> str:
    """Changes with any migration of ours, the data that migrations load, the apps and the version of Wagtail."""
    files = sorted(
        [
            *ROOT.glob("*/migrations/*.py"),
            *ROOT.glob("community/*/migrations/*.py"),
            *ROOT.glob("community/*/data/*"),
            ROOT / "search" / "triggers.py",
            ROOT / "search" / "engines" / "schema.py",
        ]
    )
    digest = hashlib.sha256(" ".join(["wal", version("wagtail"), *settings.INSTALLED_APPS]).encode())
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
            connections.close_all()
            building.rename(template)
    own = Path(settings.DATA_DIR) / f"test-{worker}.sqlite3"
    shutil.copyfile(template, own)
    _name_database(str(own))
    # Immutable, or else every write here would lock the template for the other processes.
    attach = f" ATTACH DATABASE '{template.as_uri()}?mode=ro&immutable=1' AS template;"
    connection.settings_dict["OPTIONS"]["init_command"] += attach
    connections.close_all()


def _restore_sqlite(cursor: Any) -> None:
    # The triggers of the documents stay: they keep the full-text tables in step.
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name <> 'search_document'")
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    for table in _tables():
        cursor.execute(f'DELETE FROM main."{table}"')
        cursor.execute(f'INSERT INTO main."{table}" SELECT * FROM template."{table}"')
    for _name, sql in triggers:
        cursor.execute(sql)


def _restore_postgres(cursor: Any) -> None:
    cursor.execute("SET LOCAL session_replication_role = replica")
    for table in _tables():
        columns = _written_columns().get(table, "")
        cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM kept."{table}"')


@cache
def _written_columns() -> dict[str, str]:
    """Table → its columns, without those that the server computes itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name"
        )
        return dict(cursor.fetchall())


def _tables() -> list[str]:
    """Ours and Django's; the shadow tables of full-text indexes follow their masters."""
    return [name for name in _all_tables() if "_fts" not in name]


@cache
def _all_tables() -> tuple[str, ...]:
    names = connection.introspection.table_names()
    return (*names, "sqlite_sequence") if connection.vendor == "sqlite" else tuple(names)


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
    _maintain(f'CREATE DATABASE "{own}" TEMPLATE "{template}"', drop=own)
    _name_database(own)
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA kept")
        for table in _tables():
            cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')


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

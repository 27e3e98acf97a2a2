"""A copy of the whole database in one file while the site goes on, and the way back.

SQLite copies itself (`VACUUM INTO`, and its backup interface for the way back). PostgreSQL's own programs do it there:
`pg_dump` must be at least as new as the server. Sources: SQLite, "VACUUM INTO" and "Online Backup API"; PostgreSQL
manual, "pg_dump".
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import OperationalError, connection, connections

HOMES = "usr/lib/postgresql/*/bin"  # where Debian keeps what is not on the PATH
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
SECURED = ("sslmode", "sslrootcert", "sslcert", "sslkey")
PATIENCE = "10s"


class DumpFailed(Exception):
    """Why the database could not be copied or put back, in words for the administrator."""


def dump_name() -> str:
    return NAMES[connection.vendor]


def dump_to(path: Path) -> None:
    """Write one consistent state of the database. Raises DumpFailed."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--schema=public", f"--file={path}")


def check_dump(path: Path) -> None:
    """Read the copy through. Raises DumpFailed when it is damaged."""
    if connection.vendor != "sqlite":
        _run("pg_restore", "--file=/dev/null", str(path), with_database=False)
        return
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as copy:
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise DumpFailed(f"the copy of the database cannot be read: {error}") from error
    if found != "ok":
        raise DumpFailed(f"the copy of the database is damaged: {found}")


def load_from(path: Path) -> None:
    """Replace everything in the database by the copy. Raises DumpFailed, also when somebody holds the database."""
    try:
        if connection.vendor == "sqlite":
            _load_sqlite(path)
        else:
            _load_postgres(path)
    except (OperationalError, sqlite3.OperationalError) as error:
        raise DumpFailed("the database is in use: stop the site first, then restore again") from error
    finally:
        connections.close_all()


def _load_sqlite(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as copy:
        copy.backup(connection.connection)


def _load_postgres(path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{PATIENCE}'")
        cursor.execute("DROP SCHEMA IF EXISTS public CASCADE")
        cursor.execute("CREATE SCHEMA public")
        cursor.execute("RESET lock_timeout")
    _run("pg_restore", "--single-transaction", "--clean", "--if-exists", "--no-owner", "--no-privileges", str(path))


def _run(program: str, *arguments: str, with_database: bool = True) -> None:
    target, environment = _target() if with_database else ([], {})
    command = [_find(program), *target, *arguments]
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, found by its name
        command, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DumpFailed(f"{program}: {done.stderr.strip()[-500:]}")


def _target() -> tuple[list[str], dict[str, str]]:
    """The address for PostgreSQL's programs; the password goes through the environment, where `ps` does not show it."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - with PostgreSQL only

    given = connection.get_connection_params()
    known = {name: given[name] for name in ("host", "port", "user", "dbname", *SECURED) if given.get(name)}
    return [f"--dbname={make_conninfo(**known)}"], {"PGPASSWORD": given["password"]} if given.get("password") else {}


def _find(program: str) -> str:
    homes = sorted(Path("/").glob(HOMES), key=lambda home: float(home.parent.name), reverse=True)
    found = shutil.which(program) or next((str(home / program) for home in homes if (home / program).exists()), None)
    if found is None:
        raise DumpFailed(f"{program} is not installed: it comes with PostgreSQL's client (package postgresql-client)")
    return found

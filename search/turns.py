"""One writer of documents at a time: SQLite's transactions are so already; PostgreSQL has a lock for it."""

from django.db import connection

LOCK = 0x5EA2C4


def is_our_turn(*, wait: bool = False) -> bool:
    """Take the turn until the present transaction ends; False where another has it and we do not `wait`."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])

"""Engines find candidates for a plan; who may see them, and in which order, is decided above."""

from django.db import connection

from search.engines import elastic
from search.engines.plan import Candidate, Condition, Engine, Plan
from search.engines.postgres import Postgres
from search.engines.sqlite import Sqlite


def engine() -> Engine:
    """What answers a search: the server where there is one, else the engine in the present database."""
    if not elastic.is_on():
        return embedded()
    from search.engines.elastic.preferred import Preferred  # noqa: PLC0415 - the client is imported where it is used

    return Preferred(embedded())


def embedded() -> Engine:
    """The engine in the present database."""
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


__all__ = ["Candidate", "Condition", "Engine", "Plan", "embedded", "engine"]

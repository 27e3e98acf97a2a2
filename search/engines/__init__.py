"""Engines find candidates for a plan; who may see them, and in which order, is decided above."""

from django.db import connection

from search.engines.plan import Candidate, Condition, Engine, Plan
from search.engines.postgres import Postgres
from search.engines.sqlite import Sqlite


def engine() -> Engine:
    """The embedded engine of the present database."""
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


__all__ = ["Candidate", "Condition", "Engine", "Plan", "engine"]

"""Engines find candidates for a plan; who may see them, and in which order, is decided above."""

from django.db import connection

from search.engines import elastic
from search.engines.elastic.server import breaker
from search.engines.plan import Candidate, Condition, Engine, Plan
from search.engines.postgres import Postgres
from search.engines.sqlite import Sqlite


def engine() -> Engine:
    """What answers a search: the server where there is one, else the engine in the present database."""
    return Preferred(embedded()) if elastic.is_on() else embedded()


def embedded() -> Engine:
    """The engine in the present database."""
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


class Preferred:
    """The server as long as it answers, else the embedded engine. `is_replaced` says that it did not; one for each
    search."""

    def __init__(self, original: Engine) -> None:
        self.server = elastic.Elastic(original)
        self.original = original
        self.is_replaced = False

    @property
    def name(self) -> str:
        return self.original.name if self.is_replaced else self.server.name

    def candidates(self, plan: Plan) -> list[Candidate]:
        if breaker.lets_through and not self.is_replaced:
            try:
                found = self.server.candidates(plan)
            except elastic.UNAVAILABLE as error:
                breaker.fail(error)
            else:
                breaker.succeed()
                return found
        self.is_replaced = True
        return self.original.candidates(plan)


__all__ = ["Candidate", "Condition", "Engine", "Plan", "embedded", "engine"]

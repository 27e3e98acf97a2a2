"""The server first, and the database where the server is away."""

from collections.abc import Callable

from search.engines.elastic.engine import Elastic
from search.engines.elastic.server import UNAVAILABLE, breaker
from search.engines.plan import Candidate, Engine, Plan


class Preferred:
    """The server as long as it answers, else the embedded engine. `is_replaced` says that it did not; one for each
    search."""

    def __init__(self, original: Engine) -> None:
        self.server = Elastic(original)
        self.original = original
        self.is_replaced = False

    @property
    def name(self) -> str:
        return self.original.name if self.is_replaced else self.server.name

    def candidates(self, plan: Plan) -> list[Candidate]:
        return self._asked(lambda using: using.candidates(plan))

    def nearest(self, plan: Plan) -> list[Candidate]:
        return self._asked(lambda using: using.nearest(plan))

    def _asked(self, ask: Callable[[Engine], list[Candidate]]) -> list[Candidate]:
        if breaker.lets_through and not self.is_replaced:
            try:
                found = ask(self.server)
            except UNAVAILABLE as error:
                breaker.fail(error)
            else:
                breaker.succeed()
                return found
        self.is_replaced = True
        return ask(self.original)

"""What an engine is asked and what it answers; the same for all of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from search.grammar import Phrase, Query

Operator = Literal["in", "lists", "before", "from", "is"]


@dataclass(frozen=True)
class Condition:
    """A document's `field` is one of `values`, lists one of them, is before or from one, or is true."""

    field: str
    operator: Operator
    values: tuple[object, ...] = ()
    is_negated: bool = False


@dataclass(frozen=True)
class Plan:
    """A query with everything looked up. `also` are further words (synonyms) that may be there as well, `meaning` is
    the vector of the question where the install has a model (see semantic/)."""

    query: Query
    tokens: frozenset[str]
    conditions: tuple[Condition, ...] = ()
    also: tuple[Phrase, ...] = ()
    limit: int = 400
    meaning: tuple[float, ...] = ()


@dataclass
class Candidate:
    """A document that the engine found, without its words; `score` is the engine's, the more the better."""

    id: int
    kind: str
    key: int
    bundle: str
    score: float
    at: datetime
    title: str = ""
    space: str = ""
    tags: str = ""
    places: str = ""
    specialty: str = ""
    stance: str = ""
    lang: str = ""
    answered: bool = False
    sourced: bool = False
    author_id: int | None = None
    reasons: dict[str, float] = field(default_factory=dict)


class Engine(Protocol):
    @property
    def name(self) -> str:
        """What answers."""

    def candidates(self, plan: Plan) -> list[Candidate]:
        """At most `plan.limit` documents that one of the plan's tokens may see, best first."""

    def nearest(self, plan: Plan) -> list[Candidate]:
        """The documents nearest to `plan.meaning` among those that its tokens and conditions allow; the score is the
        cosine. Phrases and words that must not be there are not looked at."""

"""PostgreSQL: a tsvector of our own terms with a GIN index, ranked like BM25.

PostgreSQL's own ranking knows neither how rare a word is nor how long a text should be. So each word is ranked by
itself (ts_rank saturates with its frequency, and is divided by the logarithm of the length) and counts the more, the
fewer documents hold it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

from django.db import connection

from search import rarity
from search.engines import sql
from search.engines.looks import Bounds, Either, Expression, Looks, looks_for
from search.engines.plan import Candidate, Plan
from search.grammar import Phrase
from search.rarity import statistics
from search.semantic import scanning

# D, C, B, A: body (D), names (B), title (A).
WEIGHTS = "{0.33, 0.33, 0.5, 1.0}"
# Titles have an index of their own, of those that are not empty.
TITLES = "d.title <> '' AND search_vector(d.title, 'A')"
# A word of a document takes 1.5 µs to rank, a document 5 to read; to see in passing whether one holds the words, 1.2.
BOUNDS = Bounds(rare=3_000, scored=1_500, read=1_000_000)
# Fewer than so many among the newest, and all are looked for.
ENOUGH = 100
# Where so many times as many match as are wanted, the newest of them are found by going back from the newest of all.
MANY_TIMES = 5
# So often a word of a document is ranked; of a long question only the rarest words, for the others say little, but so
# many at least.
MOST_RANKED, LEAST_WORDS = 60_000, 10


@dataclass
class Postgres:
    """Full-text search in the database that holds everything else."""

    bounds: Bounds = BOUNDS
    name: ClassVar[str] = "postgres"

    def candidates(self, plan: Plan) -> list[Candidate]:
        matching = match_of(plan)
        if not matching or plan.query.order != "relevance":
            return _in_order(plan, matching)
        return _ranked(plan, self._looked_at(plan, matching))

    def nearest(self, plan: Plan) -> list[Candidate]:
        return scanning.nearest(plan)

    def _looked_at(self, plan: Plan, matching: str) -> set[int]:
        """The numbers of the documents to rank: all that match, or what the bounded looks find."""
        query = plan.query
        words = dict.fromkeys((*query.words, *plan.also))
        if query.required or query.in_title:
            found = _newest(plan, matching, self.bounds.rare) if self._is_in_many(plan) else set()
            newest = self.bounds.scored if query.in_title else self.bounds.rare
            return found if len(found) >= ENOUGH else _newest_of_all(plan, matching, newest)
        held = rarity.held(words)
        if sum(held.values()) <= self.bounds.rare:
            return _newest(plan, matching)
        return self._bounded(plan, looks_for(held, self.bounds))

    def _is_in_many(self, plan: Plan) -> bool:
        """Whether so many documents hold all the words that must be there that the newest of them are soon found; of
        words in a row nobody can tell."""
        groups = plan.query.required
        if plan.query.in_title or any(len(phrase.terms) > 1 for group in groups for phrase in group):
            return False
        held = rarity.held({phrase for group in groups for phrase in group})
        total = rarity.total()
        shares = (min(1.0, sum(held[phrase] for phrase in group) / total) for group in groups)
        return total * prod(shares) > MANY_TIMES * self.bounds.rare

    def _bounded(self, plan: Plan, by: Looks) -> set[int]:
        """What one reader may see of each look, as each is asked with the plan's conditions."""
        found = _newest(plan, _without(plan, _said(Either(by.rare)))) if by.rare else set()
        for several in by.several:
            more = _newest(plan, _without(plan, _said(several)), self.bounds.scored)
            found |= more
            if len(more) < self.bounds.scored:
                break
        if len(found) < plan.limit and by.newest:
            found |= _newest(plan, _without(plan, _said(by.newest)), self.bounds.scored)
        return found


def _in_order(plan: Plan, matching: str) -> list[Candidate]:
    """By time, or everything where no words were asked for."""
    _conditions, values = sql.where(plan)
    exact, exact_values = sql.exactly(plan, _holds)
    matches = f"{_matches(plan)}{exact}" if matching else ""
    order = sql.ORDERS.get(plan.query.order, sql.ORDERS["new"])
    statement = sql.select("0", plan, source="search_document d", matching=matches, order=order)
    return sql.run(statement, [matching, *exact_values, *values] if matching else values)


def _newest(plan: Plan, matching: str, most: int = 0) -> set[int]:
    """The newest that match and that the plan allows, by their numbers; all of them, unless it is said how many. Where
    most documents match, PostgreSQL goes back from the newest until there are enough; what must be there as it was
    written is looked for among these only."""
    if not most:
        return _numbers(*_matching(plan, matching))
    conditions, values = sql.where(plan)
    exact, exact_values = sql.exactly(plan, _holds)
    newest = (
        f"SELECT d.id, d.vector, d.forms FROM search_document d WHERE {_matches(plan)}{conditions}"  # noqa: S608
        f" ORDER BY d.id DESC LIMIT {int(most)}"
    )
    return _numbers(f"SELECT d.id FROM ({newest}) AS d WHERE {exact}TRUE", [matching, *values, *exact_values])  # noqa: S608


def _newest_of_all(plan: Plan, matching: str, most: int) -> set[int]:
    """The same by way of the index: how many hold all of several words, or words in a row, it cannot know, and might go
    back for long."""
    statement, values = _matching(plan, matching)
    return _numbers(f"SELECT id FROM ({statement} OFFSET 0) AS found ORDER BY id DESC LIMIT {int(most)}", values)  # noqa: S608


def _matching(plan: Plan, matching: str) -> sql.Fragment:
    conditions, values = sql.where(plan)
    exact, exact_values = sql.exactly(plan, _holds)
    statement = f"SELECT d.id FROM search_document d WHERE {_matches(plan)}{exact}{conditions}"  # noqa: S608
    return statement, [matching, *exact_values, *values]


def _matches(plan: Plan) -> str:
    """What is compared with a tsquery, as a condition that ends with AND."""
    return f"{TITLES if plan.query.in_title else 'd.vector'} @@ %s::tsquery AND "


def _numbers(statement: str, values: list[Any]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {number for (number,) in cursor.fetchall()}


def _ranked(plan: Plan, numbers: Iterable[int]) -> list[Candidate]:
    """The best of these by the sum over their words of rarity × frequency."""
    numbers = list(numbers)
    scores, weights = _score(plan, max(LEAST_WORDS, MOST_RANKED // max(1, len(numbers))))
    _conditions, values = sql.where(plan)
    statement = sql.select(
        scores,
        plan,
        source="search_document d",
        matching="d.id = ANY(%s) AND ",
        order=f"{len(sql.COLUMNS) + 1} DESC, d.id DESC",
    )
    return sql.run(statement, [*weights, numbers, *values])


def _score(plan: Plan, most: int) -> tuple[str, list[object]]:
    phrases = list(dict.fromkeys((*plan.query.sought, *plan.also)))
    counted = statistics({term for phrase in phrases for term in phrase.terms})
    rarest = sorted(phrases, key=counted.of, reverse=True)[:most]
    parts = [f"%s * ts_rank('{WEIGHTS}', d.vector, %s::tsquery, 1)"] * len(rarest)
    return " + ".join(parts), [value for phrase in rarest for value in (counted.of(phrase), _phrase(phrase))]


def match_of(plan: Plan) -> str:
    """The plan as a tsquery; empty where no words were asked for."""
    query = plan.query
    words = [_phrase(each) for each in (*query.words, *plan.also)]
    required = ["(" + " | ".join(map(_phrase, group)) + ")" for group in query.required]
    wanted = " & ".join(required) if required else " | ".join(words)
    return _without(plan, wanted) if wanted else ""


def _without(plan: Plan, wanted: str) -> str:
    """A tsquery, but for what must not be there."""
    excluded = " | ".join(_phrase(each) for each in plan.query.excluded if not each.forms)
    return f"({wanted}) & !({excluded})" if excluded else wanted


def _said(wanted: Expression) -> str:
    if isinstance(wanted, Phrase):
        return _phrase(wanted)
    sign = " | " if isinstance(wanted, Either) else " & "
    return "(" + sign.join(_said(part) for part in wanted.parts) + ")"


def _holds(phrase: Phrase) -> sql.Fragment:
    if phrase.forms:
        return "d.forms @@ %s::tsquery", [_in_a_row(phrase.forms)]
    return "d.vector @@ %s::tsquery", [_phrase(phrase)]


def _phrase(phrase: Phrase) -> str:
    return _in_a_row(phrase.terms, ":*" if phrase.is_prefix else "")


def _in_a_row(terms: tuple[str, ...], suffix: str = "") -> str:
    return "(" + " <-> ".join("'" + term.replace("'", "").replace("\\", "") + f"'{suffix}" for term in terms) + ")"

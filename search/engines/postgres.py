"""PostgreSQL: a tsvector of our own terms with a GIN index, ranked like BM25.

PostgreSQL's own ranking knows neither how rare a word is nor how long a text should be. So each word is ranked by
itself (ts_rank saturates with its frequency, and is divided by the logarithm of the length) and counts the more, the
fewer documents hold it.
"""

from search.engines import sql
from search.engines.plan import Candidate, Plan
from search.grammar import Phrase
from search.rarity import statistics
from search.semantic import scanning

# D, C, B, A: body (D), names (B), title (A).
WEIGHTS = "{0.33, 0.33, 0.5, 1.0}"


class Postgres:
    """Full-text search in the database that holds everything else."""

    name = "postgres"

    def candidates(self, plan: Plan) -> list[Candidate]:
        _conditions, values = sql.where(plan)
        matching = match_of(plan)
        order = sql.ORDERS.get(plan.query.order, "")
        if not matching:
            statement = sql.select("0", plan, source="search_document d", matching="", order=order or sql.ORDERS["new"])
            return sql.run(statement, values)
        scores, weights = self._score(plan)
        exact, exact_values = sql.exactly(plan, _holds)
        statement = sql.select(
            scores,
            plan,
            source="search_document d",
            matching=f"d.vector @@ %s::tsquery AND {exact}",
            order=order or f"{len(sql.COLUMNS) + 1} DESC",
        )
        return sql.run(statement, [*weights, matching, *exact_values, *values])

    def nearest(self, plan: Plan) -> list[Candidate]:
        return scanning.nearest(plan)

    def _score(self, plan: Plan) -> tuple[str, list[object]]:
        """The sum over the words of rarity × frequency, as SQL with its values."""
        parts: list[str] = []
        values: list[object] = []
        phrases = list(dict.fromkeys((*plan.query.sought, *plan.also)))
        counted = statistics({term for phrase in phrases for term in phrase.terms})
        for phrase in phrases:
            lexemes = _phrase(phrase)
            rarity = counted.of(phrase)
            parts.append(f"%s * ts_rank('{WEIGHTS}', d.vector, %s::tsquery, 1)")
            values += [rarity, lexemes]
        return " + ".join(parts), values


def match_of(plan: Plan) -> str:
    """The plan as a tsquery; empty where no words were asked for."""
    query = plan.query
    words = [_phrase(each, query.in_title) for each in (*query.words, *plan.also)]
    required = ["(" + " | ".join(_phrase(each, query.in_title) for each in group) + ")" for group in query.required]
    wanted = " & ".join(required) if required else " | ".join(words)
    if not wanted:
        return ""
    excluded = " | ".join(_phrase(each, query.in_title) for each in query.excluded if not each.forms)
    return f"({wanted}) & !({excluded})" if excluded else wanted


def _holds(phrase: Phrase) -> sql.Fragment:
    if phrase.forms:
        return "d.forms @@ %s::tsquery", [_in_a_row(phrase.forms)]
    return "d.vector @@ %s::tsquery", [_phrase(phrase)]


def _phrase(phrase: Phrase, in_title: bool = False) -> str:
    marks = ("*" if phrase.is_prefix else "") + ("A" if in_title else "")
    return _in_a_row(phrase.terms, f":{marks}" if marks else "")


def _in_a_row(terms: tuple[str, ...], suffix: str = "") -> str:
    return "(" + " <-> ".join("'" + term.replace("'", "").replace("\\", "") + f"'{suffix}" for term in terms) + ")"

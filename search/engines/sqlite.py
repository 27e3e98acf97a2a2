"""SQLite: an FTS5 table beside the documents, ranked by BM25 with the title counting most."""

from dataclasses import replace

from search import rarity
from search.engines import sql
from search.engines.plan import Candidate, Plan
from search.grammar import Phrase
from search.semantic import scanning

TITLE, BODY, NAMES = 3.0, 1.0, 1.5
SCORE = f"-bm25(search_fts, {TITLE}, {BODY}, {NAMES})"
# Of words that are everywhere only so many of the newest documents are looked at, if that gives ENOUGH.
WINDOW, ENOUGH = 10_000, 100
# So many times as many as are wanted are picked by their words; of some the reader may not know.
OF_BEST = 4


class Sqlite:
    """Full-text search in the database that holds everything else."""

    name = "sqlite"

    def candidates(self, plan: Plan) -> list[Candidate]:
        if plan.query.order != "relevance" or plan.query.required or plan.query.in_title:
            return self._found(plan, match_of(plan))
        words = tuple(dict.fromkeys((*plan.query.words, *plan.also)))
        everywhere = rarity.common(words)
        if not everywhere:
            return self._found(plan, match_of(plan))
        return self._bounded(plan, tuple(word for word in words if word not in everywhere))

    def nearest(self, plan: Plan) -> list[Candidate]:
        return scanning.nearest(plan)

    def _bounded(self, plan: Plan, rare: tuple[Phrase, ...]) -> list[Candidate]:
        """Words that are everywhere tell little and cost most: what holds the others first, then the newest.

        The second look weighs all words again. Where that finds too little (few documents are for this reader),
        everything is looked at after all.
        """
        found = (
            self._found(plan, match_of(replace(plan, query=replace(plan.query, words=rare), also=()))) if rare else []
        )
        if len(found) < plan.limit:
            found = _together(found, self._best_of_newest(plan))[: plan.limit]
        return found if len(found) >= min(ENOUGH, plan.limit) else self._found(plan, match_of(plan))

    def _best_of_newest(self, plan: Plan) -> list[Candidate]:
        """The best by words of the newest are picked before anything else of them is read: most of the time of a search
        for common words went into reading rows that nobody sees."""
        conditions, values = sql.where(plan)
        columns = ", ".join(f"d.{name}" for name in sql.COLUMNS)
        best = (
            f"SELECT rowid AS number, {SCORE} AS score FROM search_fts"  # noqa: S608 - of our own
            f" WHERE search_fts MATCH %s AND rowid > {int(rarity.newest() - WINDOW)}"
            f" ORDER BY score DESC LIMIT {int(plan.limit * OF_BEST)}"
        )
        exact, exact_values = sql.exactly(plan, _holds)
        statement = (
            f"SELECT {columns}, f.score FROM ({best}) f CROSS JOIN search_document d ON d.id = f.number"  # noqa: S608
            f" WHERE {exact}{conditions} ORDER BY f.score DESC LIMIT {int(plan.limit)}"
        )
        return sql.run(statement, [match_of(plan), *exact_values, *values])

    def _found(self, plan: Plan, matching: str, after: int = 0) -> list[Candidate]:
        _conditions, values = sql.where(plan)
        order = sql.ORDERS.get(plan.query.order, "")
        if not matching:
            statement = sql.select("0", plan, source="search_document d", matching="", order=order or sql.ORDERS["new"])
            return sql.run(statement, values)
        exact, exact_values = sql.exactly(plan, _holds)
        statement = sql.select(
            SCORE,
            plan,
            source="search_fts f JOIN search_document d ON d.id = f.rowid",
            matching=f"search_fts MATCH %s AND {f'f.rowid > {int(after)} AND ' if after > 0 else ''}{exact}",
            order=order or f"{len(sql.COLUMNS) + 1} DESC",
        )
        return sql.run(statement, [matching, *exact_values, *values])


def _together(first: list[Candidate], others: list[Candidate]) -> list[Candidate]:
    known = {each.id for each in first}
    return [*first, *(each for each in others if each.id not in known)]


def match_of(plan: Plan) -> str:
    """The plan as an FTS5 expression; empty where no words were asked for."""
    query = plan.query
    words = [_phrase(each) for each in (*query.words, *plan.also)]
    required = ["(" + " OR ".join(_phrase(each) for each in group) + ")" for group in query.required]
    if required:
        # Words that need not be there still count: FTS5 scores every phrase of the expression that occurs.
        wanted = " AND ".join([*required, "(" + " OR ".join([*required, *words]) + ")"])
    else:
        wanted = " OR ".join(words)
    if not wanted:
        return ""
    excluded = " OR ".join(_phrase(each) for each in query.excluded if not each.forms)
    expression = f"({wanted}) NOT ({excluded})" if excluded else wanted
    return f"{{title}} : ({expression})" if query.in_title else expression


def _holds(phrase: Phrase) -> sql.Fragment:
    table, asked = ("search_exact_fts", _quoted(phrase.forms)) if phrase.forms else ("search_fts", _phrase(phrase))
    return f"d.id IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)", [asked]  # noqa: S608 - of our own


def _phrase(phrase: Phrase) -> str:
    return f"{_quoted(phrase.terms)}{' *' if phrase.is_prefix else ''}"


def _quoted(terms: tuple[str, ...]) -> str:
    words = " ".join(term.replace('"', "") for term in terms)
    return f'"{words}"'

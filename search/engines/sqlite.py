"""SQLite: an FTS5 table beside the documents, ranked by BM25 with the title counting most."""

from search.engines import sql
from search.engines.plan import Candidate, Plan
from search.grammar import Phrase

TITLE, BODY, NAMES = 3.0, 1.0, 1.5


class Sqlite:
    """Full-text search in the database that holds everything else."""

    name = "sqlite"

    def candidates(self, plan: Plan) -> list[Candidate]:
        conditions, values = sql.where(plan)
        del conditions
        matching = match_of(plan)
        order = sql.ORDERS.get(plan.query.order, "")
        if not matching:
            statement = sql.select("0", plan, source="search_document d", matching="", order=order or sql.ORDERS["new"])
            return sql.run(statement, values)
        score = f"-bm25(search_fts, {TITLE}, {BODY}, {NAMES})"
        source = "search_fts f JOIN search_document d ON d.id = f.rowid"
        statement = sql.select(
            score,
            plan,
            source=source,
            matching="search_fts MATCH %s AND ",
            order=order or f"{len(sql.COLUMNS) + 1} DESC",
        )
        return sql.run(statement, [matching, *values])


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
    excluded = " OR ".join(_phrase(each) for each in query.excluded)
    expression = f"({wanted}) NOT ({excluded})" if excluded else wanted
    return f"{{title}} : ({expression})" if query.in_title else expression


def _phrase(phrase: Phrase) -> str:
    words = " ".join(term.replace('"', "") for term in phrase.terms)
    return f'"{words}"{" *" if phrase.is_prefix else ""}'

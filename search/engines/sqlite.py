"""SQLite: an FTS5 table beside the documents, ranked by BM25 with the title counting most."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import connection

from search import rarity
from search.engines import sql
from search.engines.looks import Both, Bounds, Either, Expression, Looks, looks_for
from search.engines.plan import Candidate, Plan
from search.grammar import Phrase
from search.semantic import scanning

TITLE, BODY, NAMES = 3.0, 1.0, 1.5
# A document takes 1.6 µs to score, and twice that with its row read; a place in a list 0.06 µs, twice.
BOUNDS = Bounds(rare=6_000, scored=3_000, read=100_000)
# If the bounded looks find fewer than so many that the reader may see, everything is looked at.
ENOUGH = 100
# So many times as many as are wanted are picked by their words, and so many read at once: some the reader may not see.
OF_BEST, SPARE = 4, 1.25

Picked = dict[int, float]


@dataclass(frozen=True)
class Table:
    """A full-text table and how what it finds is scored."""

    name: str
    score: str


TEXTS = Table("search_fts", f"-bm25(search_fts, {TITLE}, {BODY}, {NAMES})")
TITLES = Table("search_title_fts", "-bm25(search_title_fts)")


@dataclass
class Sqlite:
    """Full-text search in the database that holds everything else."""

    bounds: Bounds = BOUNDS
    name: ClassVar[str] = "sqlite"

    def candidates(self, plan: Plan) -> list[Candidate]:
        query = plan.query
        words = dict.fromkeys((*query.words, *plan.also))
        if query.order == "relevance" and query.in_title and not query.is_exact:
            return self._titled(plan)
        if query.order != "relevance" or query.required or query.in_title or not words:
            return self._found(plan)
        held = rarity.held(words)
        is_small = sum(held.values()) <= self.bounds.scored
        return self._found(plan) if is_small else self._bounded(plan, looks_for(held, self.bounds))

    def nearest(self, plan: Plan) -> list[Candidate]:
        return scanning.nearest(plan)

    def _titled(self, plan: Plan) -> list[Candidate]:
        """The best of the newest titles; of all of them, where too few of those are for this reader."""
        matching, newest = match_of(plan), self.bounds.scored
        picked = _picked(TITLES, matching, _most(plan, newest), newest) if matching else {}
        found = _read(plan, picked)
        is_all = bool(matching) and len(picked) < _most(plan, newest)
        return found if is_all or len(found) >= min(ENOUGH, plan.limit) else self._found(plan)

    def _bounded(self, plan: Plan, by: Looks) -> list[Candidate]:
        """The best by words of what is looked at; all there is, where too little of it is for this reader."""
        newest = self.bounds.scored
        picked = _said_in(plan, _and_said(by.rare, by.paired), _most(plan, self.bounds.rare)) if by.rare else {}
        for several in by.several:
            more = _said_in(plan, several, _most(plan, newest), newest)
            picked = more | picked
            if len(more) < _most(plan, newest):
                break
        found = _read(plan, picked)
        if len(found) < plan.limit and by.newest:
            picked = _said_in(plan, by.newest, _most(plan, newest), newest) | picked
            found = _read(plan, picked)
        return found if len(found) >= min(ENOUGH, plan.limit) else self._found(plan)

    def _found(self, plan: Plan) -> list[Candidate]:
        """By one statement over all that match."""
        _conditions, values = sql.where(plan)
        order = sql.ORDERS.get(plan.query.order, "")
        matching = match_of(plan)
        if not matching:
            statement = sql.select("0", plan, source="search_document d", matching="", order=order or sql.ORDERS["new"])
            return sql.run(statement, values)
        exact, exact_values = sql.exactly(plan, _holds)
        table = TITLES if plan.query.in_title else TEXTS
        statement = sql.select(
            table.score,
            plan,
            source=f"{table.name} f JOIN search_document d ON d.id = f.rowid",
            matching=f"{table.name} MATCH %s AND {exact}",
            order=order or f"{len(sql.COLUMNS) + 1} DESC",
        )
        return sql.run(statement, [matching, *exact_values, *values])


def _said_in(plan: Plan, wanted: Expression, most: int, newest: int = 0) -> Picked:
    return _picked(TEXTS, _without(plan, _said(wanted)), most, newest)


def _and_said(rare: tuple[Phrase, ...], others: tuple[Phrase, ...]) -> Expression:
    """What holds a rare word; the others count as well where they are there."""
    wanted = Either(rare)
    return Both((wanted, Either((*rare, *others)))) if others else wanted


def _picked(table: Table, matching: str, most: int, newest: int = 0) -> Picked:
    """So many of the best of all documents, or of so many of the newest, by their numbers with their scores; no row of
    them is read, for that takes longer than to score them."""
    some = f" ORDER BY rowid DESC LIMIT {int(newest)}" if newest else ""
    scored = f"SELECT rowid, {table.score} AS score FROM {table.name} WHERE {table.name} MATCH %s{some}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({scored}) ORDER BY score DESC LIMIT {int(most)}", [matching])  # noqa: S608
        return dict(cursor.fetchall())


def _most(plan: Plan, scored: int) -> int:
    """How many of those scored are picked; all of them, where a filter must let them pass."""
    return scored if plan.conditions else min(scored, plan.limit * OF_BEST)


def _read(plan: Plan, picked: Picked) -> list[Candidate]:
    """The best of the picked that the plan allows."""
    order = sorted(picked, key=lambda number: (-picked[number], -number))
    columns = ", ".join(f"d.{name}" for name in sql.COLUMNS)
    conditions, values = sql.where(plan)
    exact, exact_values = sql.exactly(plan, _holds)
    found: list[Candidate] = []
    at_once = int(plan.limit * SPARE)
    for start in range(0, len(order), at_once):
        some = order[start : start + at_once]
        marks = ", ".join(["%s"] * len(some))
        statement = f"SELECT {columns}, 0 FROM search_document d WHERE d.id IN ({marks}) AND {exact}{conditions}"  # noqa: S608
        found += sql.run(statement, [*some, *exact_values, *values])
        if len(found) >= plan.limit:
            break
    for each in found:
        each.score = picked[each.id]
    return sorted(found, key=lambda each: (-each.score, -each.id))[: plan.limit]


def match_of(plan: Plan) -> str:
    """The plan as an FTS5 expression; empty where no words were asked for."""
    query = plan.query
    words = [_phrase(each) for each in (*query.words, *plan.also)]
    required = ["(" + " OR ".join(_phrase(each) for each in group) + ")" for group in query.required]
    if words and required:
        # Words that need not be there still count: FTS5 scores every phrase of the expression that occurs.
        wanted = " AND ".join([*required, "(" + " OR ".join([*required, *words]) + ")"])
    else:
        wanted = " AND ".join(required) or " OR ".join(words)
    return _without(plan, wanted) if wanted else ""


def _without(plan: Plan, wanted: str) -> str:
    """An expression, but for what must not be there."""
    excluded = " OR ".join(_phrase(each) for each in plan.query.excluded if not each.forms)
    return f"({wanted}) NOT ({excluded})" if excluded else wanted


def _said(wanted: Expression) -> str:
    if isinstance(wanted, Phrase):
        return _phrase(wanted)
    sign = " OR " if isinstance(wanted, Either) else " AND "
    return "(" + sign.join(_said(part) for part in wanted.parts) + ")"


def _holds(phrase: Phrase) -> sql.Fragment:
    table, asked = ("search_exact_fts", _quoted(phrase.forms)) if phrase.forms else ("search_fts", _phrase(phrase))
    return f"d.id IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)", [asked]  # noqa: S608 - of our own


def _phrase(phrase: Phrase) -> str:
    return f"{_quoted(phrase.terms)}{' *' if phrase.is_prefix else ''}"


def _quoted(terms: tuple[str, ...]) -> str:
    words = " ".join(term.replace('"', "") for term in terms)
    return f'"{words}"'

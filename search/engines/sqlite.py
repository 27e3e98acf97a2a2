"""SQLite: an FTS5 table beside the documents, ranked by BM25 with the title counting most."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, ClassVar

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
# Then so many of the newest are looked at, unless the filters themselves leave no more than so many.
WIDER, FEW = 30_000, 100_000
# What so many documents hold is found by time along the index of time.
MANY = 20_000
# Filters that an index of the table of documents can answer.
SELECTIVE = frozenset({"kind", "author_id", "space", "tags", "lang", "stance", "bundle", "sourced", "answered", "at"})
# So many times as many as are wanted are picked by their words: some the reader may not see.
OF_BEST = 4
# So many of the newest titles are looked at word by word too, fewer than `ranking.HEAD`.
OF_TITLES = 100

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
        matching = match_of(plan)
        if not matching:
            return _all_there_is(plan)
        if query.order != "relevance":
            return _in_order(plan, matching)
        if query.in_title:
            return _found(plan, matching) if query.is_exact else self._titled(plan, matching)
        numbers = _only(plan)
        if numbers is not None:
            return _read(plan, _passing(plan, matching, len(numbers), numbers)) if numbers else []
        if query.required:
            return self._required(plan, matching)
        held = rarity.held(dict.fromkeys((*query.words, *plan.also)))
        is_small = sum(held.values()) <= self.bounds.scored
        return _found(plan, matching) if is_small else self._bounded(plan, matching, looks_for(held, self.bounds))

    def nearest(self, plan: Plan) -> list[Candidate]:
        return scanning.nearest(plan)

    def _titled(self, plan: Plan, matching: str) -> list[Candidate]:
        """The best of the newest titles; of all of them, where too few of those are for this reader."""
        newest = self.bounds.scored
        picked = _picked(TITLES, matching, _most(plan, newest), newest)
        found = _read(plan, picked)
        is_all = len(picked) < _most(plan, newest)
        return found if is_all or len(found) >= min(ENOUGH, plan.limit) else _found(plan, matching)

    def _required(self, plan: Plan, matching: str) -> list[Candidate]:
        """The best of the newest that hold all that must be there."""
        newest = self.bounds.rare
        picked = _picked(TEXTS, matching, newest, newest)
        found = _read(plan, picked)
        is_enough = len(picked) < newest or len(found) >= min(ENOUGH, plan.limit)
        return found if is_enough else self._further(plan, matching)

    def _bounded(self, plan: Plan, matching: str, by: Looks) -> list[Candidate]:
        """The best by words of what is looked at, and of the newest titles."""
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
        if len(found) < min(ENOUGH, plan.limit):
            return self._further(plan, matching)
        titles = _picked(TITLES, matching, OF_TITLES, newest)
        others = _read(plan, {number: TITLE * score for number, score in titles.items() if number not in picked})
        return sorted([*found, *others], key=lambda each: (-each.score, -each.id))[: plan.limit]

    def _further(self, plan: Plan, matching: str) -> list[Candidate]:
        """Where too little of the newest is for this reader: what the filters leave, if they leave little; else more of
        the newest; else all there is."""
        if _are_few(plan):
            return _read(plan, _passing(plan, matching, self.bounds.rare))
        found = _read(plan, _picked(TEXTS, matching, WIDER, WIDER))
        return found if len(found) >= min(ENOUGH, plan.limit) else _found(plan, matching)


def _found(plan: Plan, matching: str) -> list[Candidate]:
    """By one statement over all that match; every row of them is read."""
    _conditions, values = sql.where(plan)
    exact, exact_values = sql.exactly(plan, _holds)
    table = _table(plan)
    statement = sql.select(
        table.score,
        plan,
        source=f"{table.name} f CROSS JOIN search_document d ON d.id = f.rowid",
        matching=f"{table.name} MATCH %s AND {exact}",
        order=sql.ORDERS.get(plan.query.order, f"{len(sql.COLUMNS) + 1} DESC"),
    )
    return sql.run(statement, [matching, *exact_values, *values])


def _all_there_is(plan: Plan) -> list[Candidate]:
    """Where no words were asked for."""
    _conditions, values = sql.where(plan)
    order = sql.ORDERS.get(plan.query.order, sql.ORDERS["new"])
    return sql.run(sql.select("0", plan, source="search_document d", matching="", order=order), values)


def _in_order(plan: Plan, matching: str) -> list[Candidate]:
    """By time: what matches is read and sorted if it is little, else the index of time is followed past what does not
    match. (The plus keeps SQLite from reading and sorting all that matches.)"""
    table = _table(plan).name
    if _count(f"SELECT 1 FROM {table} WHERE {table} MATCH %s", [matching], MANY) < MANY:  # noqa: S608
        return _found(plan, matching)
    _conditions, values = sql.where(plan)
    exact, exact_values = sql.exactly(plan, _holds)
    statement = sql.select(
        "0",
        plan,
        source="search_document d",
        matching=f"+d.id IN (SELECT rowid FROM {table} WHERE {table} MATCH %s) AND {exact}",  # noqa: S608
        order=sql.ORDERS[plan.query.order],
    )
    return sql.run(statement, [matching, *exact_values, *values])


def _table(plan: Plan) -> Table:
    return TITLES if plan.query.in_title else TEXTS


def _only(plan: Plan) -> list[int] | None:
    """The numbers that alone are asked about, if so: what has just changed, or is new since somebody last asked."""
    given = (each for each in plan.conditions if each.field == "id" and each.operator == "in" and not each.is_negated)
    found = next(given, None)
    return None if found is None else [int(str(number)) for number in found.values]


def _are_few(plan: Plan) -> bool:
    """Whether the filters let few documents pass, whoever may see them; only asked where an index can tell."""
    if not any(each.field in SELECTIVE and not each.is_negated for each in plan.conditions):
        return False
    conditions, values = sql.conditions(plan)
    passing = f"SELECT 1 FROM search_document d WHERE {conditions}"  # noqa: S608
    return _count(passing, values, FEW + 1) <= FEW


def _count(asked: str, values: list[Any], most: int) -> int:
    """How many rows there are, up to `most`."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({asked} LIMIT {int(most)})", values)  # noqa: S608
        return int(cursor.fetchone()[0])


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
    asked = f"SELECT rowid, {table.score} AS score FROM {table.name} WHERE {table.name} MATCH %s{some}"  # noqa: S608
    return _best(asked, [matching], most)


def _passing(plan: Plan, matching: str, most: int, numbers: Collection[int] = ()) -> Picked:
    """So many of the best that the filters let pass; `numbers` are the only ones, where that is known. (With the plus
    SQLite goes through the list of a word once, in place of once for each document.)"""
    conditions, values = sql.conditions(plan)
    passing = f"+rowid IN (SELECT d.id FROM search_document d WHERE {conditions})"  # noqa: S608
    span = f" AND rowid BETWEEN {int(min(numbers))} AND {int(max(numbers))}" if numbers else ""
    asked = f"SELECT rowid, {TEXTS.score} AS score FROM {TEXTS.name} WHERE {TEXTS.name} MATCH %s AND {passing}{span}"  # noqa: S608
    return _best(asked, [matching, *values], most)


def _best(asked: str, values: list[Any], most: int) -> Picked:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({asked}) ORDER BY score DESC LIMIT {int(most)}", values)  # noqa: S608
        return dict(cursor.fetchall())


def _most(plan: Plan, scored: int) -> int:
    """How many of those scored are picked; all of them, where a filter must let them pass."""
    return scored if plan.conditions else min(scored, plan.limit * OF_BEST)


def _read(plan: Plan, picked: Picked) -> list[Candidate]:
    """The best of the picked that the plan allows; rows are read until there are enough."""
    order = sorted(picked, key=lambda number: (-picked[number], -number))
    columns = ", ".join(f"d.{name}" for name in sql.COLUMNS)
    conditions, values = sql.where(plan)
    exact, exact_values = sql.exactly(plan, _held_between(min(order, default=0), max(order, default=0)))
    statement = (
        f"SELECT {columns}, 0 FROM json_each(%s) AS picked CROSS JOIN search_document d ON d.id = picked.value"  # noqa: S608
        f" WHERE {exact}{conditions} LIMIT {int(plan.limit)}"
    )
    found = sql.run(statement, [json.dumps(order), *exact_values, *values])
    for each in found:
        each.score = picked[each.id]
    return sorted(found, key=lambda each: (-each.score, -each.id))


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


def _held_between(first: int, last: int) -> Callable[[Phrase], sql.Fragment]:
    """The same, looked for among these numbers only."""

    def holds(phrase: Phrase) -> sql.Fragment:
        text, values = _holds(phrase)
        return f"{text[:-1]} AND rowid BETWEEN {int(first)} AND {int(last)})", values

    return holds


def _phrase(phrase: Phrase) -> str:
    return f"{_quoted(phrase.terms)}{' *' if phrase.is_prefix else ''}"


def _quoted(terms: tuple[str, ...]) -> str:
    words = " ".join(term.replace('"', "") for term in terms)
    return f'"{words}"'

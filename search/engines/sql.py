"""What the two SQL engines share: conditions as SQL, and rows as candidates."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from search.engines.plan import Candidate, Condition, Plan
from search.grammar import Phrase

COLUMNS = (
    *("id", "kind", "key", "bundle", "at", "title", "space", "tags", "places", "specialty", "stance", "lang"),
    *("answered", "sourced", "author_id"),
)
ORDERS = {"new": "d.at DESC, d.id DESC", "old": "d.at, d.id"}

Fragment = tuple[str, list[Any]]


def where(plan: Plan) -> Fragment:
    """The conditions of a plan and the tokens of its viewer."""
    parts = [_one_of("d.audience", sorted(plan.tokens)), *(_condition(each) for each in plan.conditions)]
    return _joined(" AND ", parts)


def conditions(plan: Plan) -> Fragment:
    """The conditions alone."""
    return _joined(" AND ", [_condition(each) for each in plan.conditions])


def exactly(plan: Plan, holds: Callable[[Phrase], Fragment]) -> Fragment:
    """What must and what must not be there as it was written, as conditions that each end with AND; `holds` is an
    engine's way to ask for one phrase, exact or not."""
    text = ""
    values: list[Any] = []
    for group in plan.query.required:
        if any(phrase.forms for phrase in group):
            either, given = _joined(" OR ", [holds(phrase) for phrase in group])
            text, values = f"{text}({either}) AND ", [*values, *given]
    for phrase in plan.query.excluded:
        if phrase.forms:
            held, given = holds(phrase)
            text, values = f"{text}NOT {held} AND ", [*values, *given]
    return text, values


def _joined(sign: str, parts: Iterable[Fragment]) -> Fragment:
    fragments = list(parts)
    return sign.join(text for text, _values in fragments), [value for _text, values in fragments for value in values]


def select(score: str, plan: Plan, *, source: str, matching: str, order: str) -> str:
    """The statement; its parts are written by the engines, never by people."""
    columns = ", ".join(f"d.{name}" for name in COLUMNS)
    conditions, _values = where(plan)
    return (
        f"SELECT {columns}, {score} FROM {source} WHERE {matching}{conditions}"  # noqa: S608
        f" ORDER BY {order} LIMIT {int(plan.limit)}"
    )


def run(statement: str, values: list[Any]) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_candidate(row) for row in cursor.fetchall()]


def _candidate(row: tuple[Any, ...]) -> Candidate:
    number, kind, key, bundle, at, title, space, tags, places, specialty, stance, lang, *rest = row
    answered, sourced, author, score = rest
    words = (title, space, tags, places, specialty, stance, lang)
    found = Candidate(number, kind, key, bundle, float(score or 0), _moment(at), *words)
    found.answered, found.sourced, found.author_id = bool(answered), bool(sourced), author
    return found


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _condition(condition: Condition) -> Fragment:
    text, values = _plain(condition)
    return (f"NOT ({text})", values) if condition.is_negated else (text, values)


def _plain(condition: Condition) -> Fragment:
    column = f"d.{condition.field}"
    if condition.operator == "in":
        text, values = _one_of(column, condition.values)
        return (f"({column} > '' AND {text})", values) if condition.field == "lang" else (text, values)
    if condition.operator == "lists":
        if column == "d.tags" and connection.vendor == "postgresql":
            listed = "string_to_array(btrim(d.tags), ' ') && %s::text[]"
            return f"({column} > '' AND {listed})", [[str(value) for value in condition.values]]
        # What is empty lists nothing; to say so lets an index of the others be used.
        likes = " OR ".join([f"{column} LIKE %s ESCAPE '!'"] * len(condition.values)) or "1 = 0"
        return f"({column} > '' AND ({likes}))", [f"% {_escaped(str(value))} %" for value in condition.values]
    if condition.operator == "is":
        return column, []
    sign = "<" if condition.operator == "before" else ">="
    return f"{column} {sign} %s", [_stored(condition.values[0])]


def _one_of(column: str, values: Iterable[Any]) -> Fragment:
    given = list(values)
    if not given:
        return "1 = 0", []
    return f"({column} IS NOT NULL AND {column} IN ({', '.join(['%s'] * len(given))}))", given


def _stored(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def _escaped(value: str) -> str:
    return value.replace("!", "!!").replace("%", "!%").replace("_", "!_")

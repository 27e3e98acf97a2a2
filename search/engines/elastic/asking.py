"""A plan as a query of the server: the same tree, the same filters, nothing that leaves the core of Elasticsearch."""

from collections.abc import Iterable
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Bool, MatchNone, MultiMatch, Query, Term, Terms

from search.engines.plan import Condition, Plan
from search.grammar import Phrase
from search.semantic.scanning import LEAST, NEAREST

# So many of the graph's neighbours are compared before the best are taken.
LOOKED_AT = 400
FIELDS = ["title^1.5", "body", "names^1.5"]
IN_TITLE = ["title"]
NAMED = {"id": "number"}


def query_of(plan: Plan) -> Query:
    """Words count the more the better; what must be there is there; tokens and filters are never scored."""
    asked, fields = plan.query, IN_TITLE if plan.query.in_title else FIELDS
    required = [_any(_phrase(each, fields) for each in group) for group in asked.required]
    words = _loose((*asked.words, *plan.also), fields)
    return Bool(
        filter=allowed(plan),
        must=required,
        should=words,
        must_not=[_exact(each) if each.forms else _phrase(each, fields) for each in asked.excluded],
        minimum_should_match=1 if words and not required else 0,
    )


def allowed(plan: Plan) -> list[Query]:
    """What the viewer may see, narrowed by the conditions of the plan; never scored."""
    return [Terms(audience=sorted(plan.tokens)), *(condition(each) for each in plan.conditions)]


def nearest_of(plan: Plan) -> dict[str, Any]:
    """The nearest of what is allowed, as the server's kNN."""
    return {
        "field": "meaning",
        "query_vector": list(plan.meaning),
        "k": NEAREST,
        "num_candidates": LOOKED_AT,
        "similarity": LEAST,
        "filter": Bool(filter=allowed(plan)).to_dict(),
    }


def condition(each: Condition) -> Query:
    found = _plain(each)
    return Bool(must_not=[found]) if each.is_negated else found


def _plain(each: Condition) -> Query:
    name = NAMED.get(each.field, each.field)
    if each.operator in {"in", "lists"}:
        return Q("terms", **{name: list(each.values)}) if each.values else MatchNone()
    if each.operator == "is":
        return Term(**{name: True})
    return Q("range", **{name: {"lt" if each.operator == "before" else "gte": each.values[0]}})


def _loose(phrases: Iterable[Phrase], fields: list[str]) -> list[Query]:
    """Single words together in one clause, everything else by itself."""
    single, others = [], []
    for phrase in dict.fromkeys(phrases):
        if len(phrase.terms) == 1 and not phrase.is_prefix:
            single.append(phrase.terms[0])
        else:
            others.append(_phrase(phrase, fields))
    words = [MultiMatch(query=" ".join(single), fields=fields, type="most_fields", operator="or")] if single else []
    return [*words, *others]


def _phrase(phrase: Phrase, fields: list[str]) -> Query:
    if phrase.is_prefix:
        return _any(Q("prefix", **{field.partition("^")[0]: {"value": phrase.terms[0]}}) for field in fields)
    if len(phrase.terms) == 1:
        found: Query = MultiMatch(query=phrase.terms[0], fields=fields, type="most_fields")
    else:
        found = MultiMatch(query=" ".join(phrase.terms), fields=fields, type="phrase")
    return Bool(must=[found], filter=[_exact(phrase)]) if phrase.forms else found


def _exact(phrase: Phrase) -> Query:
    return Q("match_phrase", exact=" ".join(phrase.forms))


def _any(queries: Iterable[Query]) -> Query:
    return Bool(should=list(queries), minimum_should_match=1)

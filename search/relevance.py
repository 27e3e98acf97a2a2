"""How well a document fits the words of a query: the same measure for the candidates of every engine.

Each field is scored by itself with BM25 (Robertson and Zaragoza, 2009) and the fields are added. Rarity counts more
than in the textbook: long questions hold many words that say little. Rarity and lengths come from the documents in
the database, which all engines share.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from search.analysis import END
from search.engines import Candidate, Plan
from search.grammar import Phrase, Query
from search.models import Document
from search.rarity import Statistics, statistics

K1, B = 1.5, 0.75
FIELDS = {"title": 1.5, "body": 1.0, "names": 1.5}
# Measured on passages of abstracts: 1.3 to 1.6 beats 1 for short and for long questions.
SHARPNESS = 1.5
# A word that a long question says four times counts twice; measured as well: short questions do not change.
SAID_AGAIN = 0.5
LONGEST = 3000


@dataclass(frozen=True)
class Asked:
    """The phrases of a plan with what each of them weighs, and the terms to look for."""

    phrases: Mapping[Phrase, float]
    terms: frozenset[str]
    statistics: Statistics

    @classmethod
    def by(cls, plan: Plan) -> "Asked":
        phrases = tuple(dict.fromkeys((*plan.query.sought, *plan.also)))
        terms = frozenset(term for phrase in phrases for term in phrase.terms)
        known = statistics(terms)
        often = plan.query.often
        weights = {each: known.of(each) ** SHARPNESS * often.get(each.terms, 1) ** SAID_AGAIN for each in phrases}
        return cls(weights, terms, known)


def scores(candidates: list[Candidate], plan: Plan) -> dict[int, float]:
    """Document → how well it fits; one query for the words of all of them."""
    asked = Asked.by(plan)
    rows = Document.objects.filter(pk__in=[each.id for each in candidates])
    return {
        pk: fit({"title": title, "body": body, "names": names}, asked)
        for pk, title, body, names in rows.values_list("pk", "title", "body", "names")
    }


def kept(candidates: list[Candidate], plan: Plan) -> list[Candidate]:
    """Those that hold every phrase that must be there and none that must not; for what was not found by its words."""
    query = plan.query
    if not candidates or not (query.required or query.excluded):
        return candidates
    rows = Document.objects.filter(pk__in=[each.id for each in candidates]).values_list("pk", "exact", *FIELDS)
    words = {pk: (exact, [text.split() for text in texts]) for pk, exact, *texts in rows}
    return [each for each in candidates if each.id in words and _holds(*words[each.id], query)]


def _holds(exact: str, texts: list[list[str]], query: Query) -> bool:
    """Whether what must be there is, and what must not is not: in the title alone, where that was asked for."""
    if query.in_title:
        exact, texts = exact.partition(END)[0], texts[:1]

    def has(phrase: Phrase) -> bool:
        if phrase.forms:
            return f" {' '.join(phrase.forms)} " in f" {exact} "
        return any(_occurrences(phrase, _places(terms, frozenset(phrase.terms)), terms) for terms in texts)

    return all(any(map(has, group)) for group in query.required) and not any(map(has, query.excluded))


def fit(words: Mapping[str, str], asked: Asked) -> float:
    """`words` are the terms of each field, separated by spaces."""
    return sum(weight * _field(name, words[name].split()[:LONGEST], asked) for name, weight in FIELDS.items())


def _field(name: str, terms: list[str], asked: Asked) -> float:
    places = _places(terms, asked.terms)
    norm = K1 * (1 - B + B * len(terms) / asked.statistics.lengths[name])
    total = 0.0
    for phrase, weight in asked.phrases.items():
        often = _occurrences(phrase, places, terms)
        total += weight * often * (K1 + 1) / (often + norm)
    return total


def _places(terms: list[str], wanted: frozenset[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, term in enumerate(terms):
        if term in wanted:
            places.setdefault(term, []).append(place)
    return places


def _occurrences(phrase: Phrase, places: Mapping[str, list[int]], terms: list[str]) -> int:
    first, *others = phrase.terms
    if phrase.is_prefix:
        return sum(term.startswith(first) for term in terms)
    if not others:
        return len(places.get(first, ()))
    return sum(terms[place : place + len(phrase.terms)] == list(phrase.terms) for place in places.get(first, ()))

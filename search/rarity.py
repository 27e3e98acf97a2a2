"""How rare words are and how long texts are, counted in the database and remembered for a minute."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from time import monotonic

from django.db import connection

from search.grammar import Phrase
from search.models import Document

SEEN_FOR = 60.0
MOST_COUNTED, SAMPLE, AT_ONCE = 20_000, 500, 100
OF_A_BEGINNING = 3.0


@dataclass(frozen=True)
class Statistics:
    """`rarity` is BM25's weight of a term; `lengths` is how many terms a field that is not empty has on average."""

    rarity: Mapping[str, float]
    lengths: Mapping[str, float]

    def of(self, phrase: Phrase) -> float:
        return OF_A_BEGINNING if phrase.is_prefix else sum(self.rarity[term] for term in phrase.terms)


_counted: dict[str, tuple[float, float]] = {}
_measured: tuple[float, dict[str, float], int, int] | None = None


def statistics(terms: Iterable[str]) -> Statistics:
    lengths, total = _documents()
    wanted = set(terms)
    moment = monotonic()
    for term in [term for term in _counted if term in wanted and _counted[term][0] < moment]:
        del _counted[term]
    new = sorted(wanted - _counted.keys())
    for start in range(0, len(new), AT_ONCE):
        held = _held(new[start : start + AT_ONCE])
        for term, count in held.items():
            _counted[term] = (moment + SEEN_FOR, _weight(count, total))
    found = {term: _counted[term][1] for term in wanted}
    if len(_counted) > 50_000:
        _counted.clear()
    return Statistics(found, lengths)


def common(phrases: Iterable[Phrase]) -> frozenset[Phrase]:
    """Those single words that at least MOST_COUNTED documents hold."""
    single = [phrase for phrase in phrases if len(phrase.terms) == 1 and not phrase.is_prefix]
    _lengths, total = _documents()
    if total < MOST_COUNTED or not single:
        return frozenset()
    known = statistics(phrase.terms[0] for phrase in single).rarity
    least = _weight(MOST_COUNTED, total)
    return frozenset(phrase for phrase in single if known[phrase.terms[0]] <= least)


def newest() -> int:
    """The number of the newest document, up to a minute ago."""
    _documents()
    return _measured[3] if _measured else 0


def forget() -> None:
    """Count anew: the documents are others now."""
    global _measured
    _counted.clear()
    _measured = None


def _documents() -> tuple[dict[str, float], int]:
    """Average lengths by the newest documents, and how many there are about."""
    global _measured
    if _measured is None or _measured[0] < monotonic():
        newest = Document.objects.order_by("-pk")
        rows = list(newest.values_list("pk", "title", "body", "names")[:SAMPLE])
        columns = zip(*([row[1:] for row in rows] or [("", "", "")]), strict=True)
        averages = [_average([text.count(" ") + 1 for text in column if text]) for column in columns]
        total = rows[0][0] - Document.objects.order_by("pk").values_list("pk", flat=True)[0] + 1 if rows else 1
        _measured = (
            monotonic() + SEEN_FOR,
            dict(zip(("title", "body", "names"), averages, strict=True)),
            total,
            rows[0][0] if rows else 0,
        )
    return _measured[1], _measured[2]


def _weight(count: int, total: int) -> float:
    """BM25's weight of a term that so many documents hold."""
    return log(1 + (max(total, count) - count + 0.5) / (count + 0.5))


def _average(lengths: list[int]) -> float:
    return sum(lengths) / len(lengths) if lengths else 1.0


def _held(terms: list[str]) -> dict[str, int]:
    """How many documents hold each term; counting ends at MOST_COUNTED."""
    if connection.vendor == "postgresql":
        held = "SELECT 1 FROM search_document WHERE vector @@ %s::tsquery LIMIT {n}"
        values = [(term, "'" + term.replace("'", "").replace("\\", "") + "'") for term in terms]
    else:
        held = "SELECT 1 FROM search_fts WHERE search_fts MATCH %s LIMIT {n}"
        values = [(term, '"' + term.replace('"', "") + '"') for term in terms]
    term = "%s::text" if connection.vendor == "postgresql" else "%s"
    one = f"SELECT {term}, (SELECT count(*) FROM ({held.format(n=MOST_COUNTED)}) AS h)"  # noqa: S608 - of our own
    statement = " UNION ALL ".join([one] * len(terms))
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for pair in values for value in pair])
        return {term: int(count) for term, count in cursor.fetchall()}

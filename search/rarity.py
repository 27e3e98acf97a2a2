"""How rare words are and how long texts are, counted in the database and remembered for a minute."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import log
from time import monotonic

from django.db import connection

from search.grammar import Phrase
from search.models import Document

SEEN_FOR, MOST_KEPT = 60.0, 50_000
MOST_COUNTED, SAMPLE, AT_ONCE = 20_000, 500, 100
# Beyond MOST_COUNTED it is enough to know about how many: by so many of the newest.
NEWEST = 5_000
OF_A_BEGINNING = 3.0
BEGINNING = " *"
# PostgreSQL's estimate is taken from so many on; fewer are counted.
MOST_EXACT = 3_000
COMMON = """
    SELECT word, share * c.reltuples FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = 'vector',
    unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS common(word, share)
    WHERE c.oid = 'search_document'::regclass AND word IS NOT NULL
"""


@dataclass(frozen=True)
class Statistics:
    """`rarity` is BM25's weight of a term; `lengths` is how many terms a field that is not empty has on average."""

    rarity: Mapping[str, float]
    lengths: Mapping[str, float]

    def of(self, phrase: Phrase) -> float:
        return OF_A_BEGINNING if phrase.is_prefix else sum(self.rarity[term] for term in phrase.terms)


_counted: dict[str, tuple[float, int]] = {}
_about: dict[str, tuple[float, int]] = {}
_common: tuple[float, dict[str, int]] | None = None
_measured: tuple[float, dict[str, float], int, int] | None = None


def statistics(terms: Iterable[str]) -> Statistics:
    lengths, total = _documents()
    return Statistics({term: _weight(count, total) for term, count in _counts(set(terms)).items()}, lengths)


def held(phrases: Iterable[Phrase]) -> dict[Phrase, int]:
    """About how many documents hold each: a phrase at most as many as its rarest word."""
    wanted = {phrase: [_term_of(phrase, term) for term in phrase.terms] for phrase in phrases}
    known = _counts({term for terms in wanted.values() for term in terms})
    many = {term for term, count in known.items() if count >= MOST_COUNTED}
    known |= _remembered(many, _about, _estimated)
    return {phrase: min(known[term] for term in terms) for phrase, terms in wanted.items()}


def total() -> int:
    """How many documents there are, about."""
    return _documents()[1]


def forget() -> None:
    """Count anew: the documents are others now."""
    global _measured, _common
    _counted.clear()
    _about.clear()
    _measured = _common = None


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


def _counts(terms: set[str]) -> dict[str, int]:
    """How many documents hold each term, up to MOST_COUNTED."""
    return _remembered(terms, _counted, _held)


def _remembered(
    terms: set[str], kept: dict[str, tuple[float, int]], count: Callable[[list[str]], dict[str, int]]
) -> dict[str, int]:
    """What was counted less than a minute ago, and the rest counted now."""
    moment = monotonic()
    new = sorted(term for term in terms if term not in kept or kept[term][0] < moment)
    found = {term: kept[term][1] for term in terms.difference(new)}
    if len(kept) > MOST_KEPT:
        kept.clear()
    for start in range(0, len(new), AT_ONCE):
        fresh = count(new[start : start + AT_ONCE])
        kept.update({term: (moment + SEEN_FOR, number) for term, number in fresh.items()})
        found |= fresh
    return found


def _held(terms: list[str]) -> dict[str, int]:
    if connection.vendor == "postgresql":
        known = {term: min(MOST_COUNTED, count) for term, count in _by_statistics(terms).items()}
        most = MOST_EXACT if _common_words() else MOST_COUNTED
        held = f"SELECT 1 FROM search_document WHERE vector @@ %s::tsquery LIMIT {most}"  # noqa: S608 - of our own
        return known | _counted_by(held, {term: _lexeme(term) for term in terms if term not in known})
    held = f"SELECT 1 FROM search_fts WHERE search_fts MATCH %s LIMIT {MOST_COUNTED}"  # noqa: S608
    return _counted_by(held, {term: _matching(term) for term in terms})


def _estimated(terms: list[str]) -> dict[str, int]:
    """For terms that are in many documents: by how many of the newest hold them."""
    if connection.vendor == "postgresql":
        return dict.fromkeys(terms, MOST_COUNTED) | _by_statistics(terms)
    _lengths, total = _documents()
    since = (_measured[3] if _measured else 0) - NEWEST
    held = f"SELECT 1 FROM search_fts WHERE search_fts MATCH %s AND rowid > {int(since)}"  # noqa: S608 - of our own
    counts = _counted_by(held, {term: _matching(term) for term in terms})
    return {term: max(MOST_COUNTED, count * total // NEWEST) for term, count in counts.items()}


def _by_statistics(terms: Iterable[str]) -> dict[str, int]:
    """How many documents hold what is common, as PostgreSQL estimated when it last looked at the table: counting takes
    it 4 µs a document. What is not among them is rare enough to be counted."""
    common = _common_words()
    return {term: count for term in terms if (count := _estimate(term, common)) >= MOST_EXACT}


def _common_words() -> Mapping[str, int]:
    global _common
    if _common is None or _common[0] < monotonic():
        with connection.cursor() as cursor:
            cursor.execute(COMMON)
            _common = monotonic() + SEEN_FOR, {term: int(count) for term, count in cursor.fetchall()}
    return _common[1]


def _estimate(term: str, common: Mapping[str, int]) -> int:
    """By the commonest word where it is the beginning of several."""
    if not term.endswith(BEGINNING):
        return common.get(term, 0)
    return max((count for word, count in common.items() if word.startswith(term[: -len(BEGINNING)])), default=0)


def _counted_by(held: str, asked: Mapping[str, str]) -> dict[str, int]:
    """Term → how many rows `held` gives for what is asked of it; one statement for all."""
    if not asked:
        return {}
    term = "%s::text" if connection.vendor == "postgresql" else "%s"
    one = f"SELECT {term}, (SELECT count(*) FROM ({held}) AS h)"  # noqa: S608 - of our own
    statement = " UNION ALL ".join([one] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for pair in asked.items() for value in pair])
        return {term: int(count) for term, count in cursor.fetchall()}


def _term_of(phrase: Phrase, term: str) -> str:
    return f"{term}{BEGINNING}" if phrase.is_prefix else term


def _matching(term: str) -> str:
    """A term, or the beginning of one ("card *"), as FTS5 is asked for it."""
    word = term.removesuffix(BEGINNING).replace('"', "")
    return f'"{word}"{BEGINNING if term.endswith(BEGINNING) else ""}'


def _lexeme(term: str) -> str:
    """The same as PostgreSQL is asked for it."""
    word = term.removesuffix(BEGINNING).replace("'", "").replace("\\", "")
    return f"'{word}'{':*' if term.endswith(BEGINNING) else ''}"

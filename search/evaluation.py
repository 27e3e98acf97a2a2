"""How well a judged collection is found: a temporary index of the same tables, asked through the same search.

Measures as usual in the field: nDCG with gains 2^grade − 1 and logarithmic discount, average precision and recall
with every positive grade relevant.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from math import inf, log2
from pathlib import Path
from statistics import fmean, quantiles
from time import perf_counter
from typing import Any

from django.db import connection

from community.core.audiences import PUBLIC, Viewer
from search import rarity, semantic
from search.documents.sources import document
from search.engines import Candidate, Engine, elastic, embedded
from search.engines.schema import shadow, unshadow
from search.models import Document, Kind
from search.searching import Request, search
from search.semantic import learning, scanning

DEPTH = 100
Judged = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Collection:
    """Texts by identifier, questions by identifier, and for each question the grades of some texts.

    Of several texts or questions with one identifier the first counts. Questions that nobody judged are not asked; a
    judged text that is not in the corpus counts as not found.
    """

    corpus: Path
    queries: dict[str, str]
    judged: Judged

    @classmethod
    def read(cls, directory: Path) -> "Collection":
        """Raises OSError, or Unreadable with the file and the line."""
        queries: dict[str, str] = {}
        for row in read_lines(directory / "queries.jsonl"):
            queries.setdefault(row["_id"], row["text"])
        return cls(directory / "corpus.jsonl", queries, _read_grades(directory / "qrels.tsv"))


class Unreadable(ValueError):
    """A collection is not as it should be; the message names the file and the line."""


def evaluate(collection: Collection, wanted: str | None = None, *, by_meaning: bool = True) -> dict[str, Any]:
    """Ask every judged question, by meaning as well where the install can and `by_meaning` is left on; raises
    ValueError where this install has no such engine or no tables."""
    is_hybrid = by_meaning and semantic.is_on()
    with trial(wanted) as using:
        started = perf_counter()
        names = _fill(collection.corpus, using, is_hybrid=is_hybrid)
        indexing = perf_counter() - started
        asked = [query for query in collection.queries if query in collection.judged]
        runs, times = {}, []
        for query in asked:
            started = perf_counter()
            runs[query] = [names[key] for key in _ask(collection.queries[query], using, is_hybrid=is_hybrid)]
            times.append((perf_counter() - started) * 1000)
    return {"engine": using.name, "hybrid": is_hybrid, **figures(runs, collection.judged, times), "indexed": len(names),
            "indexed_per_s": round(len(names) / indexing) if indexing else 0}  # fmt: skip


@contextmanager
def trial(wanted: str | None = None) -> Iterator[Engine]:
    """An engine on empty tables, and on an index of the search server, that go away with the block."""
    original = embedded()
    if wanted not in {None, original.name, *(["elasticsearch"] if elastic.is_on() else [])}:
        raise ValueError(f"this install cannot search with {wanted}: see DATABASE_URL and ELASTICSEARCH_URL")
    connection.ensure_connection()
    if Document._meta.db_table not in connection.introspection.table_names():
        raise ValueError("the database has no tables yet: run `manage.py migrate` first")
    shadow(connection)
    rarity.forget()
    scanning.forget()
    try:
        if wanted == "elasticsearch" or (wanted is None and elastic.is_on()):
            from search.engines.elastic.trials import trial_engine  # noqa: PLC0415 - the client is imported where used

            with trial_engine(original) as using:
                yield using
        else:
            yield original
    finally:
        rarity.forget()
        scanning.forget()
        unshadow(connection)


def put(documents: list[Document], using: Engine, *, is_hybrid: bool = False) -> None:
    """Index documents where a trial searches, with their vectors where it is hybrid."""
    kept = Document.objects.bulk_create(documents)
    if is_hybrid:
        learning.put(kept)
    if using.name == "elasticsearch":
        from search.engines.elastic.trials import fill  # noqa: PLC0415

        fill(using, kept)


def settle(using: Engine) -> None:
    """What was put can be found from now on."""
    if using.name == "elasticsearch":
        from search.engines.elastic.trials import refresh  # noqa: PLC0415

        refresh(using)
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_document")


def _ask(text: str, using: Engine, *, is_hybrid: bool) -> list[int]:
    """The keys of the hits, best first. A busy machine changes the times and not the answers."""
    request = Request(text, Viewer.anonymous(), size=DEPTH, limit=400, by_meaning=is_hybrid, patience=inf)
    found = search(request, using, gate=_everything)
    return [group.best.key for group in found.groups]


def _everything(viewer: Viewer, candidates: list[Candidate]) -> list[Candidate]:
    """A collection has no rows in the database that could say who may see what."""
    return candidates


def _fill(corpus: Path, using: Engine, *, is_hybrid: bool) -> list[str]:
    """Index every text; its key is its place in the answer."""
    names: list[str] = []
    rows = once_each(read_lines(corpus))
    while batch := list(islice(rows, 500)):
        documents = []
        for row in batch:
            documents.append(_text(len(names), row))
            names.append(row["_id"])
        put(documents, using, is_hybrid=is_hybrid)
    settle(using)
    return names


def _text(key: int, row: dict[str, str]) -> Document:
    return document(Kind.THREAD, key, title=row["title"], body=row["text"], bundle=f"thread:{key}", audience=PUBLIC)


def figures(runs: dict[str, list[str]], judged: Judged, times: list[float]) -> dict[str, Any]:
    cuts = quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    each = [(run, judged[query]) for query, run in runs.items()]
    return {
        "queries": len(runs),
        "ndcg@10": round(_mean(ndcg(run, grades) for run, grades in each), 4),
        "map": round(_mean(average_precision(run, grades) for run, grades in each), 4),
        "recall@100": round(_mean(recall(run, grades) for run, grades in each), 4),
        "zero_result_rate": round(_mean(float(not run) for run, _grades in each), 4),
        "p50_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
    }


def ndcg(run: list[str], grades: dict[str, int], depth: int = 10) -> float:
    gained = _gain([grades.get(each, 0) for each in run[:depth]])
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return gained / best if best else 0.0


def average_precision(run: list[str], grades: dict[str, int]) -> float:
    relevant = {text for text, grade in grades.items() if grade > 0}
    hits, total = 0, 0.0
    for rank, text in enumerate(run, start=1):
        if text in relevant:
            hits += 1
            total += hits / rank
    return total / len(relevant) if relevant else 0.0


def recall(run: list[str], grades: dict[str, int], depth: int = DEPTH) -> float:
    relevant = {text for text, grade in grades.items() if grade > 0}
    return len(relevant & set(run[:depth])) / len(relevant) if relevant else 0.0


def _gain(grades: list[int]) -> float:
    return sum(float(2 ** max(grade, 0) - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _mean(values: Iterable[float]) -> float:
    return fmean(list(values) or [0.0])


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    """Each line's `_id`, `title` and `text`; the last two may be missing. Raises OSError or Unreadable."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _row(path, number, line)


def once_each(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The first of all rows with one identifier."""
    seen: set[str] = set()
    for row in rows:
        if row["_id"] not in seen:
            seen.add(row["_id"])
            yield row


def _row(path: Path, number: int, line: str) -> dict[str, str]:
    try:
        row = json.loads(line)
        found = {"_id": row["_id"], **{name: row.get(name) or "" for name in ("title", "text")}}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable(f'{path.name}, line {number}: not an object like {{"_id": …, "text": …}}') from None
    # Half a pair of surrogates can be written in JSON and in nothing else.
    return {name: str(value).encode(errors="replace").decode() for name, value in found.items()}


def _read_grades(path: Path) -> Judged:
    judged: Judged = {}
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        lines = [(number, line.rstrip("\r\n").split("\t")) for number, line in enumerate(file, start=1) if line.strip()]
    if not lines or len(lines[0][1]) != 3 or _grade(lines[0][1][2]) is not None:
        raise Unreadable(f"{path.name}, line 1: not a header like query-id, corpus-id, score, parted by tabs")
    for number, columns in lines[1:]:
        grade = _grade(columns[2]) if len(columns) == 3 else None
        if grade is None:
            raise Unreadable(f"{path.name}, line {number}: not a question, a text and a grade, parted by tabs")
        judged.setdefault(columns[0].strip(), {})[columns[1].strip()] = grade
    return judged


def _grade(text: str) -> int | None:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return None

"""How well a judged collection is found: a temporary index of the same tables, asked through the same search.

Measures as usual in the field: nDCG with gains 2^grade − 1 and logarithmic discount, average precision and recall
with every positive grade relevant.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from math import log2
from pathlib import Path
from statistics import fmean, quantiles
from time import perf_counter
from typing import Any

from django.db import connection

from community.core.audiences import PUBLIC, Viewer
from search.documents.sources import document
from search.engines import Candidate, engine
from search.engines.schema import shadow, unshadow
from search.models import Document, Kind
from search.searching import Request, search

DEPTH = 100
Judged = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Collection:
    """Texts by identifier, questions by identifier, and for each question the grades of some texts."""

    corpus: Path
    queries: dict[str, str]
    judged: Judged

    @classmethod
    def read(cls, directory: Path) -> "Collection":
        queries = {row["_id"]: row["text"] for row in _lines(directory / "queries.jsonl")}
        judged: Judged = {}
        with (directory / "qrels.tsv").open(encoding="utf-8") as file:
            rows = csv.reader(file, delimiter="\t")
            next(rows)
            for query, text, grade in rows:
                judged.setdefault(query, {})[text] = int(float(grade))
        return cls(directory / "corpus.jsonl", queries, judged)


def evaluate(collection: Collection, wanted: str | None = None) -> dict[str, Any]:
    """Ask every judged question; raises ValueError where the engine is not the one of the database."""
    using = engine()
    if wanted and wanted != using.name:
        raise ValueError(f"this database is searched with {using.name}, not with {wanted}")
    with _temporary_index():
        started = perf_counter()
        names = _fill(collection.corpus)
        indexing = perf_counter() - started
        asked = [query for query in collection.queries if query in collection.judged]
        runs, times = {}, []
        for query in asked:
            started = perf_counter()
            runs[query] = [names[key] for key in _ask(collection.queries[query])]
            times.append((perf_counter() - started) * 1000)
    return {"engine": using.name, **_figures(runs, collection.judged, times), "indexed": len(names),
            "indexed_per_s": round(len(names) / indexing) if indexing else 0}  # fmt: skip


def _ask(text: str) -> list[int]:
    """The keys of the hits, best first."""
    request = Request(text, Viewer.anonymous(), size=DEPTH, limit=400)
    found = search(request, gate=_everything)
    return [group.best.key for group in found.groups]


def _everything(viewer: Viewer, candidates: list[Candidate]) -> list[Candidate]:
    """A collection has no rows in the database that could say who may see what."""
    return candidates


@contextmanager
def _temporary_index() -> Iterator[None]:
    connection.ensure_connection()
    shadow(connection)
    try:
        yield
    finally:
        unshadow(connection)


def _fill(corpus: Path) -> list[str]:
    """Index every text; its key is its place in the answer."""
    names: list[str] = []
    rows = _lines(corpus)
    while batch := list(islice(rows, 500)):
        documents = []
        for row in batch:
            key = len(names)
            names.append(str(row["_id"]))
            documents.append(
                document(
                    Kind.THREAD,
                    key,
                    title=row.get("title") or "",
                    body=row["text"],
                    bundle=f"thread:{key}",
                    audience=PUBLIC,
                )
            )
        Document.objects.bulk_create(documents)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_document")
    return names


def _text(key: int, row: dict[str, Any]) -> Document:
    words = {"title": row.get("title") or "", "body": row["text"]}
    return document(Kind.THREAD, key, bundle=f"thread:{key}", audience=PUBLIC, **words)


def _figures(runs: dict[str, list[str]], judged: Judged, times: list[float]) -> dict[str, Any]:
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
    return sum(float(2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _mean(values: Iterable[float]) -> float:
    return fmean(list(values) or [0.0])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)

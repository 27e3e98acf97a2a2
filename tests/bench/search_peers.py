"""The plain ways to search beside ours: `manage.py bench search_peers directory=DIR`, with an ELASTICSEARCH_URL.

Raw Elasticsearch: its default mapping and analysis, one `multi_match` over title and text, as most installs begin.
"""

import uuid
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from search.engines import embedded
from search.engines.elastic import server
from search.evaluation import DEPTH, Collection, evaluate, figures, read_lines


def run(directory: str) -> dict[str, Any]:
    """The measures of `evaluate_search` for each way, on the same collection."""
    collection = Collection.read(Path(directory))
    return {
        "in the database": evaluate(collection, embedded().name),
        "elasticsearch": evaluate(collection, "elasticsearch"),
        "raw multi_match": _raw(collection),
    }


def _raw(collection: Collection) -> dict[str, Any]:
    client, name = server.client(server.WRITE_WITHIN), f"{server.index_name()}-trial-{uuid.uuid4().hex}"
    client.indices.create(index=name, settings={"number_of_shards": 1, "number_of_replicas": 0})
    try:
        rows = read_lines(collection.corpus)
        while batch := list(islice(rows, 500)):
            client.bulk(operations=[line for row in batch for line in _lines(name, row)])
        client.indices.refresh(index=name)
        runs, times = {}, []
        for query in (each for each in collection.queries if each in collection.judged):
            started = perf_counter()
            asked = {"multi_match": {"query": collection.queries[query][:6000], "fields": ["title", "text"]}}
            answer = client.search(index=name, size=DEPTH, source=False, query=asked)
            runs[query] = [hit["_id"] for hit in answer["hits"]["hits"]]
            times.append((perf_counter() - started) * 1000)
        return figures(runs, collection.judged, times)
    finally:
        client.indices.delete(index=name)


def _lines(name: str, row: dict[str, Any]) -> list[dict[str, Any]]:
    text = {"title": row.get("title") or "", "text": row["text"]}
    return [{"index": {"_index": name, "_id": str(row["_id"])}}, text]

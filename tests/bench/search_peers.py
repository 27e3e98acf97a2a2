"""The plain ways to search beside ours: `manage.py bench search_peers directory=DIR`.

Raw Elasticsearch (with an ELASTICSEARCH_URL): its default mapping and analysis, one `multi_match` over title and text.
modelsearch, the search that Wagtail brings for its admin, as it comes: every word must be there in the database, any
word on Elasticsearch. It searches tables of models, so the texts are put into one that is gone with its transaction.
"""

import uuid
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, ClassVar

from django.conf import settings
from django.db import connection, models, transaction
from modelsearch.backends import get_search_backend
from modelsearch.index import Indexed, SearchField

from search.engines import elastic, embedded
from search.evaluation import DEPTH, Collection, evaluate, figures, once_each, read_lines

LONGEST = 6000


class Passage(Indexed, models.Model):
    """A text of the collection, for modelsearch."""

    title = models.TextField()
    text = models.TextField()

    search_fields: ClassVar[list[SearchField]] = [SearchField("title"), SearchField("text")]

    class Meta:
        app_label = "search"
        managed = False
        db_table = "bench_passage"

    def __str__(self) -> str:
        return str(self.pk)


def run(directory: str) -> dict[str, Any]:
    """The measures of `evaluate_search` for each way, on the same collection."""
    collection = Collection.read(Path(directory))
    ways: dict[str, Callable[[], dict[str, Any]]] = {
        "in the database": lambda: evaluate(collection, embedded().name),
        "in the database, by words": lambda: evaluate(collection, embedded().name, by_meaning=False),
        "modelsearch in the database": lambda: _modelsearch(collection, "modelsearch.backends.database"),
    }
    if elastic.is_on():
        parts = settings.ELASTICSEARCH_URL.rpartition("/")[0]
        backend = {"URLS": [parts], "INDEX_PREFIX": f"bench-{uuid.uuid4().hex}-"}
        ways |= {
            "elasticsearch": lambda: evaluate(collection, "elasticsearch"),
            "elasticsearch, by words": lambda: evaluate(collection, "elasticsearch", by_meaning=False),
            "raw multi_match": lambda: _raw(collection),
            "modelsearch on elasticsearch": lambda: _modelsearch(
                collection, "modelsearch.backends.elasticsearch8", **backend
            ),
        }
    return {name: _measured(measure) for name, measure in ways.items()}


def _measured(measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a peer needs of a server and does not find there is said instead of its measures."""
    from elasticsearch import BadRequestError  # noqa: PLC0415 - the client is imported where it is used

    try:
        return measure()
    except BadRequestError as error:
        return {"not measured": str(error)}


def _raw(collection: Collection) -> dict[str, Any]:
    from search.engines.elastic import server  # noqa: PLC0415 - the client is imported where it is used

    client, name = server.client(server.WRITE_WITHIN), f"{server.index_name()}-trial-{uuid.uuid4().hex}"
    client.indices.create(index=name, settings={"number_of_shards": 1, "number_of_replicas": 0})

    def ask(text: str) -> list[str]:
        asked = {"multi_match": {"query": text, "fields": ["title", "text"]}}
        answer = client.search(index=name, size=DEPTH, source=False, query=asked)
        return [hit["_id"] for hit in answer["hits"]["hits"]]

    try:
        rows = once_each(read_lines(collection.corpus))
        while batch := list(islice(rows, 500)):
            client.bulk(operations=[line for row in batch for line in _lines(name, row)])
        client.indices.refresh(index=name)
        return _asked(collection, ask)
    finally:
        client.indices.delete(index=name)


def _modelsearch(collection: Collection, path: str, **options: Any) -> dict[str, Any]:
    backend = get_search_backend(path, **options)
    rows = list(once_each(read_lines(collection.corpus)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_passage (id integer PRIMARY KEY, title text NOT NULL, text text NOT NULL)")
        texts = [Passage(pk=place, title=row["title"], text=row["text"]) for place, row in enumerate(rows)]
        Passage.objects.bulk_create(texts)
        index = backend.get_index_for_model(Passage)
        if options:
            index.put()
        try:
            index.add_model(Passage)
            index.add_items(Passage, texts)
            index.refresh()

            def ask(text: str) -> list[str]:
                return [rows[each.pk]["_id"] for each in backend.search(text, Passage)[:DEPTH]]

            return _asked(collection, ask)
        finally:
            transaction.set_rollback(True)
            if options:
                index.delete()


def _asked(collection: Collection, ask: Callable[[str], list[str]]) -> dict[str, Any]:
    runs, times = {}, []
    for query in (each for each in collection.queries if each in collection.judged):
        started = perf_counter()
        runs[query] = ask(collection.queries[query][:LONGEST])
        times.append((perf_counter() - started) * 1000)
    return figures(runs, collection.judged, times)


def _lines(name: str, row: dict[str, str]) -> list[dict[str, Any]]:
    return [{"index": {"_index": name, "_id": row["_id"]}}, {"title": row["title"], "text": row["text"]}]

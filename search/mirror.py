"""Keeps the search server in step with the documents of the database.

Whoever writes a document writes a `Shipment` in the same transaction, under the lock of the outbox, so that numbers
of shipments rise as their transactions are kept. The worker sends the present documents with that number as their
external version: what comes late or twice is refused by the server (409) and is no error. A shipment is forgotten
only when searches can see what it brought; until then the database answers for it (see engines/elastic/engine.py).
"""

import logging
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from elasticsearch import Elasticsearch

from community.core.clock import now
from community.core.models import Lease
from search import semantic
from search.engines.elastic import server
from search.engines.elastic.mapping import LATER, entry_id, entry_of, new_index, vector_of
from search.models import Document, Meaning, Shipment
from search.shipments import BATCH, Thing, queue
from search.turns import is_our_turn

log = logging.getLogger(__name__)

BUSY_FOR = timedelta(seconds=20)
DONE = frozenset({200, 201, 404, 409})  # 404: deleted before; 409: something newer is there already.
BUSY = frozenset({429, 503})


class Refused(Exception):
    """The server is too busy to take more; the shipment stays and is tried again."""


def ship(meanwhile: Callable[[], object] = lambda: None) -> int:
    """Send everything that waits; returns how many shipments. Raises server.UNAVAILABLE or Refused.

    Where the server has no index of ours it is made; `meanwhile` is done again and again while that goes on.
    """
    if not _is_made():
        return rebuild(meanwhile)
    if Shipment.objects.exists():
        _writer().indices.put_mapping(index=_write_alias(), properties=LATER)
    sent: list[int] = []
    while rows := list(Shipment.objects.filter(pk__gt=sent[-1] if sent else 0).order_by("pk")[:BATCH]):
        versions = {(row.kind, row.key): row.pk for row in rows}
        # Asked for after the rows were read: a generation that a later number concerns is among them.
        _send(_actions(versions, fed()))
        sent += [row.pk for row in rows]
    if sent:
        _writer().indices.refresh(index=_write_alias())
        for start in range(0, len(sent), BATCH):
            Shipment.objects.filter(pk__in=sent[start : start + BATCH]).delete()
    return len(sent)


def rebuild(meanwhile: Callable[[], object] = lambda: None) -> int:
    """A new generation beside the one that is searched; both are fed until the aliases change in one step.

    Returns how many documents it holds, 0 where somebody else is at it. What a broken rebuild left is taken away.
    """
    with _alone() as go_on:
        return _rebuilt(go_on, meanwhile) if go_on() else 0


def _rebuilt(go_on: Callable[[], bool], meanwhile: Callable[[], object]) -> int:
    drop_what_nobody_reads()
    name = f"{server.index_name()}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    new_index(name).create(using=_writer())
    _change_aliases([{"add": {"index": name, "alias": _write_alias()}}])
    version = _mark()
    total = 0
    for batch in _batches():
        fill(name, batch, version)
        total += len(batch)
        if not go_on():
            raise Refused(name)
        meanwhile()
    _writer().indices.refresh(index=name)
    _read_only_from(name)
    ship()
    return total


@contextmanager
def _alone() -> Iterator[Callable[[], bool]]:
    """One rebuild at a time: two would take away each other's generation. The block is given what takes the lease and
    prolongs it; who dies with it is waited for BUSY_FOR."""
    holder, name = uuid.uuid4().hex, "search.mirror.rebuild"

    def go_on() -> bool:
        moment = now()
        with transaction.atomic():
            lease, _created = Lease.objects.select_for_update().get_or_create(name=name)
            if lease.holder not in {"", holder} and lease.held_until and lease.held_until > moment:
                return False
            Lease.objects.filter(pk=lease.pk).update(holder=holder, held_until=moment + BUSY_FOR, last_started=moment)
        return True

    try:
        yield go_on
    finally:
        Lease.objects.filter(name=name, holder=holder).update(holder="", held_until=None, last_ended=now())


def differences() -> dict[str, dict[str, list[int]]]:
    """For each kind the keys that the server lacks, has without a document, or has otherwise."""
    found: dict[str, dict[str, list[int]]] = {}
    seen: set[int] = set()

    def note(kind: str, what: str, key: int) -> None:
        found.setdefault(kind, {"missing": [], "ghost": [], "stale": []})[what].append(key)

    for entries in _pages():
        documents = Document.objects.in_bulk([entry["number"] for entry in entries])
        meanings = _meanings(documents.values())
        for entry in entries:
            document = documents.get(entry["number"])
            if document is None or (document.kind, document.key) != (entry["kind"], entry["key"]):
                note(entry["kind"], "ghost", entry["key"])
                continue
            seen.add(entry["number"])
            if entry_of(document, meanings.get(document.pk)) != entry:
                note(entry["kind"], "stale", entry["key"])
    for pk, kind, key in Document.objects.order_by("pk").values_list("pk", "kind", "key").iterator():
        if pk not in seen:
            note(kind, "missing", key)
    return found


def queue_differences(found: dict[str, dict[str, list[int]]] | None = None) -> None:
    """Let be sent again what differs."""
    ship()
    for kind, kinds in (differences() if found is None else found).items():
        with transaction.atomic():
            is_our_turn(wait=True)
            queue((kind, key) for keys in kinds.values() for key in keys)


def fed() -> list[str]:
    """The generations that writes go to; none before the first rebuild."""
    if not _writer().indices.exists_alias(name=_write_alias()):
        return []
    return sorted(_writer().indices.get_alias(name=_write_alias()))


def drop_what_nobody_reads() -> None:
    """Generations that no search reads: left by a rebuild that was broken off."""
    ours = re.compile(re.escape(server.index_name()) + r"-\d{20}\Z")
    for name, facts in _writer().indices.get(index=f"{server.index_name()}-*").items():
        if ours.match(name) and server.index_name() not in facts["aliases"]:
            _writer().indices.delete(index=name, ignore_unavailable=True)


@contextmanager
def trial_index() -> Iterator[str]:
    """An empty index for a trial; it goes away with the block."""
    name = f"{server.index_name()}-trial-{uuid.uuid4().hex}"
    new_index(name).create(using=_writer())
    try:
        yield name
    finally:
        _writer().indices.delete(index=name)


def refresh(name: str) -> None:
    _writer().indices.refresh(index=name)


def fill(name: str, documents: list[Document], version: int = 1) -> None:
    """Put documents into a new index."""
    meanings = _meanings(documents)
    _send([_put(name, document, version, meanings.get(document.pk)) for document in documents])


def _actions(versions: dict[Thing, int], generations: list[str]) -> list[dict[str, Any]]:
    by_kind: dict[str, list[int]] = {}
    for kind, key in versions:
        by_kind.setdefault(kind, []).append(key)
    documents = {
        (document.kind, document.key): document
        for kind, keys in by_kind.items()
        for document in Document.objects.filter(kind=kind, key__in=keys)
    }
    meanings = _meanings(documents.values())

    def act(name: str, thing: Thing, version: int) -> dict[str, Any]:
        document = documents.get(thing)
        return _put(name, document, version, meanings.get(document.pk)) if document else _drop(name, thing, version)

    return [act(name, thing, version) for name in generations for thing, version in versions.items()]


def _meanings(documents: Iterable[Document]) -> dict[int, Meaning]:
    """The vectors of these documents, where the install has any."""
    if not semantic.is_on():
        return {}
    return Meaning.objects.filter(values__isnull=False).in_bulk([document.pk for document in documents])


def _put(index: str, document: Document, version: int, meaning: Meaning | None) -> dict[str, Any]:
    facts = {"_index": index, "_id": entry_id(document.kind, document.key), "version": version}
    return {"index": {**facts, "version_type": "external"}, "source": entry_of(document, meaning) | vector_of(meaning)}


def _drop(index: str, thing: Thing, version: int) -> dict[str, Any]:
    return {"delete": {"_index": index, "_id": entry_id(*thing), "version": version, "version_type": "external"}}


def _send(actions: list[dict[str, Any]]) -> None:
    if not actions:
        return
    lines = [line for action in actions for line in _lines(action)]
    answer = _writer().bulk(operations=lines)
    for item in answer["items"] if answer["errors"] else ():
        ((_act, outcome),) = item.items()
        if outcome["status"] in BUSY:
            raise Refused(outcome["_id"])
        if outcome["status"] not in DONE:  # Not ours to repeat: check_index will find it missing.
            log.error("the search server refused a document", extra={"target": outcome["_id"]})


def _lines(action: dict[str, Any]) -> Iterator[dict[str, Any]]:
    source = action.pop("source", None)
    yield action
    if source is not None:
        yield source


def _batches() -> Iterator[list[Document]]:
    after = 0
    while batch := list(Document.objects.filter(pk__gt=after).order_by("pk")[:BATCH]):
        yield batch
        after = batch[-1].pk


def _pages() -> Iterator[list[dict[str, Any]]]:
    """Every entry of the index that is searched, in the order of its number."""
    after: list[Any] | None = None
    while True:
        answer = _writer().search(
            index=server.index_name(),
            size=BATCH,
            sort=[{"number": "asc"}, {"kind": "asc"}],
            search_after=after,
            source_excludes=["meaning"],
        )
        hits = answer["hits"]["hits"]
        if not hits:
            return
        yield [hit["_source"] for hit in hits]
        after = hits[-1]["sort"]


def _mark() -> int:
    """A version that is older than every change from now on and newer than every one before."""
    with transaction.atomic():
        is_our_turn(wait=True)
        row = Shipment.objects.create(kind="", key=0)
        version = int(row.pk)
        row.delete()
    return version


def _read_only_from(name: str) -> None:
    old = [each for each in fed() if each != name]
    removals = [{"remove_index": {"index": each}} for each in old]
    _change_aliases([{"add": {"index": name, "alias": server.index_name()}}, *removals])


def _change_aliases(actions: list[dict[str, Any]]) -> None:
    _writer().indices.update_aliases(actions=actions)


def _is_made() -> bool:
    return bool(_writer().indices.exists_alias(name=server.index_name()))


def _write_alias() -> str:
    return f"{server.index_name()}-write"


def _writer() -> Elasticsearch:
    return server.client(server.WRITE_WITHIN)

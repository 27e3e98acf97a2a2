"""One server for all processes of a test run, and an index of its own for each test."""

import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as present

from search import mirror
from search.engines.elastic import server
from search.models import Outbox
from tests.conftest import skip_or_fail
from tests.elasticsearch.launcher import CannotStart, Server, start
from tools.servers import free_port

PATIENCE = 60.0  # seconds


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the server of this run answers. The first process that asks starts it, the last to leave ends it."""
    folder = Path(os.environ.get("TEST_DATA_DIR") or present.DATA_DIR)
    try:
        found = _join(folder)
    except CannotStart as reason:
        skip_or_fail("elasticsearch", str(reason))
    yield found
    _leave(folder)


@pytest.fixture
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine the server may take its time; readers would be answered by the database after two seconds."""
    monkeypatch.setattr(server, "ANSWER_WITHIN", PATIENCE)
    monkeypatch.setattr(server.client, "__defaults__", (PATIENCE,))
    monkeypatch.setattr(server, "WRITE_WITHIN", PATIENCE)


@pytest.fixture
def elastic(address: str, settings: Any, db: None, _patient: None) -> Iterator[str]:
    """An install with a search server; ends with the indexes it made. Gives the name of the index."""
    settings.ELASTICSEARCH_URL = f"{address}/test-{uuid.uuid4().hex[:8]}"
    server.breaker.succeed()
    Outbox.objects.filter(kind="page").delete()
    mirror.rebuild()
    yield server.index_name()
    server.client().indices.delete(index=",".join(mirror.fed()))


@contextmanager
def _shared(folder: Path) -> Iterator[Path]:
    with (folder / "elasticsearch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / "elasticsearch.json"


def _join(folder: Path) -> str:
    with _shared(folder) as file:
        kept = json.loads(file.read_text()) if file.exists() else None
        if kept is None:
            found = start(free_port())
            kept = {"address": found.address, "pid": found.pid, "data": str(found.data), "users": 0}
        kept["users"] += 1
        file.write_text(json.dumps(kept))
        return str(kept["address"])


def _leave(folder: Path) -> None:
    with _shared(folder) as file:
        kept = json.loads(file.read_text())
        kept["users"] -= 1
        file.write_text(json.dumps(kept))
        if not kept["users"]:
            Server(kept["address"], kept["pid"], Path(kept["data"])).stop()
            file.unlink()

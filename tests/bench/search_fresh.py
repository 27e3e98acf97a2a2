"""How soon search knows: `manage.py bench search_fresh [rounds=30] [engine=elasticsearch] [posts=2000]`.

A clock runs. First in calm, then while the index is made anew again and again: a reply is written, its author and
another member search for it at once, and the index is watched until the clock has brought it there; then it is hidden,
a space is closed, and the index is watched until it is gone. Goals: one's own at once; others' within 1 s (2 s on the
search server); hidden or closed gone from every result at once and from the index within 2 s.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.search_faults import clock, python, said, search_server, site_for
from tests.bench.site import load


def run(rounds: str = "30", engine: str = "", posts: str = "2000", template: str = "") -> dict[str, Any]:
    """`posts` is how many there are already; `template` a SQLite file that needs no migration."""
    with tempfile.TemporaryDirectory() as folder, search_server(engine) as server:
        environment = site_for(Path(folder), template=template)
        environment |= {"ELASTICSEARCH_URL": f"{server.address}/fresh"} if server else {}
        said(python(environment, "-m", "tests.bench.search_writes", "fill", posts, piped=True))
        with clock(environment):
            calm = said(python(environment, "-m", "tests.bench.search_writes", "fresh", rounds, piped=True))
            with _reindexing(environment):
                busy = said(python(environment, "-m", "tests.bench.search_writes", "fresh", rounds, piped=True))
    return {"engine": engine or "database", "in_calm": calm, "while_reindexing": busy, "load": load()}


@contextmanager
def _reindexing(environment: dict[str, str]) -> Iterator[None]:
    """`reindex` one after another in a process of its own."""
    process: subprocess.Popen[str] = python(environment, "-m", "tests.bench.search_writes", "reindex")
    try:
        yield
    finally:
        process.kill()
        process.wait()

"""`manage.py bench search_away [rounds=10] [each=50] [within=150]`: writing with the search server there and silent.

A process writes as members do, `each` writes with the server there, then as many with the server stopped, and so on for
`rounds` or until `within` seconds have passed; the clock runs beside it and meets the silence. The goal: the p99 of a
write grows by a fifth at most.
"""

import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench.search_faults import clock, python, said, search_server, site_for
from tests.bench.site import load


def run(rounds: str = "10", each: str = "50", within: str = "150", template: str = "") -> dict[str, Any]:
    """`template` is a SQLite file that needs no migration. Says as well how long it took until the first write."""
    started = perf_counter()
    with tempfile.TemporaryDirectory() as folder, search_server("elasticsearch") as server:
        if server is None:
            raise RuntimeError("no search server")
        environment = site_for(Path(folder), template=template) | {"ELASTICSEARCH_URL": f"{server.address}/away"}
        ready = perf_counter() - started
        with clock(environment):
            words = ["-m", "tests.bench.search_writes", "away", str(server.running.pid), rounds, each, within]
            found = said(python(environment, *words, piped=True))
        return {**found, "made_ready_s": round(ready), "seconds": round(perf_counter() - started), "load": load()}

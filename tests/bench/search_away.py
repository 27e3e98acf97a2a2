"""`manage.py bench search_away [rounds=4] [each=40] [template=FILE]`: writing with the search server there and silent.

A process writes as members do, `each` writes with the server there, then as many with the server stopped, and so on for
`rounds`; the clock runs beside it and meets the silence. `template` is a migrated SQLite file. The goal: the p99 of a
write grows by a fifth at most.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.search_faults import _clock, _python, _said, _server
from tests.bench.site import Site


def run(rounds: str = "4", each: str = "40", template: str = "") -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, _server("elasticsearch") as server:
        if server is None:
            raise RuntimeError("no search server")
        site = Site(Path(folder), "")
        environment = site.environment | {"ELASTICSEARCH_URL": f"{server.address}/away"}
        if template:
            shutil.copyfile(template, site.folder / "collegium.sqlite3")
        _python(environment, "manage.py", "migrate", "--verbosity", "0").wait()
        clock = _clock(environment)
        try:
            words = ["-m", "tests.bench.search_writes", "away", str(server.running.pid), rounds, each]
            return _said(_python(environment, *words, piped=True))
        finally:
            clock.kill()
            clock.wait()

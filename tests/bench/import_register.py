"""`manage.py bench import_register [rows=1000000]`: imports a made-up NPPES file in its full column shape.

Runs in a process and a database of its own, so that the peak of memory is the importer's and nothing is left behind.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.bench import nppes


def run(rows: str = "1000000", keep: str = "") -> dict[str, Any]:
    """Generate, import, import again. `keep` names a folder in which file and database stay.

    On SQLite the database is a fresh file; on PostgreSQL the configured database is used and must be migrated.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(keep or scratch)
        path = folder / "npidata_pfile_20050523-20261108.csv"
        started = time.monotonic()
        if not path.exists():
            nppes.write(path, int(rows))
        return {
            "rows": int(rows),
            "columns": len(nppes.HEADER),
            "file_mb": round(path.stat().st_size / 1e6),
            "generate_s": round(time.monotonic() - started, 1),
            "database": settings.DATABASES["default"]["ENGINE"].rpartition(".")[2],
            "first": _import(folder, path),
            "again": _import(folder, path),
        }


def _import(folder: Path, path: Path) -> dict[str, Any]:
    script = "from tests.bench.import_register import measured; measured()"
    environment = {**os.environ, "DATA_DIR": str(folder), "BENCH_FILE": str(path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measured() -> None:
    """What the process of its own does: migrate, import, print the figures as JSON."""
    import django  # noqa: PLC0415 - settings must be read in this process only after its environment is set
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    _import_and_print()


def _import_and_print() -> None:
    from community.core.actors import SYSTEM  # noqa: PLC0415
    from community.credentials.registers.importing.progress import Progress  # noqa: PLC0415
    from community.credentials.registers.importing.run import import_file  # noqa: PLC0415

    before, started = time.process_time(), time.monotonic()
    done = import_file(
        "nppes", Path(os.environ["BENCH_FILE"]), by=SYSTEM, watch=lambda *seen: Progress(sys.stderr, *seen).tick
    )
    seconds = time.monotonic() - started
    figures = {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(time.process_time() - before, 1),
        "rows_per_second": round(done.rows_read / seconds),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "added": done.added,
        "changed": done.changed,
        "deactivated": done.deactivated,
        "unchanged": done.unchanged,
        "passed_over": done.passed_over,
        "refused": done.refused,
    }
    print(json.dumps(figures))  # noqa: T201 - read by the process that started this one

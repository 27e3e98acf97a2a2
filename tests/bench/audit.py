"""Does `verify_audit` find any one altered, dropped or reordered event among 100,000, and how long does it take?

Runs on a throw-away SQLite database; `manage.py bench audit crimes=20`.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from community.core import audit
from community.core.models import Event

COLUMNS = "verb, actor_id, target_type, target_id, facts, at"


def run(events: str = "100000", crimes: str = "20", seed: str = "7") -> dict[str, Any]:
    """Seal `events`, commit `crimes` of each kind one at a time, and count those that were named exactly."""
    with _throw_away_database():
        _fill(int(events))
        began = time.monotonic()
        sealed = audit.seal_pending()
        sealing = time.monotonic() - began
        chance = random.Random(int(seed))
        results = {kind: _try(crime, int(crimes), sealed, chance) for kind, crime in CRIMES.items()}
        sound = audit.verify()
    return {
        "events": sealed,
        "seconds_to_seal": round(sealing, 2),
        "median_seconds_to_verify": round(statistics.median(s for r in results.values() for s in r["seconds"]), 2),
        "found": {kind: f"{result['found']} of {crimes}" for kind, result in results.items()},
        "sound_chain_passes": sound.broken == "" and sound.sealed == sealed,
    }


@contextmanager
def _throw_away_database() -> Iterator[None]:
    kept = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder, override_settings(DATA_DIR=Path(folder)):
        connection.close()
        connection.settings_dict["NAME"] = f"{folder}/audit.sqlite3"
        assert settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), "this bench uses SQLite"
        call_command("migrate", "core", verbosity=0)
        with connection.cursor() as cursor:
            for table in ("core_event", "core_seal"):
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")
        yield
        connection.close()
        connection.settings_dict["NAME"] = kept


def _fill(count: int) -> None:
    rows = (
        Event(
            verb="forums.post.published", actor_id=n % 60, target_type="forums.post", target_id=str(n), facts={"n": n}
        )
        for n in range(count)
    )
    with transaction.atomic():
        Event.objects.bulk_create(rows, batch_size=2000)


def _try(crime: Callable[[int, int], int], times: int, last: int, chance: random.Random) -> dict[str, Any]:
    found, seconds = 0, []
    for _ in range(times):
        one, other = chance.sample(range(1, last + 1), 2)
        savepoint_broken, elapsed = _commit_and_verify(crime, one, other)
        found += savepoint_broken.startswith(f"event {crime_named(crime, one, other)}:")
        seconds.append(elapsed)
    return {"found": found, "seconds": seconds}


def _commit_and_verify(crime: Callable[[int, int], int], one: int, other: int) -> tuple[str, float]:
    with transaction.atomic():
        crime(one, other)
        began = time.monotonic()
        broken = audit.verify().broken
        elapsed = time.monotonic() - began
        transaction.set_rollback(True)
    return broken, elapsed


def crime_named(crime: Callable[[int, int], int], one: int, other: int) -> int:
    """The event that must be named first."""
    return min(one, other) if crime is _swap else one


def _alter(one: int, other: int) -> int:
    return Event.objects.filter(pk=one).update(actor_id=999_999)


def _drop(one: int, other: int) -> int:
    return Event.objects.filter(pk=one).delete()[0]


def _swap(one: int, other: int) -> int:
    with connection.cursor() as cursor:
        for source, target in ((one, -1), (other, one), (-1, other)):
            cursor.execute("UPDATE core_event SET id = %s WHERE id = %s", [target, source])
    return 2


CRIMES: dict[str, Callable[[int, int], int]] = {"altered": _alter, "dropped": _drop, "reordered": _swap}

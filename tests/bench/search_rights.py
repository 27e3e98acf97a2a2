"""Does search tell anybody what they may not know? `manage.py bench search_rights [pairs=100000] [seed=6]`.

Random rights are taken and given in a made-up world (tests/search/rights.py), every surface is asked about every
(reader, document) pair after each change, half of the time before the index has been told. Everything happens in one
transaction that is rolled back.
"""

import random
from collections import Counter
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import transaction

from search import outbox, rarity
from tests.bench.site import load
from tests.search.rights import change, leaks, make_world


def run(pairs: str = "100000", seed: str = "6", threads: str = "12", changes: str = "4") -> dict[str, Any]:
    """So many pairs; `threads` is how many there are in each of the five spaces, `changes` how much at most changes
    before everybody asks again."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    chance = random.Random(int(seed))
    found: Counter[str] = Counter()
    asked = late = rounds = 0
    started = perf_counter()
    with transaction.atomic():
        world = make_world(chance, insiders=4, threads=int(threads))
        outbox.drain_all()
        while asked < int(pairs):
            rounds += 1
            for _each in range(chance.randint(1, int(changes))):
                change(world)
            if chance.random() < 0.5:
                outbox.drain_all()
                rarity.forget()
            else:
                late += 1
            found.update(surface for surface, _reader, _word in leaks(world))
            asked += len(world.readers) * len(world.things)
        transaction.set_rollback(True)
    rarity.forget()
    return {
        "pairs": asked, "leaks": dict(found), "rounds": rounds, "rounds_on_a_late_index": late, "load": load(),
        "seconds": round(perf_counter() - started),
    }  # fmt: skip

"""Does search tell anybody what they may not know? `manage.py bench search_rights [pairs=100000] [seed=6]`.

Random rights are taken and given in a made-up world (tests/search/rights.py), every surface is asked about every
(reader, document) pair after each change, half of the time before the index has been told. Everything happens in one
transaction that is rolled back.
"""

import random
import sys
from collections import Counter
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import transaction

from search import outbox, rarity
from tests.bench.site import load
from tests.search.rights import change, leaks, make_world

WORLD = 15_000


def run(pairs: str = "100000", seed: str = "6", threads: str = "12", changes: str = "4") -> dict[str, Any]:
    """So many pairs, in worlds of WORLD; `threads` is how many there are in each of the five spaces, `changes` how much
    at most changes before everybody asks again. Says on stderr how far it is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    chance = random.Random(int(seed))
    found: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    started = perf_counter()
    while counts["pairs"] < int(pairs):
        counts["worlds"] += 1
        _ask_a_world(chance, min(WORLD, int(pairs) - counts["pairs"]), int(threads), int(changes), counts, found)
        sys.stderr.write(f"{dict(counts)} leaks {dict(found)} {perf_counter() - started:.0f} s\n")
    return {**counts, "leaks": dict(found), "load": load(), "seconds": round(perf_counter() - started)}


def _ask_a_world(
    chance: random.Random, pairs: int, threads: int, changes: int, counts: Counter[str], found: Counter[str]
) -> None:
    """Everything happens in one transaction that is rolled back."""
    until = counts["pairs"] + pairs
    with transaction.atomic():
        world = make_world(chance, insiders=4, threads=threads)
        outbox.drain_all()
        rarity.forget()
        while counts["pairs"] < until:
            counts["rounds"] += 1
            for _each in range(chance.randint(1, changes)):
                change(world)
            if chance.random() < 0.5:
                outbox.drain_all()
                rarity.forget()
            else:
                counts["rounds_on_a_late_index"] += 1
            found.update(surface for surface, _reader, _word in leaks(world))
            counts["pairs"] += len(world.readers) * len(world.things)
        transaction.set_rollback(True)
    rarity.forget()

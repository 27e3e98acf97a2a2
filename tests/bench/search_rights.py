"""Does search tell anybody what they may not know? `manage.py bench search_rights [pairs=100000] [meaning=yes]`.

Random rights are taken and given in a made-up world (tests/search/rights.py), every surface is asked about every
(reader, document) pair after each change, half of the time before the index has been told. Everything happens in one
transaction that is rolled back. `found` says how often each kind was found by those who may: a search that finds
nothing leaks nothing.
"""

import random
import sys
from collections import Counter
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import transaction

from search import rarity, semantic
from search.semantic import scanning
from tests.bench.site import load
from tests.search.rights import World, change, index, leaks, make_world

WORLD = 15_000


def run(
    pairs: str = "100000", seed: str = "6", threads: str = "12", changes: str = "4", meaning: str = "no"
) -> dict[str, Any]:
    """So many pairs, in worlds of WORLD; `threads` is how many there are in each of the five spaces, `changes` how much
    at most changes before everybody asks again. With `meaning=yes` everything is asked by meaning too
    (the extra [semantic]). Says on stderr how far it is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SEMANTIC_SEARCH = by_meaning = meaning == "yes"
    if by_meaning and not semantic.is_on():
        raise SystemExit("the extra [semantic] is not installed")
    chance = random.Random(int(seed))
    found: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    started = perf_counter()
    while counts["pairs"] < int(pairs):
        counts["worlds"] += 1
        until = min(counts["pairs"] + WORLD, int(pairs))
        with transaction.atomic():
            world = make_world(chance, insiders=4, threads=int(threads))
            _ask(world, until, int(changes), counts, found, by_meaning=by_meaning)
            shown += world.found
            transaction.set_rollback(True)
        rarity.forget()
        scanning.forget()
        sys.stderr.write(f"{dict(counts)} leaks {dict(found)} {perf_counter() - started:.0f} s\n")
    return {
        **counts,
        "leaks": dict(found),
        "found": dict(shown),
        "load": load(),
        "seconds": round(perf_counter() - started),
    }


def _ask(
    world: World, until: int, changes: int, counts: Counter[str], found: Counter[str], *, by_meaning: bool
) -> None:
    index(world, by_meaning=by_meaning)
    while counts["pairs"] < until:
        counts["rounds"] += 1
        for _each in range(world.chance.randint(1, changes)):
            change(world)
        if world.chance.random() < 0.5:
            index(world, by_meaning=by_meaning)
        else:
            counts["rounds_on_a_late_index"] += 1
        found.update(surface for surface, _reader, _word in leaks(world, by_meaning=by_meaning))
        counts["pairs"] += len(world.readers) * len(world.things)

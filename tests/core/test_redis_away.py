"""Limits and the cache while Redis is away: nobody waits, nothing breaks, and the process counts for itself."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from community.core import caches, limits
from community.core.errors import TooMany

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _forget_that_it_was_away() -> Iterator[None]:
    yield
    limits._shared.cache_clear()
    limits._away["until"] = caches.PatientRedisCache.away_until = 0.0


def test_limits_are_counted_in_the_process(settings: Any) -> None:
    limits._shared.cache_clear()
    settings.REDIS_URL = NOWHERE
    began = time.monotonic()

    limits.spend("tests.away", 1, "2/hour")
    limits.spend("tests.away", 1, "2/hour")
    with pytest.raises(TooMany):
        limits.spend("tests.away", 1, "2/hour")

    assert limits.left("tests.away", 1, "2/hour") == 0
    assert limits._away["until"] > began


def test_the_cache_knows_nothing_and_keeps_nothing() -> None:
    cache = caches.PatientRedisCache(NOWHERE, {"OPTIONS": {"socket_connect_timeout": 0.5}})

    assert cache.set("word", 1) is None
    assert (cache.get("word", 3), cache.get_many(["word"]), cache.add("word", 1)) == (3, {}, False)
    assert (cache.delete("word"), cache.has_key("word"), cache.touch("word")) == (False, False, False)
    assert (cache.set_many({"word": 1}), cache.delete_many(["word"])) == ([], None)
    assert caches.PatientRedisCache.away_until > time.monotonic()

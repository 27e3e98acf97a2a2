"""Fixtures for all tests: the database from a template, jobs that run when told to, a clean slate of limits."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties

from community.core import limits
from community.core.tasks import run_attempt, waiting_attempts
from community.core.unions import forget_unions
from tests import databases

# Properties are tried with the same examples at every run and however slow the machine is;
# --hypothesis-profile=explore looks for others.
ANY_PACE: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
properties.register_profile("explore", **ANY_PACE)
properties.register_profile("same", derandomize=True, **ANY_PACE)
properties.load_profile("same")

REQUIRED = frozenset(filter(None, os.environ.get("COLLEGIUM_REQUIRE", "").split(",")))


def skip_or_fail(what: str, reason: str) -> None:
    """Skip a test whose means are missing, but fail where they were promised (COLLEGIUM_REQUIRE)."""
    if what in REQUIRED:
        pytest.fail(f"{what} is required here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        databases.prepare(os.environ.get("PYTEST_XDIST_WORKER", "gw"))
    yield


@pytest.fixture(scope="session", autouse=True)
def _leave_alone_what_is_loaded() -> None:
    """Every look for garbage goes through a million objects of libraries and tests: a sixth of all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _wait_for_redis() -> None:
    """A site counts for itself when Redis does not answer within half a second; here the machine may be busy."""
    limits.PATIENCE = 20.0


@pytest.fixture(scope="session", autouse=True)
def _restore_instead_of_flush() -> None:
    TransactionTestCase._fixture_teardown = lambda self: databases.restore()  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    limits.forget_all()
    for cache in caches.all():
        cache.clear()
    caches["process"].clear()
    forget_unions()
    translation.activate(settings.LANGUAGE_CODE)  # a test that spoke another language ends with itself


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Run what is queued, and what that queues, as the worker would; returns how many ran."""

    def run() -> int:
        count = 0
        for attempt in waiting_attempts():
            run_attempt(attempt.pk)
            count += 1
        return count

    return run

"""The world is made once for a module and every request in it is undone."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access.asking import Asker
from tests.access.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are what is wanted here; formatting them would take a third of the time."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def askers(world: World) -> dict[str, Asker]:
    """The twelve browsers."""
    return {name: Asker(member) for name, member in world.personas.items()}

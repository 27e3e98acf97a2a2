"""No surface of search tells anybody of what they may not see; also not while the index is behind."""

import random

import pytest

from search import outbox
from search.models import Outbox
from tests.search.rights import change, leaks, make_world


@pytest.mark.django_db
def test_nothing_leaks_from_an_index_that_is_behind() -> None:
    world = make_world(random.Random(6), insiders=1, threads=1)
    outbox.drain_all()

    assert list(leaks(world)) == []
    for _each in range(6):
        change(world)
    assert Outbox.objects.exists()
    assert list(leaks(world)) == []

"""No surface of search tells anybody of what they may not see; also not while the index is behind."""

import random
from datetime import timedelta

import pytest
from wagtail.models import Page

from community.core.audiences import Viewer
from community.core.clock import now
from community.knowledge.models import BulletinPage
from search import outbox
from search.models import Document, Kind, Outbox
from search.searching import Request, search
from tests.search import rights_elsewhere as elsewhere
from tests.search.rights import change, index, leaks, make_world


@pytest.mark.django_db
def test_nothing_leaks_from_an_index_that_is_behind() -> None:
    world = make_world(random.Random(6), insiders=1, threads=1)
    for name in ("moderator", "verified 1"):  # The bench asks for everybody.
        del world.readers[name]
    index(world)

    assert list(leaks(world)) == []
    assert set(world.found) == set(Kind.values) - {Kind.TAG}
    for _each in range(6):
        change(world)
    assert Outbox.objects.exists()
    assert list(leaks(world)) == []


@pytest.mark.django_db
def test_a_bulletin_whose_time_is_over_is_not_even_counted() -> None:
    """Its row changes at no moment, so the index is not told."""
    page = elsewhere.write_bulletin("About qz00001x", "a-bulletin", "public")
    Page.objects.filter(pk=page.pk).update(live=True)
    outbox.drain_all()
    asked = Request("qz00001x", Viewer.anonymous(), by_meaning=False)
    assert search(asked).total == 1

    BulletinPage.objects.filter(pk=page.pk).update(shown_until=now() - timedelta(seconds=1))

    assert (search(asked).total, Document.objects.filter(kind=Kind.PAGE, key=page.pk).count()) == (0, 1)

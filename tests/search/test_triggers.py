"""The outbox as the database writes it."""

import pytest
from django.db import transaction

from community.core.clock import now
from community.credentials.queries import snapshot
from forums.bulk import PostRow, ThreadRow, write_threads
from forums.models import Thread
from search.models import Outbox
from search.triggers import at_once
from tests.factories.forums import SpaceFactory, make_thread, verified_member

pytestmark = pytest.mark.django_db


def test_what_is_written_in_bulk_is_queued_once_and_the_triggers_stand_again() -> None:
    space, author = SpaceFactory.create(), verified_member()
    make_thread(space, by=author)  # its checks are pending when the triggers go
    Outbox.objects.all().delete()
    post = PostRow(author, "Which fluid do you start with?", "question", now(), snapshot(author))

    with transaction.atomic():
        write_threads([ThreadRow(space, f"Fluids {number}", [post, post]) for number in range(2)], around=at_once)
    queued = sorted(Outbox.objects.values_list("kind", flat=True))
    Outbox.objects.all().delete()
    later = make_thread(space, by=author)

    assert queued == ["post"] * 4 + ["thread"] * 2
    assert ("thread", later.pk) in set(Outbox.objects.values_list("kind", "key"))
    assert Thread.objects.count() == 4

"""Whatever dies while the index is brought up to date, nothing is missing, nothing is left over, nothing is old."""

from typing import Any

import pytest
from django.db.models.query import QuerySet

from forums.operations import withdraw_post
from search import outbox
from search.models import Document, Outbox
from tests.factories.forums import make_reply, make_thread, verified_member


class Killed(BaseException):
    """As if the process had been taken away: nothing in between may catch it."""


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["bulk_create", "delete", "values_list"])
def test_a_worker_that_dies_at_any_step_leaves_nothing_by_halves(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    author = verified_member()
    thread = make_thread(by=author, title="Written before")
    outbox.drain_all()
    outbox.repair(outbox.differences())
    gone = make_reply(thread, by=author)
    outbox.drain_all()
    withdraw_post(gone, by=author)
    make_reply(thread, by=author, source="Written after.")
    waiting, documents = Outbox.objects.count(), set(Document.objects.values_list("kind", "key"))
    whole = getattr(QuerySet, step)

    def die(rows: Any, *args: Any, **options: Any) -> Any:
        found = whole(rows, *args, **options)
        if rows.model in {Document, Outbox}:
            raise Killed
        return found

    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, step, die)
        with pytest.raises(Killed):
            outbox.drain()

    assert Outbox.objects.count() == waiting
    assert set(Document.objects.values_list("kind", "key")) == documents
    outbox.drain_all()
    assert not any(keys for kinds in outbox.differences().values() for keys in kinds.values())


@pytest.mark.django_db
def test_a_look_part_by_part_mends_what_is_missing_left_over_or_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    make_thread(replies=4)
    outbox.drain_all()
    missing, old, *_others = Document.objects.filter(kind="post").order_by("key")
    missing.delete()
    Document.objects.filter(pk=old.pk).update(body="old")
    Document.objects.create(kind="post", key=10**6, bundle="thread:0", audience="public")

    following: tuple[str, int] | None = (outbox.kinds()[0], 0)
    looks = 0
    while following is not None:
        looks, following = looks + 1, outbox.look(*following, seconds=0)

    assert looks > len(outbox.kinds())
    assert not any(keys for kinds in outbox.differences().values() for keys in kinds.values())

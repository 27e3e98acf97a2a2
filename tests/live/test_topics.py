"""Numbers are dense, a ref stores once for ever, and what is rolled back was never numbered."""

import threading
import uuid

import pytest
from django.db import connection, transaction

from community.core.actors import SYSTEM
from community.live import queries
from community.live.models import Entry, Topic
from community.live.operations import publish
from tests.factories.members import MemberFactory


@pytest.mark.django_db
def test_numbers_are_dense_per_topic() -> None:
    numbers = [publish(topic, "x", {}, by=SYSTEM) for topic in ("a:1", "a:2", "a:1", "a:1")]
    assert numbers == [1, 1, 2, 3]


@pytest.mark.django_db
def test_rolled_back_entry_leaves_no_gap() -> None:
    publish("a:1", "x", {}, by=SYSTEM)
    with pytest.raises(RuntimeError), transaction.atomic():
        publish("a:1", "x", {}, by=SYSTEM)
        raise RuntimeError
    assert publish("a:1", "x", {}, by=SYSTEM) == 2


@pytest.mark.django_db
def test_same_ref_of_same_sender_stores_once() -> None:
    member, other, ref = MemberFactory(), MemberFactory(), uuid.uuid4()
    first = publish("a:1", "x", {}, by=member, ref=ref)
    publish("a:1", "x", {}, by=SYSTEM)
    assert publish("a:1", "x", {}, by=member, ref=ref) == first
    assert publish("a:1", "x", {}, by=other, ref=ref) == 3
    assert Entry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_writers_side_by_side_get_every_number_once() -> None:
    publish("a:1", "x", {}, by=SYSTEM)
    numbers: list[int] = []

    def write() -> None:
        numbers.extend(publish("a:1", "x", {}, by=SYSTEM) for _ in range(20))
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(numbers) == list(range(2, 82))
    assert list(Entry.objects.values_list("seq", flat=True)) == list(range(1, 82))


@pytest.mark.django_db
def test_page_after_since_replays_exactly_what_was_missed() -> None:
    for number in range(60):
        publish("a:1", "x", {"n": number}, by=SYSTEM)
    epoch = str(Topic.objects.get().epoch)
    assert [event["seq"] for event in queries.page_for("a:1", 57, epoch).events] == [58, 59, 60]
    assert [event["seq"] for event in queries.page_for("a:1", None, None).events] == list(range(11, 61))


@pytest.mark.django_db
@pytest.mark.parametrize(("since", "epoch"), [(5, "another"), (99, None), (5, None)])
def test_lost_place_is_said(since: int, epoch: str | None) -> None:
    for _ in range(10):
        publish("a:1", "x", {}, by=SYSTEM)
    known = str(Topic.objects.get().epoch)
    assert queries.page_for("a:1", since, known if since == 99 else epoch).is_gap


@pytest.mark.django_db
def test_reader_who_joined_before_the_topic_existed_gets_everything() -> None:
    before = queries.page_for("a:1", None, None)
    publish("a:1", "x", {}, by=SYSTEM)
    page = queries.page_for("a:1", before.seq, before.epoch)
    assert (page.is_gap, [event["seq"] for event in page.events]) == (False, [1])
    publish("a:1", "x", {}, by=SYSTEM)
    again = queries.page_for("a:1", 1, before.epoch)
    assert (again.is_gap, [event["seq"] for event in again.events]) == (False, [2])


@pytest.mark.django_db
def test_too_large_a_gap_is_said() -> None:
    publish("a:1", "x", {}, by=SYSTEM)
    Topic.objects.update(last_seq=2000)
    assert queries.page_for("a:1", 1, str(Topic.objects.get().epoch)).is_gap

"""Rumours put together and parted by hand: nothing is lost, nobody counts twice, and every act can be undone."""

import itertools
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.core.errors import Invalid, Refused
from community.core.models import Event
from community.knowledge import rumours
from community.knowledge.models import Hearing, Rumour, Sorting, Telling
from community.knowledge.operations.myths import hear_rumour, report_rumour
from community.knowledge.operations.sorting import merge_rumours, split_rumour, undo_sorting
from tests.factories.credentials import make_member
from tests.factories.knowledge import on_duty

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SAID = ("Hot lemon water prevents dengue", "Magnets lower blood pressure for good", "Onions in socks draw fever out")


def told(member: Any, text: str) -> Rumour:
    return report_rumour(by=member, text=text, channel="market")


def picture() -> dict[str, Any]:
    """What there is, whatever was written down about sorting it."""
    return {
        "tellings": sorted(Telling.objects.values_list("rumour", "text", "by")),
        "hearings": sorted(Hearing.objects.values_list("rumour", "member")),
        "rumours": sorted(Rumour.objects.exclude(state="merged").values_list("pk", "state")),
    }


def test_two_become_one_and_two_again() -> None:
    ann, ben, editor = make_member("Ann"), make_member("Ben"), on_duty()
    lemon, magnet = told(ann, SAID[0]), told(ben, SAID[1])
    hear_rumour(magnet, by=ann)
    before = picture()

    sorting = merge_rumours(magnet, by=editor, into=lemon)

    (row,) = rumours.inbox(ann)
    assert (row.rumour, row.count, row.wordings) == (lemon, 2, [SAID[1]])
    assert rumours.rumour_at(magnet.public_id) is None
    assert rumours.rumours_waiting() == 1
    assert told(ben, "They say magnets lower blood pressure for good!") == lemon
    Telling.objects.filter(text__startswith="They").delete()
    undo_sorting(sorting, by=editor)
    assert picture() == before
    verbs = Event.objects.filter(verb__startswith="knowledge.rumour.").order_by("id").values_list("verb", flat=True)
    assert [verb.rpartition(".")[2] for verb in verbs][-3:] == ["merged", "reported", "sorting_undone"]


def test_a_part_takes_those_who_told_only_it_and_gives_back_what_came_since() -> None:
    ann, ben, eve = (make_member(name) for name in ("Ann", "Ben", "Eve"))
    editor = on_duty()
    lemon = told(ann, SAID[0])
    other = Telling.objects.create(rumour=lemon, text=SAID[1], channel="news", by=ben)
    hear_rumour(lemon, by=ben)
    hear_rumour(lemon, by=eve)

    part = split_rumour(lemon, by=editor, tellings=[other.pk]).target

    assert {(row.rumour, row.count) for row in rumours.inbox(ann)} == {(part, 1), (lemon, 2)}
    assert part.headline == SAID[1]
    told(eve, SAID[1])
    undo_sorting(Sorting.objects.get(), by=editor)
    (row,) = rumours.inbox(ann)
    assert (row.rumour, row.count, sorted(row.wordings)) == (lemon, 3, [SAID[1]])
    assert Telling.objects.filter(rumour=lemon).count() == 3


def test_what_cannot_be_sorted_is_refused_with_a_reason() -> None:
    ann, editor = make_member("Ann"), on_duty()
    lemon, magnet, onion = (told(ann, text) for text in SAID)
    first = merge_rumours(magnet, by=editor, into=lemon)
    second = merge_rumours(lemon, by=editor, into=onion)

    for act, code in (
        (lambda: merge_rumours(onion, by=ann, into=lemon), "not_editor"),
        (lambda: merge_rumours(onion, by=editor, into=onion), "same"),
        (lambda: merge_rumours(onion, by=editor, into=lemon), "not_open"),
        (lambda: merge_rumours(lemon, by=editor, into=onion), "not_waiting"),
        (lambda: undo_sorting(first, by=editor), "not_open"),
        (lambda: undo_sorting(second, by=ann), "not_editor"),
    ):
        with pytest.raises(Refused) as refusal:
            act()  # type: ignore[no-untyped-call]
        assert refusal.value.code == code
    with pytest.raises(Invalid):
        split_rumour(onion, by=editor, tellings=[])
    with pytest.raises(Invalid):
        split_rumour(onion, by=editor, tellings=list(onion.tellings.values_list("pk", flat=True)))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(["merge", "split"]), st.integers(0, 50)), max_size=5))
def test_undoing_everything_backwards_leads_back(acts: list[tuple[str, int]]) -> None:
    Rumour.objects.all().delete()
    people, editor = [make_member() for _each in range(2)], on_duty()
    for member, text in itertools.product(people, SAID[:2]):
        told(member, text)
    before, done = picture(), []
    for act, number in acts:
        waiting = list(Rumour.objects.filter(state="waiting").order_by("pk"))
        rumour = waiting[number % len(waiting)]
        tellings = list(rumour.tellings.values_list("pk", flat=True))
        if act == "merge" and len(waiting) > 1:
            done.append(merge_rumours(rumour, by=editor, into=waiting[number % len(waiting) - 1]))
        elif act == "split" and len(tellings) > 1:
            done.append(split_rumour(rumour, by=editor, tellings=tellings[: 1 + number % (len(tellings) - 1)]))
        assert Telling.objects.filter(rumour__state="waiting").count() == 4
        assert Hearing.objects.values("member").distinct().count() == 2

    for sorting in reversed(done):
        undo_sorting(sorting, by=editor)

    assert picture() == before


def test_the_page_sorts_without_javascript() -> None:
    ann, editor = make_member("Ann"), on_duty()
    lemon, magnet = told(ann, SAID[0]), told(ann, SAID[1])
    client, stranger = Client(), Client()
    client.force_login(editor, backend=BACKEND)
    stranger.force_login(ann, backend=BACKEND)
    address = f"/myths/rumours/{magnet.public_id}/sort/"

    assert stranger.get(address).status_code == 403
    assert SAID[0] in client.get(address).content.decode()
    gone = client.post(address, {"act": "merge", "into": lemon.public_id})
    assert gone.headers["Location"] == f"/myths/rumours/{lemon.public_id}/sort/"
    page = client.get(gone.headers["Location"])
    assert all(words in page.content.decode() for words in SAID[:2])
    refused = client.post(gone.headers["Location"], {"act": "split"})
    assert (refused.status_code, b"leave at least one" in refused.content) == (400, True)
    client.post(gone.headers["Location"], {"act": "undo", "sorting": Sorting.objects.get().public_id})
    assert {row.rumour for row in rumours.inbox(ann)} == {lemon, magnet}

"""Stories of finding: what is found, how, and by whom."""

from collections.abc import Callable
from typing import Any

import pytest

from forums.models import Stance
from forums.operations import edit_post, withdraw_post
from search import outbox
from search.models import Document, Outbox
from tests.factories.forums import SpaceFactory, make_reply, make_thread, private_group, verified_member, words

pytestmark = pytest.mark.django_db
Titles = Callable[..., list[str]]


def test_one_finds_at_once_what_one_has_just_written(titles: Titles) -> None:
    asker = verified_member()
    make_thread(by=asker, title="Fluids after cardiac surgery", source="Balanced crystalloids or albumin?")

    assert titles(asker, "which crystalloid") == ["Fluids after cardiac surgery"]


def test_words_may_be_missing_and_phrases_must_be_there(titles: Titles) -> None:
    reader = verified_member()
    make_thread(title="Septic shock and vasopressin")
    make_thread(title="Shock of a defibrillator")

    assert titles(reader, "septic shock nowhere") == ["Septic shock and vasopressin", "Shock of a defibrillator"]
    assert titles(reader, '"septic shock"') == ["Septic shock and vasopressin"]
    assert titles(reader, "shock -septic") == ["Shock of a defibrillator"]
    assert titles(reader, "defib*") == ["Shock of a defibrillator"]


def test_a_phrase_that_is_nowhere_gives_near_matches(ask: Any) -> None:
    reader = verified_member()
    make_thread(title="Shock, septic or not")

    response = ask(reader, '"septic shock"')

    assert response.is_relaxed
    assert response.total == 1


def test_replies_are_grouped_under_their_thread(ask: Any) -> None:
    reader = verified_member()
    thread = make_thread(title="Vasopressin timing")
    for _each in range(2):
        make_reply(thread, by=reader, source="We start vasopressin at the second pressor.")

    response = ask(reader, "vasopressin")

    assert response.total == 1
    assert len(response.groups[0].more) == 2


def test_filters_narrow_and_can_be_turned_round(titles: Titles) -> None:
    reader = verified_member()
    cardiology, surgery = SpaceFactory.create(slug="cardiology"), SpaceFactory.create(slug="surgery")
    make_thread(cardiology, by=reader, title="Anticoagulation before", tags=("bridging",))
    answered = make_thread(surgery, title="Anticoagulation after")
    make_reply(answered, source="Ours restart on day one.", stance=Stance.PRACTICE)

    before, after = ["Anticoagulation before"], ["Anticoagulation after"]
    assert titles(reader, "anticoagulants space:cardiology") == before
    assert titles(reader, "anticoagulants -space:cardiology") == after
    assert titles(reader, "anticoagulants tag:bridging") == before
    assert titles(reader, "anticoagulants has:answer") == after
    assert titles(reader, "anticoagulants -has:answer") == before
    assert titles(reader, "anticoagulants is:mine") == before
    assert titles(reader, f"by:{reader.handle} kind:thread") == before
    assert titles(reader, "is:followed") == before
    assert titles(reader, "anticoagulants before:2001") == []
    assert titles(reader, "anticoagulants after:2001 order:old") == before + after
    assert titles(reader, "in:title before") == before


def test_an_abbreviation_is_searched_for_in_full_until_the_reader_takes_it_away(ask: Any) -> None:
    reader = verified_member()
    make_thread(title="Starting therapy", source="In deep vein thrombosis we wait.")

    response = ask(reader, "DVT")

    assert response.total == 1
    assert response.chips[0].used == "deep vein thrombosis"
    assert ask(reader, "DVT", without=frozenset({"dvt"})).total == 0


def test_an_abbreviation_of_several_senses_asks(ask: Any) -> None:
    reader = verified_member()
    make_thread(title="Walking", source="In multiple sclerosis we walk.")

    assert ask(reader, "MS").chips[0].is_open
    assert ask(reader, "MS").total == 0
    assert ask(reader, "MS", senses={"ms": "multiple sclerosis"}).total == 1


def test_pages_follow_each_other_without_gap_or_repeat(ask: Any) -> None:
    reader = verified_member()
    space = SpaceFactory.create()
    for number in range(5):
        make_thread(space, title=f"Ventilation {number}")

    seen, cursor = [], ""
    for _page in range(3):
        response = ask(reader, "ventilation", size=2, after=cursor)
        seen += [group.best.key for group in response.groups]
        cursor = response.next

    assert len(seen) == len(set(seen)) == 5
    assert cursor == ""


def test_facets_count_what_the_reader_may_see(ask: Any) -> None:
    reader, insider = verified_member(), verified_member()
    make_thread(SpaceFactory.create(slug="open", name="Open"), title="Delirium in the open")
    make_thread(private_group(insider, slug="closed", name="Closed"), by=insider, title="Delirium among us")

    def spaces(member: Any) -> dict[str, int]:
        bars = [facet.bars for facet in ask(member, "delirium").facets if facet.name == "space"]
        return {bar.label: bar.count for bars_of in bars for bar in bars_of}

    assert spaces(insider) == {"Open": 1, "Closed": 1}
    assert spaces(reader) == {}
    assert ask(reader, "delirium").total == 1


def test_a_stale_index_shows_and_counts_nothing_that_was_taken_away(ask: Any) -> None:
    author, reader = verified_member(), verified_member()
    thread = make_thread(by=author, title="Halothane in the cellar")
    assert ask(reader, "halothane").total == 1
    withdraw_post(thread.posts.get(), by=author)
    Outbox.objects.all().delete()

    response = ask(reader, "halothane")

    assert Document.objects.filter(kind="thread", key=thread.pk).exists()
    assert (response.total, response.groups, response.facets) == (0, [], [])


def test_withdrawn_edited_and_held_words_leave_the_index(titles: Titles) -> None:
    author, reader = verified_member(), verified_member()
    thread = make_thread(by=author, title="Ketamine for transport")
    edit_post(thread.posts.get(), by=author, words=words("Now about esketamine.", title="Transport"), revision=1)

    assert titles(reader, "ketamine") == []
    assert titles(reader, "esketamine") == ["Transport"]


def test_changes_past_the_operations_are_seen_as_well(ask: Any) -> None:
    reader = verified_member()
    thread = make_thread(title="Remifentanil wakes")
    assert ask(reader, "remifentanil").total == 1
    type(thread).objects.filter(pk=thread.pk).update(title="Other words", audience="moderators")

    assert ask(reader, "remifentanil").total == 0


def test_members_are_found_when_they_consented_and_by_members_only(titles: Titles) -> None:
    reader = verified_member()
    verified_member(name="Amara Listed", listed=True, bio="I look after burns.", who_sees={"bio": "nobody"})
    verified_member(name="Amara Hidden", listed=False)

    assert titles(reader, "amara") == ["Amara Listed"]
    assert titles(reader, "burns") == []
    assert titles(None, "amara") == []


def test_a_misspelt_word_is_asked_about_and_a_drug_is_not(ask: Any) -> None:
    reader = verified_member()

    assert ask(reader, "pulmonary embolsim").suggestion == "pulmonary embolism"
    assert ask(reader, "chlorpropamide").suggestion == ""


def test_reindex_makes_all_anew_drops_ghosts_and_is_done_with_what_waited(ask: Any) -> None:
    thread = make_thread(title="Suxamethonium", replies=1)
    ask(verified_member(), "")
    Document.objects.filter(kind="thread").update(title="stale")
    Document.objects.create(kind="thread", key=10**9, bundle="x", audience="public")
    Outbox.objects.create(kind="thread", key=thread.pk)

    outbox.rebuild()

    assert not any(any(kinds.values()) for kinds in outbox.differences().values())
    assert not Outbox.objects.exists()


def test_the_index_is_sound_and_can_be_repaired(ask: Any) -> None:
    thread = make_thread(title="Suxamethonium", replies=1)
    ask(verified_member(), "")
    Document.objects.filter(kind="post").delete()
    Document.objects.filter(kind="thread").update(title="stale")
    Document.objects.create(kind="thread", key=10**9, bundle="x", audience="public")

    found = outbox.differences()
    outbox.repair(found)

    assert found["thread"] == {"missing": [], "ghost": [10**9], "stale": [thread.pk]}
    assert len(found["post"]["missing"]) == 1
    assert not any(any(kinds.values()) for kinds in outbox.differences().values() if kinds)

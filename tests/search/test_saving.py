"""Saved searches: kept by their owner, asked again about what is new, and told under the owner's rights."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from community.casefree import contents
from community.casefree import operations as casefree
from community.core.actors import SYSTEM
from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Invalid, Refused
from community.core.models import Event
from community.members.panels import exported_sections
from community.notifications.models import Notification
from forums.operations import withdraw_post
from search import alerts, outbox
from search.models import AskedWords, SavedSearch, SettledWords, SynonymSet
from search.operations import drop_search, save_search
from tests.factories.forums import SpaceFactory, make_reply, make_thread, private_group, verified_member

pytestmark = pytest.mark.django_db


def told(member: Any) -> int:
    """How often this member's saved searches have found something."""
    outbox.drain_all()
    alerts.tell_of_new()
    return sum(Notification.objects.filter(member=member, kind="search.found").values_list("count", flat=True))


def test_what_is_new_and_holds_all_words_is_told_under_the_readers_rights() -> None:
    reader, author, insider = verified_member(), verified_member(), verified_member()
    old = make_thread(by=author, title="Delirium and melatonin on our ward")
    told(reader)
    save_search("melatonin delirium", by=reader)

    assert told(reader) == 0
    make_thread(by=author, title="Melatonin only")
    make_thread(by=reader, title="My own melatonin for delirium")
    make_thread(private_group(insider), by=insider, title="Melatonin and delirium among us")
    hidden = make_thread(by=author, title="Melatonin for delirium, withdrawn")
    withdraw_post(hidden.posts.get(), by=author)
    assert told(reader) == 0
    make_reply(old, by=author, source="Melatonin did not prevent delirium here.")
    assert told(reader) == 1
    assert told(reader) == 1


def test_an_abbreviation_is_answered_by_what_it_stands_for() -> None:
    reader = verified_member()
    save_search("DVT kind:thread", by=reader)
    make_thread(SpaceFactory.create(), title="Deep vein thrombosis in flight")

    assert told(reader) == 1


def test_keeping_twice_is_once_and_only_the_owner_drops() -> None:
    owner, other = verified_member(), verified_member()
    saved = save_search("  septic   shock ", by=owner)

    assert save_search("septic shock", by=owner) == saved
    with pytest.raises(Refused):
        drop_search(saved, by=other)
    drop_search(saved, by=owner)
    assert not SavedSearch.objects.exists()
    verbs = Event.objects.filter(verb__startswith="search.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["search.saved.kept", "search.saved.dropped"]


@pytest.mark.parametrize("text", ["", "  ", "x" * 301])
def test_what_asks_nothing_or_too_much_is_not_kept(text: str) -> None:
    with pytest.raises(Invalid):
        save_search(text, by=verified_member())


def test_words_that_identify_somebody_are_not_kept() -> None:
    with pytest.raises(Refused):
        save_search("John Smith born 04/05/1961 MRN 12345678", by=verified_member())


def test_a_search_that_is_not_kept_is_given_back_with_what_could_stand_there(client: Client) -> None:
    client.force_login(verified_member())

    refused = client.post("/search/saved/", {"q": "sepsis MRN  4471902"})
    offered = client.post("/search/saved/", {"q": "sepsis MRN 4471902", "reword": "1"})

    assert refused.status_code == 403 and "<mark>4471902</mark>" in refused.text
    assert offered.context["form"].data["q"] == "sepsis MRN [number removed]"
    assert client.post("/search/saved/", {"q": "lang:xx" * 60}).status_code == 400
    assert not SavedSearch.objects.exists()


def test_a_notice_leads_its_owner_and_nobody_else_to_the_search(client: Client) -> None:
    owner, other = verified_member(), verified_member()
    client.force_login(owner)
    client.post("/search/saved/", {"q": "septic shock"})
    saved = SavedSearch.objects.get()

    page = client.get("/search/saved/").content.decode()
    lines: Callable[[Any], Any] = lambda member: alerts.lines_for(viewer_of(member), [str(saved.pk)])  # noqa: E731

    assert 'href="/search/?q=septic+shock+order%3Anew"' in page
    assert lines(owner) == {str(saved.pk): ("Saved search: septic shock", "/search/?q=septic+shock+order%3Anew")}
    assert lines(other) == {}
    assert [each["search"] for each in exported_sections(owner)["saved_searches"]] == ["septic shock"]
    assert exported_sections(other)["saved_searches"] == []
    assert lines(None) == {}
    client.post(f"/search/saved/{saved.public_id}/drop/")
    assert not SavedSearch.objects.exists()


def swept() -> None:
    while casefree.sweep(by=SYSTEM):
        pass


def test_with_new_rules_saved_searches_are_emptied_and_their_owner_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        contents, "_contents", {name: kept for name, kept in contents._contents.items() if "search" in name}
    )
    owner = verified_member()
    client.force_login(owner)
    number = "MRN 4471902"
    first, _second, kept = (
        SavedSearch.objects.create(member=owner, text=text) for text in (number, f"{number} dose", "sepsis")
    )
    group = SynonymSet.objects.create(source="editors", code="x", preferred="heart attack")
    group.terms.create(shown=number, terms=number)
    for text in (number, "fluids"):
        AskedWords.objects.create(week=now().date(), text=text)
        SettledWords.objects.create(text=text, until=now().date())

    swept()

    assert list(SavedSearch.objects.order_by("pk").values_list("pk", "text")) == [(first.pk, ""), (kept.pk, "sepsis")]
    assert list(AskedWords.objects.values_list("text", flat=True)) == ["fluids"]
    assert list(SettledWords.objects.values_list("text", flat=True)) == ["fluids"]
    assert not SynonymSet.objects.exists()
    verbs = Event.objects.filter(verb__startswith="search.").order_by("verb").values_list("verb", flat=True)
    assert list(verbs) == ["search.saved.stopped"] * 2 + ["search.synonyms.dropped", "search.words.forgotten"]
    notice = Notification.objects.get(member=owner)
    assert (notice.kind, notice.count, notice.target_id) == ("search.stopped", 2, str(first.pk))
    make_thread(title="Sepsis and fluids")
    assert told(owner) == 1
    page = client.get(client.get(f"/notifications/{notice.public_id}/open/").url).content.decode()
    assert "Stopped: since the case-free rules" in page and "4471902" not in page
    assert [each["search"] for each in exported_sections(owner)["saved_searches"]] == ["sepsis"]

"""Saved searches: kept by their owner, asked again about what is new, and told under the owner's rights."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from community.core.audiences import viewer_of
from community.core.errors import Invalid, Refused
from community.core.models import Event
from community.members.panels import exported_sections
from community.notifications.models import Notification
from forums.operations import withdraw_post
from search import alerts, outbox
from search.models import SavedSearch
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

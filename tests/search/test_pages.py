"""The page of results and the suggestions, as a browser sees them."""

import pytest
from django.test import Client

from tests.factories.forums import SpaceFactory, make_reply, make_thread, private_group, verified_member

pytestmark = pytest.mark.django_db


def test_an_empty_box_teaches_and_keeps_nothing(client: Client) -> None:
    page = client.get("/search/")

    assert "What you can write" in page.content.decode()


def test_results_with_marked_words_facets_and_a_way_to_narrow(client: Client) -> None:
    reader = verified_member()
    thread = make_thread(SpaceFactory.create(name="Nephrology", slug="nephrology"), title="Dialysis <at> night")
    make_reply(thread, source="Night dialysis works for us.")
    make_thread(SpaceFactory.create(name="Home", slug="home-care"), title="Dialysis at home")
    client.force_login(reader)

    page = client.get("/search/", {"q": "dialysis"}).content.decode()

    assert "<mark>Dialysis</mark> &lt;at&gt; night" in page
    assert "?q=dialysis+space%3Anephrology" in page
    assert "2 results" in page


def test_a_reader_who_finds_nothing_is_shown_where_to_ask(client: Client) -> None:
    reader = verified_member()
    SpaceFactory.create(name="Nephrology", slug="nephrology")
    client.force_login(reader)

    page = client.get("/search/", {"q": "xylophone"}).content.decode()

    assert "Ask this in Nephrology" in page
    assert "/forums/nephrology/new/?title=xylophone" in page


def test_suggestions_know_filters_and_titles_of_what_one_may_read(client: Client) -> None:
    reader, insider = verified_member(), verified_member()
    make_thread(title="Plasmapheresis at night")
    make_thread(private_group(insider), by=insider, title="Plasmapheresis among us")
    client.force_login(reader)
    client.get("/search/", {"q": "anything"})

    found = client.get("/search/suggest/", {"q": "plasmaph"}).json()["suggestions"]
    filters = client.get("/search/suggest/", {"q": "sepsis -is:"}).json()["suggestions"]

    assert [each["label"] for each in found] == ["Plasmapheresis at night"]
    assert [each["insert"] for each in filters] == ["-is:unread", "-is:mine", "-is:followed", "-is:question"]


def test_a_broken_cursor_is_refused(client: Client) -> None:
    assert client.get("/search/", {"q": "sepsis", "after": "nonsense"}).status_code == 400


def test_the_query_count_does_not_grow_with_the_results(client: Client, django_assert_max_num_queries: object) -> None:
    reader = verified_member()
    space = SpaceFactory.create()
    client.force_login(reader)
    for number in range(3):
        make_thread(space, title=f"Ventilation {number}")
        client.get("/search/", {"q": "ventilation"})
        with django_assert_max_num_queries(26):  # type: ignore[operator]
            client.get("/search/", {"q": "ventilation"})

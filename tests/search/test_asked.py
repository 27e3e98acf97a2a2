"""What is searched for is counted: without people, without rare words, not for ever."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from community.core.clock import now
from community.core.models import Event
from search import asked
from search.models import AskedWords, SettledWords
from tests.factories.forums import verified_member
from tests.factories.members import MemberFactory


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    asked.forget()
    yield
    asked.forget()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Septic  Shock kind:thread", "septic shock"),
        ('"septic shock" -child', "septic shock"),
        ("call 0612345678", ""),
        ("someone@example.test", ""),
        ("a man of fifty came to our ward last night with pain and fever after travel", ""),
        ("kind:thread", ""),
    ],
)
def test_only_few_words_are_counted_and_nothing_that_tells(typed: str, kept: str) -> None:
    assert asked.words_of(typed) == kept


@pytest.mark.django_db
def test_searches_become_counts_and_tasks_without_people(client: Client) -> None:
    people = [verified_member() for _each in range(3)]
    editor = MemberFactory.create(in_groups=["Editors"])
    for member in people:
        client.force_login(member)
        for _twice in range(2):
            client.get("/search/", {"q": "quiet ventilators"})
        client.post("/search/picked/", {"q": "quiet ventilators", "place": "2"})
    client.get("/search/", {"q": "rare thing"})
    client.get("/search/", {"q": "John Smith born 04/05/61"})
    asked.write()
    client.force_login(editor)
    page = client.get("/search/words/").content.decode()
    refused = client.post("/search/words/settle/", {"text": "quiet ventilators", "means": "quiet ventilator"})
    done = client.post("/search/words/settle/", {"text": "quiet ventilators", "means": "silent machines"})

    row = AskedWords.objects.get(text="quiet ventilators")
    assert (row.asked, row.empty, row.picked, row.places) == (3, 3, 3, 6)
    assert not AskedWords.objects.filter(text__contains="smith").exists()
    assert {field.name for field in AskedWords._meta.get_fields()} == {
        *("id", "week", "text", "asked", "empty", "picked", "places"),
    }
    assert "quiet ventilators" in page and "3 times without results" in page
    assert "rare thing" not in page
    [(_task, form)] = refused.context["tasks"]
    assert (
        refused.status_code == 400 and form.errors.keys() == {"means"} and form["means"].value() == "quiet ventilator"
    )
    assert done.status_code == 302
    assert list(asked.without_results()) == []
    assert Event.objects.filter(verb="search.words.settled", actor_id=editor.pk).count() == 1


@pytest.mark.django_db
def test_counts_are_kept_a_quarter_and_rare_ones_two_weeks() -> None:
    today = now().date()
    for weeks, times in ((1, 1), (3, 1), (3, 5), (14, 5)):
        AskedWords.objects.create(week=today - timedelta(weeks=weeks), text=f"{weeks} {times}", asked=times)
    SettledWords.objects.create(text="long ago", until=today - timedelta(days=1))

    assert asked.drop_old() == 2
    assert set(AskedWords.objects.values_list("text", flat=True)) == {"1 1", "3 5"}
    assert not SettledWords.objects.exists()

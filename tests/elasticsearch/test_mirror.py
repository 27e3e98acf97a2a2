"""Stories of the search server: in step, at once, without gaps, and gone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from community.core.audiences import viewer_of
from forums.operations import withdraw_post
from search import mirror, outbox
from search.engines import engine
from search.engines.elastic import server
from search.models import Document, Shipment
from search.searching import Request, Response, search
from tests.factories.forums import make_reply, make_thread, verified_member


@pytest.fixture
def ask(elastic: str) -> Callable[[Any, str], Response]:
    def run(member: Any, text: str) -> Response:
        outbox.catch_up()
        return search(Request(text, viewer_of(member)))

    return run


def test_what_is_written_is_found_before_the_server_knows_it_and_after(ask: Any) -> None:
    author = verified_member()
    thread = make_thread(by=author, title="Crystalloids at night")

    before, waiting = ask(author, "crystalloid"), Shipment.objects.count()
    mirror.ship()
    after = ask(author, "crystalloid")
    on_the_server = server.client().exists(index=server.index_name(), id=f"thread:{thread.pk}")
    withdraw_post(thread.posts.get(), by=author)
    gone = ask(author, "crystalloid")
    mirror.ship()

    assert (before.total, after.total, gone.total) == (1, 1, 0)
    assert before.engine == after.engine == "elasticsearch"
    assert waiting and on_the_server and not Shipment.objects.exists()
    assert not server.client().exists(index=server.index_name(), id=f"thread:{thread.pk}")


def test_what_comes_late_does_not_bring_back_what_was(elastic: str) -> None:
    thread = make_thread(title="New words")
    outbox.drain_all()
    mirror.ship()
    late = Document.objects.get(kind="thread", key=thread.pk)
    late.title = "old"

    mirror.fill(mirror.fed()[0], [late])

    assert mirror.differences() == {}


def test_a_rebuild_loses_nothing_that_is_written_meanwhile(
    elastic: str, monkeypatch: pytest.MonkeyPatch, ask: Any
) -> None:
    author = verified_member()
    kept, gone = make_thread(by=author, title="Kept lactate"), make_thread(by=author, title="Withdrawn lactate")
    outbox.drain_all()
    mirror.ship()
    batches = mirror._batches

    def busy() -> Iterator[list[Document]]:
        documents = list(batches())
        withdraw_post(gone.posts.get(), by=author)
        make_reply(kept, by=author, source="Written while lactate was copied.")
        outbox.drain_all()
        mirror.ship()
        assert len(mirror.fed()) == 2
        assert search(Request("lactate", viewer_of(author))).engine == "elasticsearch"
        yield from documents

    monkeypatch.setattr(mirror, "_batches", busy)
    mirror.rebuild()

    found = ask(author, "lactate")
    assert (found.total, len(found.groups[0].more)) == (1, 1)
    assert mirror.differences() == {}
    assert len(mirror.fed()) == 1


def test_gaps_ghosts_and_old_words_on_the_server_are_found_and_repaired(elastic: str) -> None:
    threads = [make_thread(title=f"Number {number}") for number in range(3)]
    outbox.drain_all()
    mirror.ship()
    name, client = mirror.fed()[0], server.client()
    first, second, third = (Document.objects.get(kind="thread", key=thread.pk) for thread in threads)
    client.delete(index=name, id=f"thread:{first.key}")
    client.update(index=name, id=f"thread:{second.key}", doc={"title": "other"})
    Document.objects.filter(pk=third.pk).delete()
    client.indices.refresh(index=name)

    found = mirror.differences()
    mirror.queue_differences(found)
    mirror.ship()

    assert found == {"thread": {"missing": [first.key], "ghost": [third.key], "stale": [second.key]}}
    assert mirror.differences() == {}


def test_where_the_server_is_away_the_database_answers_and_the_page_says_so(
    client: Client, settings: Any, db: None
) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9/away"
    reader = verified_member()
    make_thread(title="Halothane in the cellar")
    client.force_login(reader)
    server.breaker.succeed()

    pages = [client.get("/search/", {"q": "halothane"}).content.decode() for _time in range(4)]

    assert all("Halothane</mark> in the cellar" in page and "co-search__away" in page for page in pages)
    assert server.breaker.failures == 3
    assert engine().name == "elasticsearch"
    server.breaker.succeed()

"""Words that many documents hold do not make a search slow, and do not hide what the other words find."""

from datetime import UTC, datetime, timedelta

import pytest

from community.core.audiences import PUBLIC, Viewer
from search.documents.sources import document
from search.engines import Condition, Engine, Plan, looks, postgres, sqlite
from search.evaluation import put, trial
from search.grammar import Phrase, parse
from search.models import Document, Kind


@pytest.mark.django_db
def test_the_newest_of_common_words_and_all_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "ENOUGH", 10)
    monkeypatch.setattr(sqlite, "MANY", 10)
    tokens = Viewer.anonymous().tokens
    day = datetime(2024, 1, 1, tzinfo=UTC)
    with trial() as using:
        _bound(using, looks.Bounds(rare=20, scored=20, read=1_000))
        put(
            [
                document(
                    Kind.THREAD,
                    key,
                    title="Ward",
                    body="therapy oxygen" if key == 1 else "therapy",
                    bundle=f"thread:{key}",
                    audience=PUBLIC if key % 10 else "members",
                    tags=" icu " if key < 10 else "",
                    at=day + timedelta(days=key),
                )
                for key in range(1, 61)
            ],
            using,
        )
        common = {each.key for each in using.candidates(Plan(parse("ward therapy"), tokens))}
        mixed = [each.key for each in using.candidates(Plan(parse("ward oxygen"), tokens))]
        few = {each.key for each in using.candidates(Plan(parse("ward therapy"), frozenset({"members"})))}
        asked_for_old = [each.key for each in using.candidates(Plan(parse("ward therapy order:old"), tokens))]
        tagged = Plan(parse("ward therapy"), tokens, (Condition("tags", "lists", ("icu",)),))
        old = {each.key for each in using.candidates(tagged)}
        numbers = dict(Document.objects.values_list("key", "pk"))
        asked_about = Condition("id", "in", tuple(numbers[key] for key in (3, 10, 50, 59)))
        some = {each.key for each in using.candidates(Plan(parse("ward therapy"), tokens, (asked_about,)))}

    newest = [key for key in range(59, 0, -1) if key % 10]
    # SQLite picks the newest first and then what this reader may see of them.
    assert common in (set(newest[:18]), set(newest[:20]))
    assert mixed[0] == 1 and set(mixed) == common | {1}
    assert few == {10, 20, 30, 40, 50, 60}
    assert asked_for_old == newest[::-1]
    assert old == set(range(1, 10))
    assert some == {3, 59}


@pytest.mark.django_db
def test_what_holds_several_of_many_common_words_is_found_however_old() -> None:
    texts = {1: "fever ward night", 2: "fever ward", 3: "ward night"} | {
        key: ("fever", "ward", "night")[key % 3] for key in range(4, 64)
    }
    with trial() as using:
        _bound(using, looks.Bounds(rare=5, scored=10, read=1_000))
        put([_text(key, text) for key, text in texts.items()], using)
        found = [each.key for each in using.candidates(Plan(parse("fever ward night"), frozenset({PUBLIC}), limit=10))]
        without = {
            each.key for each in using.candidates(Plan(parse("fever ward -night"), frozenset({PUBLIC}), limit=4))
        }

    assert found[0] == 1 and set(found[:3]) == {1, 2, 3}
    assert set(found[3:]) <= set(range(54, 64))
    assert 2 in without and not without & {1, 3}


@pytest.mark.django_db
def test_titles_are_found_as_they_are_now() -> None:
    with trial() as using:
        put(
            [_text(key, "", title) for key, title in {1: "Night ward", 2: "Old title", 3: "Nightly", 4: ""}.items()],
            using,
        )
        Document.objects.filter(key=2).update(title="night")
        Document.objects.filter(key=4).update(title="night fever")
        Document.objects.filter(key=1).update(title="")
        Document.objects.filter(key=3).delete()
        asked = {
            text: {each.key for each in using.candidates(Plan(parse(f"in:title {text}"), frozenset({PUBLIC})))}
            for text in ("night", "night*", "ward", "old", "ni* fever", "night -fever")
        }

    assert asked == {
        "night": {2, 4},
        "night*": {2, 4},
        "ward": set(),
        "old": set(),
        "ni* fever": {2, 4},
        "night -fever": {2},
    }


def test_looks_are_bounded() -> None:
    bounds = looks.Bounds(rare=100, scored=50, read=500)
    counts = {"a": 5, "b": 70, "c": 75, "d": 200, "e": 10_000}
    held = {Phrase((word,)): count for word, count in counts.items()}
    a, b, c, d, e = held
    found = looks.looks_for(held, bounds)

    assert (found.rare, found.paired) == ((a, b), (d, c))
    assert found.several == (looks.Either((looks.Both((d, looks.Either((c,)))),)),)
    assert found.newest == looks.Either((c, d, e))
    assert looks.looks_for({a: 3}, bounds) == looks.Looks((a,), (), (), None)
    assert looks.looks_for({e: 10_000}, bounds) == looks.Looks((), (), (), looks.Either((e,)))


def _bound(using: Engine, bounds: looks.Bounds) -> None:
    assert isinstance(using, sqlite.Sqlite | postgres.Postgres)
    using.bounds = bounds


def _text(key: int, body: str, title: str = "") -> Document:
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=key)
    return document(Kind.POST, key, title=title, body=body, bundle=f"thread:{key}", audience=PUBLIC, at=at)

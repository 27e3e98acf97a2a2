"""Words that nearly every document holds do not make a search slow, and do not hide what the other words find."""

from datetime import UTC, datetime, timedelta

import pytest

from community.core.audiences import PUBLIC, Viewer
from search import rarity
from search.documents.sources import document
from search.engines import Plan, sqlite
from search.evaluation import put, trial
from search.grammar import parse
from search.models import Kind


@pytest.mark.django_db
@pytest.mark.only_on("sqlite")  # PostgreSQL ranks otherwise
def test_the_newest_of_common_words_and_all_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rarity, "MOST_COUNTED", 40)
    monkeypatch.setattr(sqlite, "WINDOW", 20)
    monkeypatch.setattr(sqlite, "ENOUGH", 10)
    tokens = Viewer.anonymous().tokens
    day = datetime(2024, 1, 1, tzinfo=UTC)
    with trial("sqlite") as using:
        put(
            [
                document(
                    Kind.THREAD,
                    key,
                    title="Ward",
                    body="therapy oxygen" if key == 1 else "therapy",
                    bundle=f"thread:{key}",
                    audience=PUBLIC if key % 10 else "members",
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

    assert common == {key for key in range(41, 60) if key % 10}
    assert mixed[0] == 1 and set(mixed) == common | {1}
    assert few == {10, 20, 30, 40, 50, 60}
    assert len(asked_for_old) == 54

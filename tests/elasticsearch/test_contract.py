"""The search server answers what the engine in the database answers; the collection that is judged, too."""

from math import inf
from pathlib import Path
from typing import Any

import pytest

from community.core.audiences import viewer_of
from search import mirror, outbox, semantic
from search.evaluation import Collection, evaluate, trial
from search.searching import Request, search
from search.semantic import learning, scanning
from tests.factories.forums import make_thread, verified_member
from tests.search import contract

JUDGED = Path(contract.__file__).parent / "judged"


def test_the_server_keeps_the_contract(elastic: str) -> None:
    with trial("elasticsearch") as using:
        for answered, expected in contract.kept_by(using):
            assert answered == expected


@pytest.mark.skipif(not semantic._is_installed(), reason="the extra [semantic] is not installed")
def test_the_server_keeps_the_contract_by_meaning(elastic: str, settings: Any) -> None:
    settings.SEMANTIC_SEARCH = True
    scanning.forget()
    with trial("elasticsearch") as using:
        for answered, expected in contract.kept_by_meaning(using):
            assert answered == expected

    author = verified_member()
    reader = viewer_of(author)
    thread = make_thread(by=author, title="Myocardial infarction", source="Occlusion of an artery.")
    outbox.drain_all()
    while learning.learn():
        mirror.ship()

    response = search(Request("heart attack", reader, patience=inf))
    assert (response.engine, [group.best.key for group in response.groups]) == ("elasticsearch", [thread.pk])
    assert mirror.differences() == {}


def test_clinical_questions_are_answered_by_the_server(elastic: str) -> None:
    figures = evaluate(Collection.read(JUDGED))

    assert figures["engine"] == "elasticsearch"
    assert figures["ndcg@10"] >= 0.85
    assert figures["zero_result_rate"] == 0

"""The search server answers what the engine in the database answers; the collection that is judged, too."""

from pathlib import Path

from search.evaluation import Collection, evaluate, trial
from tests.search import contract

JUDGED = Path(contract.__file__).parent / "judged"


def test_the_server_keeps_the_contract(elastic: str) -> None:
    with trial("elasticsearch") as using:
        for answered, expected in contract.kept_by(using):
            assert answered == expected


def test_clinical_questions_are_answered_by_the_server(elastic: str) -> None:
    figures = evaluate(Collection.read(JUDGED))

    assert figures["engine"] == "elasticsearch"
    assert figures["ndcg@10"] >= 0.85
    assert figures["zero_result_rate"] == 0

"""The judged collection of our own, and the measures."""

from math import log2
from pathlib import Path

import pytest

from search.evaluation import Collection, average_precision, evaluate, ndcg, recall
from search.models import Document

JUDGED = Path(__file__).parent / "judged"


def test_measures() -> None:
    grades = {"a": 2, "b": 1}

    assert ndcg(["a", "b"], grades) == 1.0
    assert ndcg(["x", "a"], grades) == pytest.approx((3 / log2(3)) / (3 + 1 / log2(3)))
    assert average_precision(["a", "x", "b"], grades) == pytest.approx((1 + 2 / 3) / 2)
    assert recall(["b"], grades) == 0.5


@pytest.mark.django_db
def test_clinical_questions_find_their_answers() -> None:
    before = Document.objects.count()

    figures = evaluate(Collection.read(JUDGED))

    assert figures["ndcg@10"] >= 0.85
    assert figures["zero_result_rate"] <= 0.01
    assert Document.objects.count() == before

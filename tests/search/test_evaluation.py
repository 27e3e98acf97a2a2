"""The judged collection of our own, and the measures."""

from math import log2
from pathlib import Path

import pytest

from search.evaluation import Collection, Unreadable, average_precision, evaluate, ndcg, once_each, read_lines, recall
from search.models import Document

JUDGED = Path(__file__).parent / "judged"


def test_measures() -> None:
    grades = {"a": 2, "b": 1}

    assert ndcg(["a", "b"], grades) == 1.0
    assert ndcg(["x", "a"], grades) == pytest.approx((3 / log2(3)) / (3 + 1 / log2(3)))
    assert average_precision(["a", "x", "b"], grades) == pytest.approx((1 + 2 / 3) / 2)
    assert recall(["b"], grades) == 0.5


def test_collections_as_people_write_them(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text('{"_id": 1, "title": null, "text": "one"}\r\n{"_id": "1"}\r\n', newline="")
    (tmp_path / "queries.jsonl").write_text('\ufeff{"_id": 7, "text": "half \\ud83d"}\r\n\r\n', newline="")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\r\n7\t1\t2.0\r\n7\tx\t-1\r\n", newline="")

    collection = Collection.read(tmp_path)
    texts = list(once_each(read_lines(collection.corpus)))

    assert (collection.queries, collection.judged) == ({"7": "half ?"}, {"7": {"1": 2, "x": -1}})
    assert texts == [{"_id": "1", "title": "", "text": "one"}]
    assert ndcg(["x", "1"], collection.judged["7"]) < 1.0


@pytest.mark.parametrize(
    ("name", "line"), [("qrels.tsv", "7\t1\t2"), ("qrels.tsv", ""), ("queries.jsonl", '{"_id": 7')]
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, name: str, line: str) -> None:
    (tmp_path / "queries.jsonl").write_text("")
    (tmp_path / name).write_text(line)

    with pytest.raises(Unreadable, match=rf"{name}, line 1: "):
        Collection.read(tmp_path)


@pytest.mark.django_db
def test_clinical_questions_find_their_answers() -> None:
    before = Document.objects.count()

    figures = evaluate(Collection.read(JUDGED))

    assert figures["ndcg@10"] >= 0.85
    assert figures["zero_result_rate"] <= 0.01
    assert Document.objects.count() == before

"""Judged collections cut from published abstracts: `manage.py bench search_collections abstracts=FILE into=DIR`.

FILE holds a line `{"text", "question"}` for each abstract. DIR/questions asks for the passages (two sentences each) of
an abstract by its question, DIR/passages by its first passage, DIR/halves by its first half. All can be given to
`evaluate_search` and `bench search_peers`.
"""

import json
import re
from pathlib import Path
from typing import Any

SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9(])")
LINES_OF_A_PASSAGE = 2

# What is asked, and the passages that answer it.
Part = tuple[str, list[str]]


def run(abstracts: str, into: str) -> dict[str, Any]:
    """How many texts and questions each collection has."""
    read = map(json.loads, Path(abstracts).read_text(encoding="utf-8").splitlines())
    rows = [(str(row.get("question") or ""), passages(str(row["text"]))) for row in read]
    cut = {
        "questions": rows,
        "passages": [(kept[0], kept[1:]) for _asked, kept in rows if kept],
        "halves": [(" ".join(kept[: len(kept) // 2]), kept[len(kept) // 2 :]) for _asked, kept in rows],
    }
    return {name: _write(Path(into) / name, parts) for name, parts in cut.items()}


def passages(text: str) -> list[str]:
    """An abstract, two sentences at a time."""
    said = [each.strip() for each in SENTENCE_ENDS.split(text) if each.strip()]
    return [" ".join(said[start : start + LINES_OF_A_PASSAGE]) for start in range(0, len(said), LINES_OF_A_PASSAGE)]


def _write(folder: Path, parts: list[Part]) -> dict[str, int]:
    folder.mkdir(parents=True, exist_ok=True)
    texts, questions, grades = [], [], ["query-id\tcorpus-id\tscore\n"]
    for number, (asked, kept) in enumerate(part for part in parts if all(part)):
        questions.append({"_id": f"q{number}", "text": asked})
        for place, text in enumerate(kept):
            texts.append({"_id": f"a{number}-{place}", "title": "", "text": text})
            grades.append(f"q{number}\ta{number}-{place}\t1\n")
    _write_lines(folder / "corpus.jsonl", texts)
    _write_lines(folder / "queries.jsonl", questions)
    (folder / "qrels.tsv").write_text("".join(grades), encoding="utf-8")
    return {"texts": len(texts), "questions": len(questions)}


def _write_lines(file: Path, rows: list[dict[str, str]]) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")

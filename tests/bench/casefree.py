"""How well and how fast does the guard read?

`manage.py bench casefree [folder=DIR] [others=yes]`: always on the hand-written sets of `tests/casefree/sets`; with a
folder also on labelled texts that are not part of the repository (`identifiers.jsonl`, `single_identifier.jsonl`,
`visit_notes.jsonl`, `abstracts.jsonl`); with `others` beside other detectors, where requirements/bench.in is installed,
and the rules with the second reader of names (the extra `[casefree-ner]`, where installed) beside the rules without.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from math import log2
from pathlib import Path
from typing import Any

from community.casefree.outcomes import Outcome
from community.casefree.screening import screen
from community.config.guard import is_installed
from demo.texts import spaces
from tests.bench.casefree_others import detectors, names_read_twice
from tests.casefree.measuring import STOPPED, blocked, is_stopped, stopped
from tests.casefree.sets import batch, lines, ordinary_threads, surface_of, violating_threads
from tests.casefree.test_laws import PUMPED
from tests.casefree.texts import PASSES

FILES = ("identifiers", "single_identifier", "visit_notes", "abstracts")
CHAT_LINE, POST = 25, 300
#: Of the batches that came last: what the second reader of names is told with.
BATCHES = (7, 8)
#: Short and long; the pumped strings are those of the test.
SHORT, LONG = 4_000, 16_000


def run(folder: str = "", others: str = "") -> dict[str, Any]:
    """Recall by kind of identifier, shares of each outcome, times in milliseconds of one core."""
    found: dict[str, Any] = {"own_sets": _own_sets(), "speed": _speed(), "linearity": _linearity()}
    for name in FILES:
        path = Path(folder) / f"{name}.jsonl"
        if folder and path.exists():
            found[name] = _measure(list(_rows(path)))
    if others and folder:
        rows = list(_rows(Path(folder) / "identifiers.jsonl"))
        found["side_by_side"] = {name: _beside(detect, rows) for name, detect in detectors().items()}
    if others and is_installed():
        found["names_read_twice"] = {name: _twice(texts) for name, texts in _sets_of_names().items()}
    return found


def _sets_of_names() -> dict[str, list[tuple[str, str]]]:
    """Text and surface of identifiers and of what is harmless."""
    names = ("direct", "legitimate")
    own = {name: [(text, "post") for text in lines(name)] for name in names}
    return own | {f"blind_{number} {name}": batch(number, name) for number in BATCHES for name in names}


def _twice(texts: list[tuple[str, str]]) -> dict[str, Any]:
    """How many of a set pass, and the mean time, by the rules alone and with the second reader."""
    alone = _outcomes(texts)
    with names_read_twice():
        return {"texts": len(texts), "rules": alone, "with_names": _outcomes(texts)}


def _outcomes(texts: list[tuple[str, str]]) -> dict[str, float]:
    began = time.process_time()
    counts = Counter[str](screen(text, surface).outcome for text, surface in texts)
    return {**dict(counts), "ms_a_text": round(1_000 * (time.process_time() - began) / len(texts), 2)}


def _own_sets() -> dict[str, Any]:
    demo = [post.text for space in spaces() for thread in space.threads for post in thread.posts]
    posts = [*lines("legitimate"), *PASSES, *demo]
    adversarial = lines("adversarial")
    return {
        "legitimate": len(posts),
        "wrongly_blocked": len(blocked(posts)),
        "wrongly_held": len(stopped(posts)) - len(blocked(posts)),
        "settings_stopped": len(stopped(lines("settings"), "practice_setting")),
        "direct_missed": [len(lines("direct")) - len(stopped(lines("direct"))), len(lines("direct"))],
        "stories_missed": [len(lines("stories")) - len(stopped(lines("stories"))), len(lines("stories"))],
        "adversarial_stopped": [
            sum(screen(text, surface_of(text)).outcome in STOPPED for text in adversarial),
            len(adversarial),
        ],
        "threads_stopped": [sum(map(is_stopped, violating_threads())), len(violating_threads())],
        "ordinary_threads_stopped": [sum(map(is_stopped, ordinary_threads())), len(ordinary_threads())],
    }


def _measure(rows: list[dict[str, Any]]) -> dict[str, Any]:
    planted, hit = Counter[str](), Counter[str]()
    outcomes: dict[str, Counter[str]] = {"with_identifier": Counter(), "without": Counter(), "questions": Counter()}
    for row in rows:
        outcome = screen(row["text"])
        outcomes["with_identifier" if row.get("identifiers") else "without"][outcome.outcome] += 1
        if "question" in row:
            outcomes["questions"][screen(row["question"]).outcome] += 1
        for identifier in row.get("identifiers", ()):
            planted[identifier["identifier_type"]] += 1
            hit[identifier["identifier_type"]] += _is_covered(row["text"], identifier["value"], _spans(outcome))
    return {
        "outcomes": {name: dict(counts) for name, counts in outcomes.items() if counts},
        "recall": round(hit.total() / planted.total(), 4) if planted else None,
        "recall_by_type": {kind: f"{hit[kind]}/{count}" for kind, count in planted.most_common()},
    }


def _beside(detect: Callable[[str], list[tuple[int, int]]], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Recall of planted identifiers, share of harmless texts flagged, and mean time."""
    began = time.perf_counter()
    spans = [detect(row["text"]) for row in rows]
    seconds = time.perf_counter() - began
    each = list(zip(rows, spans, strict=True))
    planted = [(row["text"], one["value"], found) for row, found in each for one in row["identifiers"]]
    harmless = [bool(found) for row, found in each if not row["identifiers"]]
    return {
        "recall": round(sum(_is_covered(*one) for one in planted) / len(planted), 4),
        "harmless_flagged": [sum(harmless), len(harmless)],
        "ms_a_text": round(1_000 * seconds / len(rows), 2),
    }


def _is_covered(text: str, value: str, spans: list[tuple[int, int]]) -> bool:
    start = text.find(value)
    return any(low < start + len(value) and start < high for low, high in spans)


def _spans(outcome: Outcome) -> list[tuple[int, int]]:
    return [(finding.start, finding.end) for finding in outcome.findings]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as texts:
        yield from (json.loads(line) for line in texts if line.strip())


def _speed() -> dict[str, float]:
    words = " ".join(lines("legitimate")).split()
    chats = [" ".join(words[at : at + CHAT_LINE]) for at in range(0, len(words) - CHAT_LINE, CHAT_LINE)]
    posts = [" ".join((words[at:] + words)[:POST]) for at in range(0, len(words), 40)]
    return {"chat_line_p95_ms": _p95(chats), "post_300_words_p95_ms": _p95(posts)}


def _p95(texts: list[str]) -> float:
    screen(texts[0])
    return round(sorted(_milliseconds(text) for text in texts)[int(0.95 * len(texts))], 2)


def _milliseconds(text: str) -> float:
    """Of one core, the better of two."""
    times = []
    for _ in range(2):
        began = time.process_time()
        screen(text)
        times.append(1_000 * (time.process_time() - began))
    return min(times)


def _linearity() -> dict[str, dict[str, float]]:
    """Of pumped strings of 16,000 characters the five slowest, in milliseconds, and the five that grow most."""
    short = {unit: max(0.1, _milliseconds(unit * (SHORT // len(unit)))) for unit in PUMPED}
    long = {unit: _milliseconds(unit * (LONG // len(unit))) for unit in PUMPED}
    doubling = {unit: round((long[unit] / short[unit]) ** (1 / log2(LONG / SHORT)), 2) for unit in PUMPED}
    return {"slowest_ms": _highest(long), "a_doubling": _highest(doubling)}


def _highest(figures: dict[str, float]) -> dict[str, float]:
    return {unit: round(figure, 2) for unit, figure in sorted(figures.items(), key=lambda item: -item[1])[:5]}

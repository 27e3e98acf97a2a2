"""`manage.py bench gist_weights [folder=DIR]`: the weights of the English pack's `gist`, and how far they carry.

A logistic regression over the hand-written sets and, with `folder`, over the harmless development queries. Before the
weights it prints what batches do that the fit has not seen: each is left out once. Nothing is written; whoever takes
the weights over puts them into the pack and raises RULES_VERSION.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator
from math import exp
from pathlib import Path
from typing import Any, NamedTuple

from community.casefree.gist import SHORT, counts_of, is_of_somebody
from community.casefree.narrative import definite_people, is_a_study, is_fiction
from community.casefree.packs import FOLDER
from community.casefree.reading import read
from demo.texts import spaces
from tests.bench.site import ROOT
from tests.casefree.sets import batch, lines
from tests.casefree.texts import PASSES

BATCHES = (3, 4, 5)
ROUNDS, STEP, SHRINK = 700, 0.5, 0.001
#: A wrong hold costs trust, a missed story a patient; there are about as many of each here.
WEIGHT_OF_HARMLESS = 1.2

Row = tuple[float, ...]


class Text(NamedTuple):
    """Counts of one text, whether it tells a story, and which set it is of."""

    row: Row
    is_story: bool
    of: str
    #: Nobody who is ill is in it: whatever the weights, it is no story.
    is_of_nobody: bool


def run(folder: str = "") -> dict[str, Any]:
    texts = list(_texts(folder))
    bias, weights = _fitted(texts)
    return {
        "texts": len(texts),
        "fitted": _misses(texts, bias, weights),
        "unseen": {f"batch {number}": _without(texts, f"batch {number}") for number in BATCHES},
        "unseen collegial": _without(texts, "collegial"),
        "demo": _misses([text for text in texts if text.of == "demo"], bias, weights),
        "bias": round(bias, 2),
        "weights": dict(zip(names(), (round(weight, 2) for weight in weights), strict=True)),
    }


def names() -> list[str]:
    """The kinds in the order in which they are counted."""
    data = tomllib.loads((FOLDER / "en.toml").read_text(encoding="utf-8"))["gist"]
    return [*data["words"], "regular", *data["patterns"], "questions", "definite", "cues", "counters"]


def _texts(folder: str) -> Iterable[Text]:
    told = [(text, "sets") for text in lines("stories")]
    harmless = [(text, "sets") for text in (*lines("legitimate"), *PASSES)]
    harmless += [(text, "collegial") for text in lines("collegial")]
    harmless += [(text, "demo") for text in _demo()]
    for number in BATCHES:
        told += [(text, f"batch {number}") for text, _surface in batch(number, "stories")]
        harmless += [(text, f"batch {number}") for text, _surface in batch(number, "legitimate")]
    if folder:
        harmless += [(text, "development") for text in _harmless_queries(Path(folder))]
    # What the gist does not weigh is left out: other languages, studies, inventions, long texts.
    for rows, is_story in ((told, True), (harmless, False)):
        for text, of in rows:
            reading = read(text)
            words = reading.pack.gist
            if words and not is_a_study(reading) and not is_fiction(reading) and reading.small.count(" ") < SHORT:
                counts = counts_of(reading, words, definite_people(reading))
                row = tuple(min(most, counts[kind]) for kind, (_, most) in enumerate(words.weights))
                yield Text(row, is_story, of, not is_of_somebody(words, counts))


def _demo() -> Iterator[str]:
    """What posts, write-ups, checks and bulletins of the demo say, paragraph by paragraph."""
    yield from (post.text for space in spaces() for thread in space.threads for post in thread.posts)
    for path in sorted((ROOT / "demo" / "content").glob("*.toml")):
        if path.name != "rooms.toml":
            for text in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
                yield from (part for part in text.split("\n\n") if part.count(" ") > 2)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value


def _harmless_queries(folder: Path) -> Iterable[str]:
    for line in (folder / "identifiers.jsonl").read_text(encoding="utf-8").splitlines():
        query = json.loads(line)
        if not query["identifiers"]:
            yield query["text"]


# --- The regression --------------------------------------------------------------------------------------------


def _fitted(texts: list[Text]) -> tuple[float, list[float]]:
    """Weights that lessen the loss, shrunk a little; plain descent, each text in its share."""
    texts = [text for text in texts if not text.is_of_nobody]
    size = len(texts[0].row)
    bias, weights = 0.0, [0.0] * size
    total = sum(1.0 if text.is_story else WEIGHT_OF_HARMLESS for text in texts)
    pace, pace_of_bias = [0.0] * size, 0.0
    for _ in range(ROUNDS):
        slope, slope_of_bias = [SHRINK * weight for weight in weights], 0.0
        for text in texts:
            told = 1 / (1 + exp(-max(-30.0, min(30.0, _sum(bias, weights, text.row)))))
            off = (told - 1.0 if text.is_story else WEIGHT_OF_HARMLESS * told) / total
            slope_of_bias += off
            for at, count in enumerate(text.row):
                if count:
                    slope[at] += off * count
        pace_of_bias = 0.9 * pace_of_bias - STEP * slope_of_bias
        pace = [0.9 * p - STEP * s for p, s in zip(pace, slope, strict=True)]
        bias += pace_of_bias
        weights = [w + p for w, p in zip(weights, pace, strict=True)]
    return bias, weights


def _sum(bias: float, weights: list[float], row: Row) -> float:
    return bias + sum(weight * count for weight, count in zip(weights, row, strict=True) if count)


def _without(texts: list[Text], of: str) -> dict[str, str]:
    bias, weights = _fitted([text for text in texts if text.of != of])
    return _misses([text for text in texts if text.of == of], bias, weights)


def _misses(texts: list[Text], bias: float, weights: list[float]) -> dict[str, str]:
    stories = [text for text in texts if text.is_story]
    harmless = [text for text in texts if not text.is_story]
    missed = sum(text.is_of_nobody or _sum(bias, weights, text.row) <= 0 for text in stories)
    held = sum(not text.is_of_nobody and _sum(bias, weights, text.row) > 0 for text in harmless)
    return {"stories missed": f"{missed} of {len(stories)}", "harmless held": f"{held} of {len(harmless)}"}

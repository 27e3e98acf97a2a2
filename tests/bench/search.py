"""Times of searching and indexing on made-up posts: `manage.py bench search [posts=20000] [engine=elasticsearch]`.

`bound` is how many documents with rare words are scored; in the database the common words are also measured as if
nothing were bounded. Everything happens in temporary tables that stand before the real ones, and in an index of its own
on the search server, through the code that members use.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from statistics import quantiles
from time import perf_counter
from typing import Any, TypeGuard

from community.core.audiences import MEMBERS, PUBLIC, VERIFIED, Viewer
from community.core.clock import now
from search.documents.sources import document
from search.engines import Engine, Plan
from search.engines.looks import Bounds
from search.engines.postgres import Postgres
from search.engines.sqlite import Sqlite
from search.evaluation import put, settle, trial
from search.grammar import Filter, Phrase, Query
from search.highlighting import snippet
from search.models import Document, Kind
from search.searching import Request, find, search
from search.vocabulary import abbreviations
from tests.bench.site import load

READER = Viewer(None, frozenset({PUBLIC, MEMBERS, VERIFIED}))
UNBOUNDED = Bounds(rare=10**9, scored=10**9, read=10**9)
COMMON = ["therapy", "clinic", "treatment", "ward", "study", "hospital", "dose", "blood", "care", "team"]


def run(posts: str = "20000", queries: str = "200", engine: str = "", bound: str = "0") -> dict[str, Any]:
    """Index so many posts and ask so many questions of two to four words, with facets and marked words."""
    chance = random.Random(7)
    words = _words(chance)
    with trial(engine or None) as using:
        if int(bound) and is_bounded(using):
            using.bounds = replace(using.bounds, rare=int(bound), scored=min(using.bounds.scored, int(bound)))
        started = perf_counter()
        _fill(int(posts), words, chance, using)
        settle(using)
        indexed = perf_counter() - started
        rare = [" ".join(chance.sample(words, chance.randint(2, 4))) for _each in range(int(queries))]
        common = [" ".join(chance.sample(COMMON, 2)) for _each in range(20)]
        typed = [chance.choice(words)[: chance.randint(3, 6)] for _each in range(int(queries))]
        return {
            "engine": using.name,
            "posts": int(posts),
            "indexed_per_s": round(int(posts) / indexed),
            "usual_words_ms": _times(lambda text: _search(text, using), rare),
            "common_words_ms": _times(lambda text: _search(text, using), common),
            "common_words_unbounded_ms": _unbounded(using, common),
            "suggestions_ms": _times(lambda text: _suggest(text, using), typed),
            "load": load(),
        }


def _search(text: str, using: Engine) -> None:
    response = search(Request(text, READER), using, gate=lambda viewer, candidates: candidates)
    for group in response.groups:  # The words of a hit come from its source, which a trial has not: its terms stand in.
        snippet(group.best.title, response.sought)


def _suggest(text: str, using: Engine) -> None:
    query = Query(required=((Phrase((text,), True),),), filters=(Filter("in", "title"),))
    find(Plan(query, READER.tokens, limit=40), READER, using, gate=lambda viewer, candidates: candidates)


def _times(ask: Callable[[str], None], questions: list[str]) -> dict[str, float]:
    times = []
    for question in questions:
        started = perf_counter()
        ask(question)
        times.append((perf_counter() - started) * 1000)
    return figures_of(times)


def figures_of(times: list[float]) -> dict[str, float]:
    cuts = quantiles(times, n=100)
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1)}


def _unbounded(using: Engine, questions: list[str]) -> dict[str, float] | None:
    if not is_bounded(using):
        return None
    kept, using.bounds = using.bounds, UNBOUNDED
    try:
        return _times(lambda text: _search(text, using), questions)
    finally:
        using.bounds = kept


def is_bounded(using: Engine) -> TypeGuard[Sqlite | Postgres]:
    """Whether it is an engine in the database, which looks at some of what matches."""
    return isinstance(using, Sqlite | Postgres)


def _words(chance: random.Random) -> list[str]:
    known = {word for senses in abbreviations().values() for sense in senses for word in sense.split()}
    made = {
        "".join(chance.choice("bcdfglmnprst") + chance.choice("aeiou") for _part in range(4)) for _word in range(6000)
    }
    return sorted(known | made)


def _fill(posts: int, words: list[str], chance: random.Random, using: Engine) -> None:
    weights = [1 / (rank + 5) for rank in range(len(words))]
    chance.shuffle(words)
    for start in range(0, posts, 500):
        put([_post(key, words, weights, chance) for key in range(start, min(start + 500, posts))], using)


def _post(key: int, words: list[str], weights: list[float], chance: random.Random) -> Document:
    text = chance.choices(words, weights, k=60) + chance.sample(COMMON, 4)
    return document(
        Kind.THREAD,
        key,
        title=" ".join(text[:6]),
        body=" ".join(text),
        bundle=f"thread:{key // 4}",
        audience=chance.choice((PUBLIC, MEMBERS, VERIFIED, "space:1")),
        tags=f" {text[0]} ",
        at=now(),
    )

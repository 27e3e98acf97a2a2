"""What the bounds of the first look save and what they cost: `manage.py bench search_bounds [queries=40]`.

In the install's own index, as search_there: the same questions with the bounds and without them, in turn, so that both
meet the same load. `cpu_ms` is of the engine alone. `kept` is what the ten best together score, of what they score
where everything is looked at: in the mean, and the least of all questions.
"""

import random
from collections import Counter
from statistics import fmean
from time import perf_counter, process_time
from typing import Any

from django.db import connection

from search import vocabulary
from search.conditions import read
from search.engines import Engine, Plan, embedded
from search.models import Document
from search.ranking import ranked
from tests.bench.search import READER, UNBOUNDED, figures_of, is_bounded
from tests.bench.search_there import texts_of
from tests.bench.site import load


def run(queries: str = "40", seed: str = "7") -> dict[str, Any]:
    """So many questions of two to four words, a third as many of two of the commonest, and of eight to eighteen."""
    chance, count = random.Random(int(seed)), int(queries)
    texts = texts_of(chance, 400)
    words = sorted({word for text in texts for word in text})
    common = [word for word, _count in Counter(word for text in texts for word in set(text)).most_common(12)]
    asked = {
        "usual_words": [" ".join(chance.sample(words, chance.randint(2, 4))) for _each in range(count)],
        "common_words": [" ".join(chance.sample(common, 2)) for _each in range(count // 3)],
        "many_words": [" ".join(chance.sample(words, chance.randint(8, 18))) for _each in range(count // 3)],
    }
    return (
        {"documents": Document.objects.count()} | {name: _both(some) for name, some in asked.items()} | {"load": load()}
    )


def _both(questions: list[str]) -> dict[str, Any]:
    plans = [_plan(question) for question in questions]
    pairs = [(_asked(plan, embedded()), _asked(plan, _unbounded())) for plan in plans]
    kept = [bounded / whole for (_cpu, bounded), (_whole_cpu, whole) in pairs if whole]
    return {
        "cpu_ms": figures_of([bounded for (bounded, _score), _whole in pairs]),
        "cpu_unbounded_ms": figures_of([whole for _bounded, (whole, _score) in pairs]),
        "kept": round(fmean(kept), 3),
        "kept_least": round(min(kept), 3),
    }


def _asked(plan: Plan, using: Engine) -> tuple[float, float]:
    """The ms that the engine computed (PostgreSQL: that it took), and what the ten best score in all."""
    clock = process_time if connection.vendor == "sqlite" else perf_counter
    started = clock()
    found = using.candidates(plan)
    computed = (clock() - started) * 1000
    return computed, sum(each.score for each in ranked(found, plan)[:10])


def _unbounded() -> Engine:
    using = embedded()
    if is_bounded(using):
        using.bounds = UNBOUNDED
    return using


def _plan(text: str) -> Plan:
    query = read(text, READER)
    also = vocabulary.also_searched(query, vocabulary.chips(query, frozenset(), {}))
    return Plan(query, READER.tokens, also=also)

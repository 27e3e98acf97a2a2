"""Times of searching in the install's own index, whatever it holds: `manage.py bench search_there [queries=100]`.

For a community filled by `manage.py demo --posts 1000000` and brought up to date by `manage.py reindex`. Questions are
words of its own posts; each answer is what the page shows: checked against the database, six facets, marked words.
`cpu_ms` is what the program itself computed, which tells more than the time where others use the machine as well.
"""

import random
import re
from collections import Counter
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

from django.db import connection

from forums.models import Post
from search import showing, suggesting
from search.analysis import is_stop_word
from search.models import Document
from search.searching import Request, search
from tests.bench.search import READER, figures_of
from tests.bench.site import load

WORD = re.compile(r"[a-z]{4,}")


def run(queries: str = "100", seed: str = "7") -> dict[str, Any]:
    """So many questions of two to four words, twenty of two of the commonest, and as many beginnings of words."""
    chance = random.Random(int(seed))
    texts = texts_of(chance, 400)
    words = sorted({word for text in texts for word in text})
    common = [word for word, _count in Counter(word for text in texts for word in set(text)).most_common(12)]
    usual = [" ".join(chance.sample(words, chance.randint(2, 4))) for _each in range(int(queries))]
    everywhere = [" ".join(chance.sample(common, 2)) for _each in range(20)]
    typed = [chance.choice(words)[: chance.randint(3, 6)] for _each in range(int(queries))]
    return {
        "documents": Document.objects.count(),
        "load_before": load(),
        "usual_words_ms": _times(_search, usual),
        "common_words_ms": _times(_search, everywhere),
        "suggestions_ms": _times(lambda text: suggesting.suggestions(text, READER), typed),
        "common": common,
        "slowest": _slowest([*usual, *everywhere]),
        "index_mb": _size(),
        "load": load(),
    }


def texts_of(chance: random.Random, count: int) -> list[list[str]]:
    """The words of so many posts, drawn by their numbers."""
    first, last = (Post.objects.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))
    numbers = [chance.randint(first, last) for _each in range(count)]
    found = Post.objects.filter(pk__in=numbers).values_list("plain", flat=True)
    return [[word for word in WORD.findall(text.lower()) if not is_stop_word(word)] for text in found]


def _search(text: str) -> None:
    response = search(Request(text, READER, by_meaning=False))
    showing.rows(response, READER)


def _times(ask: Callable[[str], object], questions: list[str]) -> dict[str, Any]:
    times, cpu = [], []
    for question in questions:
        computed = process_time()
        times.append(_timed(ask, question))
        cpu.append((process_time() - computed) * 1000)
    return {**figures_of(times), "cpu_ms": figures_of(cpu)}


def _timed(ask: Callable[[str], object], question: str) -> float:
    started = perf_counter()
    ask(question)
    return (perf_counter() - started) * 1000


def _slowest(questions: list[str]) -> list[str]:
    """The three that take longest when asked again, with their ms and how much was found."""
    times = sorted(((_timed(_search, question), question) for question in questions), reverse=True)[:3]
    return [f"{question}: {time:.0f} ms" for time, question in times]


def _size() -> int | None:
    """What the full text takes beside the documents, in MB; SQLite only."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(length(block)) FROM search_fts_data")
        return int((cursor.fetchone()[0] or 0) / 2**20)

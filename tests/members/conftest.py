"""A guard for these tests: it blocks one word, so that what screens and what does not is plain to see."""

from collections.abc import Iterator

import pytest

from community.core import screening

FORBIDDEN = "forbidden"


def block_one_word(text: str, surface: str) -> tuple[screening.Level, list[tuple[int, int, str, str]]]:
    if FORBIDDEN not in text:
        return "pass", []
    start = text.index(FORBIDDEN)
    return "block", [(start, start + len(FORBIDDEN), "number", "a test word")]


@pytest.fixture
def blocking_guard() -> Iterator[None]:
    installed = list(screening._installed)
    screening.install_screener(block_one_word)
    yield
    screening._installed[:] = installed

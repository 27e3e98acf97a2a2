"""The vector of a question, if it can be had without letting its reader wait."""

import logging
from threading import Thread
from time import perf_counter

from django.db import connection

from search import semantic
from search.grammar import Query, prose
from search.languages import likely_languages
from search.semantic import model, scanning

log = logging.getLogger(__name__)

# A question of 16 tokens takes about 12 ms, a post of 100 words 50 ms; where the machine is busy, words must do.
PATIENCE = 0.15
FIRST_GUESS = 0.0006
SMOOTHING = 0.2

_seconds_for_a_token = FIRST_GUESS
_warming: Thread | None = None


def meaning_of(text: str, query: Query, patience: float = PATIENCE) -> tuple[float, ...]:
    """The vector of a question; empty where words must do: a list by date, words in the title, a language that the
    model does not know, no model yet, or no time."""
    if not semantic.is_on() or query.order != "relevance" or query.in_title or not query.sought:
        return ()
    said = prose(text)
    if not said or likely_languages(said) or (not said.isascii() and _is_foreign(said)):
        return ()
    if patience < float("inf") and not is_warm():
        warm()
        return ()
    return _measured(said, patience)


def is_warm() -> bool:
    return model.is_loaded() and scanning.is_loaded()


def warm() -> None:
    """Load the model and the vectors beside what is going on; until then words must do."""
    global _warming
    if _warming is None or not _warming.is_alive():
        _warming = Thread(target=_load, name="search-by-meaning", daemon=True)
        _warming.start()


def _load() -> None:
    try:
        model.model()
        scanning.refresh()
    except Exception as error:  # Words go on without it.
        log.error("search by meaning cannot start", extra={"kind": type(error).__name__}, exc_info=True)
    finally:
        connection.close()


def _measured(said: str, patience: float) -> tuple[float, ...]:
    """How long a token takes is learned from question to question."""
    global _seconds_for_a_token
    tokens = model.model().tokens(said)
    if len(tokens) * _seconds_for_a_token > patience:
        _seconds_for_a_token -= SMOOTHING * (_seconds_for_a_token - FIRST_GUESS)  # It is tried again later.
        return ()
    began = perf_counter()
    vector = model.model().vector(tokens)
    took = (perf_counter() - began) / len(tokens)
    _seconds_for_a_token += SMOOTHING * (took - _seconds_for_a_token)
    return tuple(float(each) for each in vector)


def _is_foreign(said: str) -> bool:
    """Most letters are of another script than ours."""
    letters = [each for each in said if each.isalpha()]
    return sum(each > "\u024f" for each in letters) * 2 > len(letters)

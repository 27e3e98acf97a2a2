"""What the guard does with whole sets of texts; used by the tests and by the bench."""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from community.casefree.mosaic import Told, summed
from community.casefree.outcomes import Outcome
from community.casefree.screening import screen, screen_in_thread

STOPPED = frozenset({"hold", "block"})


@cache
def outcome_of(text: str, surface: str = "post") -> Outcome:
    """The outcome, worked out once for all tests that ask."""
    return screen(text, surface)


def stopped(texts: Iterable[str], surface: str = "post") -> list[str]:
    """Texts that are held or blocked."""
    return [text for text in texts if outcome_of(text, surface).outcome in STOPPED]


def blocked(texts: Iterable[str], surface: str = "post") -> list[str]:
    """Texts that are blocked."""
    return [text for text in texts if outcome_of(text, surface).outcome == "block"]


def thread_outcomes(posts: list[str], *, rules_only: bool = False) -> list[Outcome]:
    """The posts of one author in one thread, each with those before it in mind."""
    told, outcomes = Told(), []
    for before, text in pairwise(["", *posts]):
        outcome = screen_in_thread(before, text, rules_only=rules_only)
        outcomes.append(summed(outcome, told, text))
        told = told.with_more(outcome)
    return outcomes


def is_stopped(posts: list[str], *, rules_only: bool = False) -> bool:
    """A post of the thread is held or blocked."""
    return any(outcome.outcome in STOPPED for outcome in thread_outcomes(posts, rules_only=rules_only))

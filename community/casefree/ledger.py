"""Screening with memory: what an author told in a thread, and of definite people in all threads, over 90 days."""

from datetime import timedelta

from community.casefree.models import Telling
from community.casefree.mosaic import Told, summed
from community.casefree.outcomes import Outcome
from community.casefree.screening import screen_after
from community.core.clock import now
from community.core.screening import Context, Level, Span

KEPT = timedelta(days=90)


def told_in(author: int, thread: str) -> Told:
    """What the author told in this thread."""
    return _told(
        Telling.objects.filter(author=author, thread=thread, at__gt=now() - KEPT).values_list("category", "definite")
    )


def told_elsewhere(author: int) -> Told:
    """What the author told of people who were there, in any thread."""
    rows = Telling.objects.filter(author=author, definite=True, at__gt=now() - KEPT)
    return _told(rows.values_list("category", "definite"))


def screen_with_memory(text: str, surface: str, context: Context) -> tuple[Level, list[Span]]:
    """Screen words of a thread, add them up with what was told before, and remember their categories.

    Runs in the transaction of the write: words that are refused leave nothing behind.
    """
    outcome = screen_after(context.before, text, surface)
    if outcome.categories:
        told = told_in(context.author, context.thread)
        plain, outcome = outcome, summed(outcome, told, text)
        if plain.definite:
            outcome = summed(outcome, told_elsewhere(context.author), text)
        if outcome.outcome != "block":
            remember(plain, context)
    return outcome.outcome, [(f.start, f.end, f.kind, f.reason, f.rewrite) for f in outcome.findings]


def remember(outcome: Outcome, context: Context) -> None:
    """Keep the categories, and that a thread came to be about somebody definite."""
    rows = [
        Telling(author_id=context.author, thread=context.thread, category=category, definite=outcome.definite)
        for category in sorted(outcome.categories)
    ]
    Telling.objects.bulk_create(rows, ignore_conflicts=True)
    if outcome.definite:
        Telling.objects.filter(author=context.author, thread=context.thread).update(definite=True)


def _told(rows: object) -> Told:
    categories = list(rows)  # type: ignore[call-overload]
    return Told(frozenset(name for name, _definite in categories), any(definite for _name, definite in categories))

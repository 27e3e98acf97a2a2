"""Screening with memory: what an author told in a thread, and of definite people in all threads, over 90 days."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django.db.models import Q

from community.casefree.indirect import PERSON
from community.casefree.learned import KEPT_PARTS
from community.casefree.models import Telling
from community.casefree.mosaic import Told, summed
from community.casefree.outcomes import Outcome
from community.casefree.screening import screen_in_thread
from community.core.clock import now
from community.core.screening import Context, Level, Span

KEPT = timedelta(days=90)
#: Stands before a category that counts only within its thread, once somebody is known there.
ATTACHED = "+"
#: Stands before the number of a post and how much it read like a part of what is told of one person.
PART = "~"
#: For this long: in a room one goes on to tell of others.
ATTACHED_KEPT = timedelta(days=7)


def told_in(author: int, thread: str) -> Told:
    """What the author told in this thread."""
    rows = Telling.objects.filter(author=author, thread=thread, at__gt=now() - KEPT)
    of_a_thread = Q(category__startswith=ATTACHED) | Q(category__startswith=PART)
    old = of_a_thread & Q(at__lte=now() - ATTACHED_KEPT)
    return _told(rows.exclude(old).values_list("category", "definite"))


def told_elsewhere(author: int) -> Told:
    """What the author told of people who were there, in any thread."""
    rows = Telling.objects.filter(author=author, definite=True, at__gt=now() - KEPT)
    return _told(
        rows.exclude(Q(category__startswith=ATTACHED) | Q(category__startswith=PART)).values_list(
            "category", "definite"
        )
    )


def screen_with_memory(text: str, surface: str, context: Context) -> tuple[Level, list[Span]]:
    """Screen words of a thread, add them up with what was told before, and remember their categories.

    Runs in the transaction of the write: words that are refused leave nothing behind.
    """
    outcome = screen_in_thread(context.before, text, surface)
    if outcome.categories or outcome.attached or outcome.part:
        told = told_in(context.author, context.thread)
        plain, outcome = outcome, summed(outcome, told, text)
        if plain.definite:
            outcome = summed(replace(outcome, attached=frozenset(), part=0), told_elsewhere(context.author), text)
        if outcome.outcome != "block":
            remember(plain, context, told.posts)
    return outcome.outcome, [(f.start, f.end, f.kind, f.reason, f.rewrite) for f in outcome.findings]


def remember(outcome: Outcome, context: Context, posts: int = 0) -> None:
    """Keep the categories, that a thread came to be about somebody definite, and how much this post of it reads like a part."""
    definite = outcome.definite or PERSON in outcome.attached
    names = sorted(outcome.categories) + sorted(ATTACHED + name for name in outcome.attached - outcome.categories)
    names += [f"{PART}{posts + 1}:{outcome.part}"] if outcome.part else []
    rows = [
        Telling(author_id=context.author, thread=context.thread, category=name, definite=definite) for name in names
    ]
    Telling.objects.bulk_create(rows, ignore_conflicts=True)
    if definite:
        Telling.objects.filter(author=context.author, thread=context.thread).update(definite=True)


def _told(rows: Iterable[tuple[str, bool]]) -> Told:
    names, definite = set(), False
    for name, is_definite in rows:
        names.add(name)
        definite = definite or is_definite
    attached = {name for name in names if name.startswith(ATTACHED)}
    parts = sorted(tuple(map(int, name[1:].split(":"))) for name in names if name.startswith(PART))
    return Told(
        frozenset(name for name in names if name[0] not in {ATTACHED, PART}),
        frozenset(name.removeprefix(ATTACHED) for name in attached),
        definite,
        tuple(part for _number, part in parts[-KEPT_PARTS:]),
        parts[-1][0] if parts else 0,
    )

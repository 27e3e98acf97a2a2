"""What changes the guard's memory: old content screened again, old categories forgotten, holds noted and settled."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from community.casefree import outcomes
from community.casefree.contents import Content, Row, contents
from community.casefree.ledger import KEPT, told_elsewhere
from community.casefree.models import Hold, Sweep, Telling
from community.casefree.mosaic import summed
from community.casefree.outcomes import Level
from community.casefree.screening import RULES_VERSION, screen
from community.core.actors import Actor
from community.core.clock import now
from community.core.events import record
from community.core.screening import Finding

BATCH = 200


@transaction.atomic
def sweep(*, by: Actor) -> int:
    """Screen the next rows of every kind of content with the present rules; returns how many were looked at."""
    # no-require: the clock does this, nobody asks for it
    done = Sweep.objects.filter(version=RULES_VERSION).exclude(done_at=None)
    names = set(done.values_list("content", flat=True))
    return sum(_sweep(content, by=by) for content in contents() if content.name not in names)


@transaction.atomic
def forget_old_categories(*, by: Actor) -> int:
    """Delete what was told more than 90 days ago."""
    # no-require: the clock does this, nobody asks for it; no-record: categories are no one's deed
    deleted, _rows = Telling.objects.filter(at__lte=now() - KEPT).delete()
    return deleted


@transaction.atomic
def tell_document(thread: str, words: Mapping[str, tuple[str, str]], *, by: Any) -> list[Finding]:
    """Add up what a document tells of people who were there: over its places, and with what its author told elsewhere.

    `words` are surface and text by place. A document is what it says now, so it replaces what it said before in the
    ledger, for whoever sent it. Returns where it comes to say too much; a human looks there. Only sentences about one
    person count: the town, hospital and dates of a setting do not, nor what a sentence may tell of somebody else.
    """
    # no-require: part of the operation that takes the document; no-record: that operation leaves the event
    Telling.objects.filter(thread=thread).delete()
    told, found, categories = told_elsewhere(by.pk), [], frozenset[str]()
    for name, (surface, text) in words.items():
        outcome = screen(text, surface)
        if not outcome.definite:
            continue
        plain = replace(outcome, outcome="pass", findings=())
        found += [_in_place(name, each) for each in summed(plain, told, text).findings]
        told, categories = told.with_more(plain), categories | plain.categories
    rows = [Telling(author=by, thread=thread, category=each, definite=True) for each in sorted(categories)]
    Telling.objects.bulk_create(rows)
    return found


@transaction.atomic
def note_hold(review: int, kinds: Iterable[str], *, by: Actor) -> None:
    """Count a hold for each rule that had a part in it."""
    # no-require: part of the operation that holds; no-record: that operation leaves the event
    Hold.objects.bulk_create([Hold(review=review, kind=kind) for kind in sorted(set(kinds))], ignore_conflicts=True)


@transaction.atomic
def settle_hold(review: int, outcome: str, *, by: Actor) -> None:
    """Note what a human decided about a hold."""
    # no-require: follows a decision that was allowed; no-record: the decision is the event
    Hold.objects.filter(review=review, decided_at=None).update(outcome=outcome, decided_at=now())


def _in_place(name: str, found: outcomes.Finding) -> Finding:
    return Finding(name, found.start, found.end, found.kind, found.reason)


def _sweep(content: Content, *, by: Actor) -> int:
    progress, _new = Sweep.objects.select_for_update().get_or_create(version=RULES_VERSION, content=content.name)
    rows = list(content.after(progress.reached, BATCH))
    pks = dict.fromkeys(map(_key, rows))
    found = [pk for pk in pks if _is_stopped([row for row in rows if row[0] == pk], content.stops)]
    for pk in found:
        content.flag(pk)
    progress.reached = max(map(_key, rows), default=progress.reached)
    progress.found += len(found)
    if not rows:
        progress.done_at = now()
        record("casefree.sweep.ended", by=by, target=progress, version=progress.version, found=progress.found)
    progress.save(update_fields=["reached", "found", "done_at"])
    return len(rows)


def _key(row: Row) -> int:
    return row[0]


def _is_stopped(rows: Iterable[Row], stops: frozenset[Level]) -> bool:
    """Not taken there now. What was let through in a language without a pack is not asked about again and again.

    The rules alone are asked: what the learned reader doubts is worth a look before it is published, not a review of all that is.
    """
    outcomes = (screen(words, surface, rules_only=True) for _pk, surface, words in rows)
    return any(each.outcome in stops and any(found.kind != "language" for found in each.findings) for each in outcomes)

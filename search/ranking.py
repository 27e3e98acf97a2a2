"""The second look at the best candidates: small, bounded factors, each of which can be shown to staff."""

from collections.abc import Sequence
from datetime import datetime

from community.core.clock import now
from search import relevance
from search.engines import Candidate, Plan
from search.grammar import Query
from search.models import Kind

WEIGHTS = {
    Kind.THREAD: 1.0,
    Kind.POST: 0.95,
    Kind.PAGE: 1.0,
    Kind.TRANSLATION: 0.95,
    Kind.WEBINAR: 1.0,
    Kind.QUESTION: 0.9,
    Kind.LINE: 0.7,
    Kind.MEMBER: 0.85,
    Kind.SPACE: 0.9,
    Kind.TAG: 0.75,
}
# After so many days the part that age can take is half taken: a chat ages fast, a guideline slowly.
HALF_AGE = {Kind.LINE: 60, Kind.QUESTION: 180, Kind.POST: 540, Kind.THREAD: 540, Kind.WEBINAR: 365}
# So many are looked at word by word.
HEAD = 200
AGE, ANSWERED, SOURCED, WHOLE_TITLE, PHRASE_IN_TITLE = 0.12, 0.08, 0.05, 0.15, 0.10


def ranked(candidates: list[Candidate], plan: Plan, also: Sequence[Candidate] = ()) -> list[Candidate]:
    """Best first. The engine's best, and those found otherwise, are looked at word by word; the others follow in its
    order. An order that the reader asked for is kept."""
    query = plan.query
    if query.order != "relevance" or not query.sought:
        return candidates
    moment = now()
    head, tail = [*candidates[:HEAD], *also], candidates[HEAD:]
    fits = relevance.scores(head, plan)
    for candidate in head:
        candidate.score = fits.get(candidate.id, 0.0)
        candidate.reasons = factors(candidate, query, moment)
        for factor in candidate.reasons.values():
            candidate.score *= factor
    head.sort(key=lambda each: (-round(each.score, 6), -each.id))
    least = min((each.score for each in head if each.score), default=0.0)
    for place, candidate in enumerate(tail, start=1):
        candidate.score = least / (1 + place / HEAD)
    return sorted([*head, *tail], key=lambda each: -each.score) if also else [*head, *tail]


def factors(candidate: Candidate, query: Query, moment: datetime) -> dict[str, float]:
    """Why a candidate moves up or down: name → factor."""
    found = {"kind": WEIGHTS.get(Kind(candidate.kind), 1.0)}
    half = HALF_AGE.get(Kind(candidate.kind))
    if half:
        days = max(0.0, (moment - candidate.at).total_seconds() / 86400)
        found["age"] = 1 - AGE * (1 - 0.5 ** (days / half))
    if candidate.answered:
        found["answered"] = 1 + ANSWERED
    if candidate.sourced:
        found["sources"] = 1 + SOURCED
    return {**found, **_title(candidate, query)}


def _title(candidate: Candidate, query: Query) -> dict[str, float]:
    """All words of a query in the title, and all of them in a row."""
    sought = [term for phrase in query.sought for term in phrase.terms]
    if len(sought) < 2 or not candidate.title:
        return {}
    held = set(candidate.title.split())
    if not held.issuperset(sought):
        return {}
    in_a_row = f" {' '.join(sought)} " in f" {candidate.title} "
    return {"title": 1 + WHOLE_TITLE + (PHRASE_IN_TITLE if in_a_row else 0)}

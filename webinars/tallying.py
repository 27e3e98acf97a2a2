"""What is told at most once a second, and results of polls as the room may know them.

Counts come without small cells, words without names.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from webinars.desks import ring_desk
from webinars.models import Hand, Poll, PollAnswer, PollKind, PollState, ResultsRule, Room
from webinars.questioning import told_scores
from webinars.roomlog import append, register_tally

# Below this, a count would say who answered.
SMALL = 5
SCALE = range(1, 6)
WORDS = 200


def results_of(poll: Poll) -> dict[str, Any]:
    """How a poll stands: total, counts by number of the answer (None where small), the words of a poll for words."""
    answers = list(PollAnswer.objects.filter(poll=poll).order_by("pk").values_list("choices", "text"))
    body: dict[str, Any] = {"poll": poll.public_id, "total": len(answers) if len(answers) >= SMALL else None}
    if poll.kind == PollKind.TEXT:
        words = sorted(text for _choices, text in answers) if body["total"] else []
        return {**body, "counts": {}, "texts": words[:WORDS]}
    counts = Counter(choice for choices, _text in answers for choice in choices)
    numbers = SCALE if poll.kind == PollKind.SCALE else [option.number for option in poll.options.all()]
    return {**body, "counts": suppressed({str(number): counts[number] for number in numbers})}


def suppressed(counts: dict[str, int]) -> dict[str, int | None]:
    """Counts without small cells; where only one is small, the next one goes too, or the total would give it away."""
    small = {number for number, count in counts.items() if count < SMALL}
    if len(small) == 1 and len(counts) > 1:
        small.add(min((count, number) for number, count in counts.items() if number not in small)[1])
    return {number: None if number in small else count for number, count in counts.items()}


def closing_of(poll: Poll) -> dict[str, Any]:
    """What `poll.closed` says: the results, and for a quiz what was right and why."""
    correct = [option.number for option in poll.options.all() if option.is_correct]
    return {**results_of(poll), "correct": correct, "explanation": poll.explanation}


def close(room: Room, poll: Poll, *, by: Any, at: Any, ref: Any = None) -> Any:
    """Close an open poll and tell its results; part of closing and of the end of a webinar."""
    poll.state, poll.closed_at, poll.tally_due = PollState.CLOSED, at, False
    poll.save(update_fields=["state", "closed_at", "tally_due"])
    return append(room, "poll.closed", closing_of(poll), by=by, ref=ref)


def told_results(room: Room) -> Iterator[tuple[str, dict[str, Any]]]:
    """An event for each open poll with new answers: its results where they are shown live, else only the total."""
    due = Poll.objects.filter(webinar_id=room.webinar_id, state=PollState.OPEN, tally_due=True)
    for poll in due.prefetch_related("options"):
        body = results_of(poll)
        if poll.results == ResultsRule.CLOSED:
            body = {"poll": body["poll"], "total": body["total"]}
        told = body != poll.told
        poll.told, poll.tally_due = body, False
        poll.save(update_fields=["told", "tally_due"])
        if told:
            yield "poll.results", body


def told_hands(room: Room) -> Iterator[tuple[str, dict[str, Any]]]:
    """How many hands are up, if that has changed; the desk hears at the same time."""
    count = Hand.objects.filter(room=room).count()
    if count != room.told_hands:
        room.told_hands = count
        room.save(update_fields=["told_hands"])
        ring_desk(room.webinar, "hands")
        yield "hand.count", {"count": count}


def register() -> None:
    """Called once, when the models are ready: what the room's log tells at most once a second."""
    for source in (told_scores, told_results, told_hands):
        register_tally(source)

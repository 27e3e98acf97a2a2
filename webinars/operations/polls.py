"""Polls and quizzes: preparing, opening, answering, closing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Invalid, Missing
from community.core.events import record
from community.core.limits import spend
from community.core.policies import deny, require
from community.core.screening import refuse_if_blocked, refuse_if_not_clean
from webinars.lines import checked, context_of
from webinars.models import HeldKind, Poll, PollKind, PollOption, PollState, ResultsRule, Room
from webinars.publishing import hold_words, put_answer
from webinars.rights import may_ask, may_run, may_take_part
from webinars.roomlog import Answer, answer_of, append, give_receipt, once
from webinars.seats import Seat, seat_in
from webinars.tallying import SCALE, close

LONGEST_PROMPT, LONGEST_OPTION, LONGEST_WHY = 300, 160, 600
MOST_OPTIONS = 10
ANSWERS = "120/minute"


@dataclass(frozen=True)
class PollWords:
    """What the crew writes for a poll; `correct` holds numbers of options, which count from 1 and count empty ones."""

    prompt: str
    options: Sequence[str] = ()
    kind: str = PollKind.SINGLE
    results: str = ResultsRule.CLOSED
    correct: Sequence[int] = ()
    explanation: str = ""


@once
@transaction.atomic
def create_poll(slug: str, *, by: Any, words: PollWords, ref: str | UUID | None = None) -> Answer:
    """Prepare a poll; nobody but the crew sees it before it is opened."""
    seat = seat_in(slug, by)
    require(may_run(seat))
    poll = _new_poll(seat, words, by)
    return give_receipt(seat.log, by, ref, poll=poll.public_id)


@once
@transaction.atomic
def edit_poll(slug: str, *, by: Any, poll: str, words: PollWords, ref: str | UUID | None = None) -> Answer:
    """Change a poll that was never opened: other words, kind or answers in the place of those before."""
    seat = seat_in(slug, by)
    require(may_run(seat))
    found = _poll_in(seat.log, poll)
    _require_state(found, PollState.DRAFT)
    _write(found, _checked_words(words))
    record("webinars.poll.edited", by=by, target=found, room=seat.log.pk, kind=found.kind)
    return give_receipt(seat.log, by, ref, poll=found.public_id)


@once
@transaction.atomic
def remove_poll(slug: str, *, by: Any, poll: str, ref: str | UUID | None = None) -> Answer:
    """Throw away a poll that was never opened."""
    seat = seat_in(slug, by)
    require(may_run(seat))
    found = _poll_in(seat.log, poll)
    _require_state(found, PollState.DRAFT)
    record("webinars.poll.removed", by=by, target=found, room=seat.log.pk)
    found.delete()
    return give_receipt(seat.log, by, ref)


@once
@transaction.atomic
def open_poll(
    slug: str, *, by: Any, poll: str = "", words: PollWords | None = None, ref: str | UUID | None = None
) -> Answer:
    """Put a prepared poll, or one made on the spot from `words`, to the room."""
    seat = seat_in(slug, by)
    require(may_run(seat))
    require(may_take_part(seat))
    found = _new_poll(seat, words, by) if words is not None else _poll_in(seat.log, poll)
    _require_state(found, PollState.DRAFT)
    found.state, found.opened_at = PollState.OPEN, now()
    found.save(update_fields=["state", "opened_at"])
    record("webinars.poll.opened", by=by, target=found, room=seat.log.pk, kind=found.kind)
    return answer_of(append(seat.log, "poll.opened", {"poll": _shown(found)}, by=by, ref=ref))


@once
@transaction.atomic
def answer_poll(
    slug: str,
    *,
    by: Any,
    poll: str,
    options: Sequence[int] = (),
    text: str = "",
    ref: str | UUID | None = None,
) -> Answer:
    """Answer an open poll, or change one's answer. Words go through the guard; they need the right to write."""
    # no-record: how somebody answers is nobody's business
    seat = seat_in(slug, by)
    require(may_take_part(seat))
    spend("webinars.poll", by.pk, ANSWERS)
    found = _poll_in(seat.log, poll)
    if found.state == PollState.DRAFT:
        raise Missing
    _require_state(found, PollState.OPEN)
    if found.kind == PollKind.TEXT:
        return _answer_in_words(seat, found, text, ref)
    put_answer(seat.log, found, by, choices=_choices(found, options))
    return give_receipt(seat.log, by, ref, poll=found.public_id)


@once
@transaction.atomic
def close_poll(slug: str, *, by: Any, poll: str, ref: str | UUID | None = None) -> Answer:
    """Close a poll; everybody sees the results, and of a quiz what was right and why."""
    seat = seat_in(slug, by)
    require(may_run(seat))
    found = _poll_in(seat.log, poll)
    _require_state(found, PollState.OPEN)
    record("webinars.poll.closed", by=by, target=found, room=seat.log.pk)
    return answer_of(close(seat.log, found, by=by, at=now(), ref=ref))


def _answer_in_words(seat: Seat, poll: Poll, text: str, ref: Any) -> Answer:
    require(may_ask(seat))
    text = checked(text, LONGEST_OPTION)
    screening = refuse_if_blocked("question", context_of(seat.log, seat.member), text=text)
    if screening.is_held:
        return hold_words(seat, HeldKind.ANSWER, text, screening.findings, ref=ref, poll=poll.public_id)
    put_answer(seat.log, poll, seat.member, choices=[], text=text)
    return give_receipt(seat.log, seat.member, ref, poll=poll.public_id)


def _choices(poll: Poll, options: Sequence[int]) -> list[int]:
    """The numbers as they are kept: of this poll, each once, and only one where only one is asked for."""
    chosen = sorted(set(options))
    known = set(SCALE) if poll.kind == PollKind.SCALE else {option.number for option in poll.options.all()}
    is_one = len(chosen) == 1 or poll.kind == PollKind.MULTIPLE
    if not chosen or not is_one or not known.issuperset(chosen):
        raise Invalid({"options": [_("Choose one of the answers.")]})
    return chosen


def _new_poll(seat: Seat, words: PollWords, by: Any) -> Poll:
    words = _checked_words(words)
    last = Poll.objects.filter(webinar=seat.webinar).aggregate(last=Max("position"))["last"] or 0
    poll = Poll(webinar=seat.webinar, position=last + 1)
    _write(poll, words)
    record("webinars.poll.created", by=by, target=poll, room=seat.log.pk, kind=poll.kind)
    return poll


def _checked_words(words: PollWords) -> PollWords:
    """The words as they are kept; Invalid and Refused as for everything that is written in a room."""
    prompt, options = checked(words.prompt, LONGEST_PROMPT), _checked_options(words)
    explanation = checked(words.explanation, LONGEST_WHY) if words.explanation.strip() else ""
    refuse_if_not_clean("question", prompt=prompt, options="\n".join(options), explanation=explanation)
    kept = [number for number, text in enumerate(words.options, start=1) if text.strip()]
    correct = tuple(kept.index(number) + 1 for number in words.correct if number in kept)
    return replace(words, prompt=prompt, options=options, correct=correct, explanation=explanation)


def _write(poll: Poll, words: PollWords) -> None:
    poll.prompt, poll.kind, poll.results, poll.explanation = words.prompt, words.kind, words.results, words.explanation
    poll.save()
    poll.options.all().delete()
    rows = enumerate(words.options, start=1)
    PollOption.objects.bulk_create(
        [PollOption(poll=poll, number=n, text=text, is_correct=n in words.correct) for n, text in rows]
    )


def _checked_options(words: PollWords) -> list[str]:
    if words.kind not in PollKind.values or words.results not in ResultsRule.values:
        raise Invalid({"kind": [_("Choose the kind of poll.")]})
    options = [checked(text, LONGEST_OPTION) for text in words.options if text.strip()]
    if words.kind in {PollKind.SCALE, PollKind.TEXT}:
        return []
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise Invalid({"options": [_("Give two to ten answers.")]})
    return options


def _poll_in(room: Room, public_id: str) -> Poll:
    found = Poll.objects.filter(webinar_id=room.webinar_id, public_id=public_id)
    poll = found.prefetch_related("options").first()
    if poll is None:
        raise Missing
    return poll


def _require_state(poll: Poll, state: PollState) -> None:
    if poll.state != state:
        require(deny("closed", _("This poll is not open for that.")))


def _shown(poll: Poll) -> dict[str, Any]:
    options = [{"n": option.number, "text": option.text} for option in poll.options.all()]
    return {
        "id": poll.public_id,
        "prompt": poll.prompt,
        "kind": str(poll.kind),
        "results": str(poll.results),
        "options": options,
    }

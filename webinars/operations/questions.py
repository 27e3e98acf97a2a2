"""Questions to the speakers: asking, voting, and what the crew does with them."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Missing
from community.core.events import record
from community.core.limits import spend
from community.core.policies import deny, require
from community.core.screening import refuse_if_blocked
from community.moderation.models import Reason
from webinars.desks import ring_desk
from webinars.lines import checked, context_of
from webinars.models import Gone, HeldKind, Question, QuestionState, QuestionVote, Room
from webinars.moments import moment_in
from webinars.publishing import hold_words, new_question, show_question
from webinars.questioning import change, question_in, take_question_words
from webinars.rights import may_ask, may_moderate, may_run, may_take_part
from webinars.roomlog import Answer, answer_of, give_receipt, once, tallies_are_due
from webinars.seats import Seat, seat_in

LONGEST = 500
QUESTIONS = "60/hour"
VOTES = "240/minute"
State = QuestionState
OPEN = (State.VISIBLE, State.LIVE)


@once
@transaction.atomic
def ask(
    slug: str,
    *,
    by: Any,
    text: str,
    anonymous: bool = False,
    media_at: float | None = None,
    ref: str | UUID | None = None,
) -> Answer:
    """Ask the speakers. The answer names the question; `queued` and `held` say who looks first."""
    seat = seat_in(slug, by)
    require(may_ask(seat))
    spend("webinars.question", by.pk, QUESTIONS)
    text = checked(text, LONGEST)
    screening = refuse_if_blocked("question", context_of(seat.log, by), text=text)
    about: dict[str, Any] = {"anonymous": anonymous, "media_at": moment_in(seat.webinar, media_at)}
    if screening.is_held:
        return hold_words(seat, HeldKind.QUESTION, text, screening.findings, ref=ref, **about)
    question = new_question(seat.log, by, text, **about)
    record("webinars.question.asked", by=by, target=question, room=seat.log.pk, anonymous=anonymous)
    if question.state == State.QUEUE:
        ring_desk(seat.webinar, "queue")
        return give_receipt(seat.log, by, ref, question=question.public_id, queued=True)
    return answer_of(show_question(seat.log, question, ref=ref))


@once
@transaction.atomic
def vote(slug: str, *, by: Any, question: str, ref: str | UUID | None = None) -> Answer:
    """Vote a question up, once; the room is told the new score within a second."""
    # no-record: how somebody votes is nobody's business
    seat, found = _votable(slug, by, question)
    _vote, is_new = QuestionVote.objects.get_or_create(question=found, voter=by)
    if is_new:
        _count(seat.log, found, 1)
    return give_receipt(seat.log, by, ref, question=found.public_id)


@once
@transaction.atomic
def unvote(slug: str, *, by: Any, question: str, ref: str | UUID | None = None) -> Answer:
    """Take one's vote back."""
    # no-record: how somebody votes is nobody's business
    seat, found = _votable(slug, by, question)
    deleted, _rows = QuestionVote.objects.filter(question=found, voter=by).delete()
    if deleted:
        _count(seat.log, found, -1)
    return give_receipt(seat.log, by, ref, question=found.public_id)


@once
@transaction.atomic
def withdraw(slug: str, *, by: Any, question: str, ref: str | UUID | None = None) -> Answer:
    """Take back one's own question, whatever became of it; its words are gone."""
    seat = seat_in(slug, by)
    found = question_in(seat.log, question, author=by)
    if found.state in {State.HIDDEN, State.WITHDRAWN, State.MERGED}:
        require(deny("gone", _("This question is gone.")))
    take_question_words(seat.log, found, Gone.DELETED)
    record("webinars.question.withdrawn", by=by, target=found, room=seat.log.pk)
    return change(seat, found, ref=ref, state=State.WITHDRAWN, pinned=False)


@once
@transaction.atomic
def approve(slug: str, *, by: Any, question: str, ref: str | UUID | None = None) -> Answer:
    """Let a question out of the queue."""
    seat, found = _run(slug, by, question)
    _require_state(found, State.QUEUE)
    found.state = State.VISIBLE
    found.save(update_fields=["state"])
    shown = show_question(seat.log, found)
    ring_desk(seat.webinar, "queue")
    record("webinars.question.approved", by=by, target=found, room=seat.log.pk)
    return give_receipt(seat.log, by, ref, question=found.public_id, shown=shown.seq)


@once
@transaction.atomic
def take(slug: str, *, by: Any, question: str, media_at: float | None = None, ref: Any = None) -> Answer:
    """Begin to answer: the question stands on everybody's page, and on the recording a chapter begins here."""
    # no-record: the change stands in the room's log
    seat, found = _run(slug, by, question)
    _require_state(found, State.VISIBLE, State.ANSWERED, State.DISMISSED)
    for other in Question.objects.filter(webinar=seat.webinar, state=State.LIVE):
        change(seat, other, state=State.ANSWERED, answered_at=now())
    moment = moment_in(seat.webinar, media_at)
    return change(seat, found, ref=ref, state=State.LIVE, answered_media_at=moment)


@once
@transaction.atomic
def answer(slug: str, *, by: Any, question: str, media_at: float | None = None, ref: Any = None) -> Answer:
    """Say that a question is answered. Where nobody took it up before, its chapter begins at `media_at`."""
    seat, found = _run(slug, by, question)
    _require_state(found, State.VISIBLE, State.LIVE, State.DISMISSED)
    moment = moment_in(seat.webinar, media_at)
    if found.state == State.LIVE and found.answered_media_at is not None:
        moment = found.answered_media_at
    record("webinars.question.answered", by=by, target=found, room=seat.log.pk)
    return change(seat, found, ref=ref, state=State.ANSWERED, answered_at=now(), answered_media_at=moment)


@once
@transaction.atomic
def dismiss(slug: str, *, by: Any, question: str, ref: str | UUID | None = None) -> Answer:
    """Set a question aside, from the list or from the queue."""
    seat, found = _run(slug, by, question)
    _require_state(found, State.QUEUE, State.VISIBLE, State.LIVE)
    record("webinars.question.dismissed", by=by, target=found, room=seat.log.pk)
    return change(seat, found, ref=ref, state=State.DISMISSED, pinned=False)


@once
@transaction.atomic
def reopen(slug: str, *, by: Any, question: str, ref: str | UUID | None = None) -> Answer:
    """Put an answered, set-aside or begun question back on the list."""
    # no-record: the change stands in the room's log
    seat, found = _run(slug, by, question)
    _require_state(found, State.LIVE, State.ANSWERED, State.DISMISSED)
    return change(seat, found, ref=ref, state=State.VISIBLE)


@once
@transaction.atomic
def pin(slug: str, *, by: Any, question: str, pinned: bool = True, ref: str | UUID | None = None) -> Answer:
    """Keep a question on top, or no longer."""
    # no-record: the change stands in the room's log
    seat, found = _run(slug, by, question)
    _require_state(found, State.VISIBLE, State.LIVE, State.ANSWERED)
    return change(seat, found, ref=ref, pinned=pinned)


@once
@transaction.atomic
def merge(slug: str, *, by: Any, question: str, into: str, ref: str | UUID | None = None) -> Answer:
    """Join a question to another that asks the same; whoever voted for either counts once."""
    seat, found = _run(slug, by, question)
    target = question_in(seat.log, into)
    _require_state(found, State.QUEUE, *OPEN)
    _require_state(target, *OPEN, State.ANSWERED)
    if target.pk == found.pk:
        require(deny("invalid", _("Choose another question.")))
    voters = QuestionVote.objects.filter(question=found).exclude(voter__in=target.votes.values("voter"))
    moved = voters.update(question=target)
    if moved:
        _count(seat.log, target, moved)
    record("webinars.question.merged", by=by, target=found, room=seat.log.pk, into=target.public_id)
    return change(seat, found, ref=ref, state=State.MERGED, merged_into=target, pinned=False)


@transaction.atomic
def reveal_asker(slug: str, *, by: Any, question: str, reason: str) -> Any:
    """Who asked anonymously, for a moderator with a reason; each look is an audit entry. Returns the member."""
    seat = seat_in(slug, by)
    require(may_moderate(seat))
    if reason not in Reason.values:
        require(deny("invalid", _("Choose a reason.")))
    found = question_in(seat.log, question)
    record("webinars.question.asker_revealed", by=by, target=found, room=seat.log.pk, reason=reason)
    return found.author


def _run(slug: str, by: Any, question: str) -> tuple[Seat, Question]:
    """The crew's seat and the question; queue and list are the crew's, so nothing is hidden from them."""
    seat = seat_in(slug, by)
    require(may_run(seat))
    return seat, question_in(seat.log, question)


def _votable(slug: str, by: Any, question: str) -> tuple[Seat, Question]:
    """A question on everybody's list; one in the queue is not there. Votes for a merged one go to its target."""
    seat = seat_in(slug, by)
    require(may_take_part(seat))
    spend("webinars.vote", by.pk, VOTES)
    found = question_in(seat.log, question)
    if found.state == State.MERGED and found.merged_into:
        found = found.merged_into
    if found.state in {State.QUEUE, State.HIDDEN, State.WITHDRAWN}:
        raise Missing
    _require_state(found, *OPEN)
    return seat, found


def _require_state(question: Question, *states: str) -> None:
    if question.state not in states:
        require(deny("closed", _("This question is no longer open for that.")))


def _count(room: Room, question: Question, change: int) -> None:
    Question.objects.filter(pk=question.pk).update(score=F("score") + change)
    tallies_are_due(room)

"""Questions as rows: finding one, changing its state with the room told, taking its words away, telling scores."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from community.core.errors import Missing
from webinars.desks import ring_desk
from webinars.models import Gone, Question, QuestionState, Room, RoomEvent
from webinars.publishing import show_question
from webinars.roomlog import Answer, answer_of, append, give_receipt
from webinars.seats import Seat

ON_PAGES = {QuestionState.VISIBLE, QuestionState.LIVE, QuestionState.ANSWERED}


def question_in(room: Room, public_id: str, **also: Any) -> Question:
    """The question of this room; Missing for any other."""
    found = Question.objects.filter(webinar_id=room.webinar_id, public_id=public_id, **also)
    question = found.select_related("author", "merged_into").first()
    if question is None:
        raise Missing
    return question


def change(seat: Seat, question: Question, *, ref: Any = None, **values: Any) -> Answer:
    """Set fields of a question and tell the room, unless it has never seen the question; and the desk of the queue."""
    was_waiting = question.state == QuestionState.QUEUE
    for name, value in values.items():
        setattr(question, name, value)
    question.save(update_fields=list(values))
    if was_waiting:
        ring_desk(seat.webinar, "queue")
    if question.shown_seq is None and question.state in ON_PAGES:
        show_question(seat.log, question)
    if question.shown_seq is None:
        return give_receipt(seat.log, seat.member, ref, question=question.public_id)
    return answer_of(tell_change(seat.log, question, by=seat.member, ref=ref))


def tell_change(room: Room, question: Question, *, by: Any, ref: Any = None) -> RoomEvent:
    """Say how a question stands; never who took back what was asked anonymously."""
    body = {"question": question.public_id, "state": str(question.state), "pinned": question.pinned}
    if question.merged_into:
        body["merged_into"] = question.merged_into.public_id
    if question.answered_media_at is not None:
        body["answered_media_at"] = question.answered_media_at
    hides_author = question.anonymous and by is not None and by.pk == question.author_id
    return append(room, "question.changed", body, by=by, ref=ref, is_anonymous=hides_author)


def set_state(room: Room, question: Question, state: QuestionState, *, by: Any) -> RoomEvent:
    """Change the state of a question that the room has seen, and tell it; without a seat, for moderation."""
    question.state, question.pinned = state, False
    question.save(update_fields=["state", "pinned"])
    return tell_change(room, question, by=by)


def take_question_words(room: Room, question: Question, gone: Gone, *, keep: bool = False) -> None:
    """Take the words of a question out of its row and out of the log; `keep` seals them for a second look."""
    shown = RoomEvent.objects.filter(room=room, verb="question.shown", body__question=question.public_id)
    for event in shown.filter(gone=""):
        event.sealed = question.text if keep and event.seq == question.shown_seq else ""
        event.body = {name: value for name, value in event.body.items() if name != "text"}
        event.gone = gone
        event.save(update_fields=["body", "gone", "sealed"])
    question.text = ""
    question.save(update_fields=["text"])


def put_question_back(room: Room, question: Question, event: RoomEvent) -> None:
    """Show a hidden question again, as a new event; the old one stays empty."""
    question.text = event.sealed
    question.save(update_fields=["text"])
    event.gone, event.sealed = Gone.EDITED, ""
    event.save(update_fields=["gone", "sealed"])
    show_question(room, question)


def told_scores(room: Room) -> Iterator[tuple[str, dict[str, Any]]]:
    """One event with the scores that changed since they were told last."""
    shown = Question.objects.filter(webinar_id=room.webinar_id, shown_seq__isnull=False)
    scores = dict(shown.exclude(score=F("told_score")).values_list("public_id", "score"))
    if scores:
        Question.objects.filter(public_id__in=scores).update(told_score=F("score"))
        yield "question.scores", {"scores": scores}

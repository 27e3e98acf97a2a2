"""What becomes of a member in rooms when they are erased: the words stay, as in the forums, without the name."""

from typing import Any
from uuid import uuid4

from django.db import transaction

from community.core.actors import Actor
from community.moderation import operations as moderation
from webinars.models import AttendanceInterval, Hand, HeldLine, Progress, Question, Receipt, Room, RoomEvent, RoomLimit


@transaction.atomic
def forget_member(member: Any, *, by: Actor) -> None:
    """Take the name and what stands beside it out of every room; what waits for a moderator is withdrawn.

    The epoch of those rooms changes, so that open pages and caches load them afresh.
    """
    # no-require: the erasure has been decided; no-record: the erasure is the event
    for line in HeldLine.objects.filter(author=member, state=HeldLine.State.HELD):
        moderation.withdraw(line, by=member)
        line.state = HeldLine.State.WITHDRAWN
        line.save(update_fields=["state"])
    for event in RoomEvent.objects.filter(sender=member, verb__in=["chat.said", "question.shown"]):
        event.body = {**event.body, "who": {}, **({"name": str(member)} if "name" in event.body else {})}
        event.save(update_fields=["body"])
    Question.objects.filter(author=member).update(who={})
    for rows in (AttendanceInterval, Hand, Progress, RoomLimit):
        rows.objects.filter(member=member).delete()
    Receipt.objects.filter(sender=member).delete()
    for room in Room.objects.filter(events__sender=member).distinct():
        Room.objects.filter(pk=room.pk).update(epoch=uuid4())


def begin_afresh() -> None:
    """After a restored backup numbers of events are given once more: open pages and caches load every room anew."""
    # no-require: an administrator restores at the machine; no-record: the log itself has gone back
    for room in Room.objects.all():
        Room.objects.filter(pk=room.pk).update(epoch=uuid4())


def own_words(member: Any) -> dict[str, Any]:
    """What a member said and asked in rooms, for their download."""
    said = RoomEvent.objects.filter(sender=member, verb__in=["chat.said", "chat.edited"])
    asked = Question.objects.filter(author=member)
    return {
        "lines": [
            {"webinar": slug, "at": at, "text": body.get("text", "")}
            for slug, at, body in said.values_list("room__webinar__slug", "at", "body")
        ],
        "questions": list(asked.values("webinar__slug", "asked_at", "text", "anonymous", "state")),
    }

"""Takes that a media server of ours has recorded from OBS: one for each file. The media worker calls these."""

from datetime import datetime
from typing import Any

from django.db import transaction

from community.core.actors import Actor
from community.core.events import record
from webinars.broadcasts import locked
from webinars.models import Broadcast, Container, Take, TakeState


def take_of_recording(broadcast: Broadcast, started_at: datetime) -> Take | None:
    """The take of the file that began at this moment."""
    return Take.objects.filter(broadcast=broadcast, by=None, started_at=started_at).select_related("broadcast").first()


@transaction.atomic
def begin_recorded_take(broadcast: Broadcast, *, by: Actor, started_at: datetime) -> Take:
    """The take of a file, made with its first bytes. One that a cut has stopped goes on: OBS did not stop."""
    # no-require: the media server let the presenter in by their key
    broadcast = locked(broadcast)
    take = take_of_recording(broadcast, started_at)
    if take is not None:
        if take.state == TakeState.CLOSED:
            take.state = TakeState.OPEN
            take.save(update_fields=["state"])
        return take
    last = broadcast.takes.order_by("-number").first()
    number = last.number + 1 if last else 1
    fresh: dict[str, Any] = {"number": number, "started_at": started_at, "container": Container.MP4}
    take = Take.objects.create(broadcast=broadcast, **fresh)
    record("webinars.take.begun", by=by, target=take, webinar=broadcast.webinar_id, number=number)
    return take


def pass_over(take: Take, *, zero: float, consumed: int) -> None:
    """Bytes of before the webinar began, or of after its end: they become no segment."""
    # no-record: that nothing is kept is no event; no-require: the worker reads, not people; no-atomic: one statement
    take.zero, take.consumed = zero, max(consumed, take.consumed)
    Take.objects.filter(pk=take.pk).update(zero=take.zero, consumed=take.consumed)

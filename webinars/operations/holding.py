"""What the guard holds in a room: sealed with the moderators, and published, refused or taken back later."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.errors import Missing
from community.core.events import record
from community.core.policies import deny, require
from community.moderation import operations as moderation
from community.moderation.queries import held_words
from webinars.desks import ring_desk
from webinars.models import HeldLine, Room
from webinars.publishing import publish_held
from webinars.roomlog import Answer, give_receipt, locked_room, once
from webinars.seats import seat_in

State = HeldLine.State


@transaction.atomic
def release_line(target: HeldLine, *, by: Any) -> HeldLine:
    """Publish what was held, now: moderation calls this after a decision."""
    # no-require: moderation, or the operation of the room's own moderators, has asked
    room, line = _locked(target)
    if line.state == State.HELD:
        publish_held(room, line, str(held_words(line).get("text", "")))
        _settle(line, State.RELEASED)
        record("webinars.line.released", by=by, target=line, room=room.pk, kind=line.kind)
    return line


@transaction.atomic
def refuse_line(target: HeldLine, *, by: Any) -> HeldLine:
    """Leave it unpublished: moderation calls this after a decision."""
    # no-require: moderation, or the operation of the room's own moderators, has asked
    room, line = _locked(target)
    if line.state == State.HELD:
        _settle(line, State.REFUSED)
        record("webinars.line.refused", by=by, target=line, room=room.pk, kind=line.kind)
    return line


@once
@transaction.atomic
def withdraw_line(slug: str, *, by: Any, line: str, ref: str | UUID | None = None) -> Answer:
    """Take back what one wrote while a moderator has not decided."""
    seat = seat_in(slug, by)
    held = seat.log.held_lines.filter(public_id=line, author=by).first()
    if held is None:
        raise Missing
    if held.state != State.HELD:
        require(deny("decided", _("A moderator has decided about this already.")))
    moderation.withdraw(held, by=by)
    _settle(held, State.WITHDRAWN)
    record("webinars.line.withdrawn", by=by, target=held, room=seat.log.pk, kind=held.kind)
    return give_receipt(seat.log, by, ref)


def _settle(line: HeldLine, state: "HeldLine.State") -> None:
    line.state = state
    line.save(update_fields=["state"])
    ring_desk(line.room.webinar, "held")


def _locked(target: HeldLine) -> tuple[Room, HeldLine]:
    """The line as it is now, with its room locked."""
    room = locked_room(target.room.webinar.slug)
    line = HeldLine.objects.select_related("author", "room__webinar").get(pk=target.pk)
    line.room = room
    return room, line

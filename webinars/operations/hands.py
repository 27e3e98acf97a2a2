"""Raised hands and reactions."""

from typing import Any
from uuid import UUID

from django.db import transaction

from community.core.audiences import viewer_of
from community.core.errors import Missing
from community.core.limits import spend
from community.core.policies import require
from community.live.operations import react as react_in
from webinars.models import Hand
from webinars.rights import may_run, may_take_part
from webinars.roomlog import Answer, give_receipt, once, tallies_are_due, topic_of
from webinars.seats import at_the_door, find_seat, seat_in

REACTIONS = ("clap", "agree", "idea", "heart", "thanks")
REACTIONS_RATE = "30/10 seconds"


@once
@transaction.atomic
def raise_hand(slug: str, *, by: Any, ref: str | UUID | None = None) -> Answer:
    """Ask for the word; the room sees how many do, the crew sees who."""
    # no-record: a passing gesture
    seat = seat_in(slug, by)
    require(may_take_part(seat))
    _hand, is_new = Hand.objects.get_or_create(room=seat.log, member=by)
    if is_new:
        tallies_are_due(seat.log)
    return give_receipt(seat.log, by, ref)


@once
@transaction.atomic
def lower_hand(slug: str, *, by: Any, member: str = "", ref: str | UUID | None = None) -> Answer:
    """Lower one's own hand; the crew can lower that of the member with a handle."""
    # no-record: a passing gesture
    seat = seat_in(slug, by)
    hands = Hand.objects.filter(room=seat.log)
    if member and member != by.handle:
        require(may_run(seat))
        hands = hands.filter(member__handle=member)
    else:
        hands = hands.filter(member=by)
    if hands.delete()[0]:
        tallies_are_due(seat.log)
    return give_receipt(seat.log, by, ref)


@transaction.atomic
def react(slug: str, *, by: Any, kind: str) -> Answer:
    """Clap, thank, agree: everybody sees counts within a second, and nothing is kept, so no `ref` is either."""
    # no-record: a passing gesture, of which nothing is kept
    seat = find_seat(slug, viewer_of(by))
    if seat is None:
        raise Missing
    require(at_the_door(seat))
    require(may_take_part(seat))
    spend("webinars.reaction", by.pk, REACTIONS_RATE)
    react_in(topic_of(seat.webinar), kind, by=by)
    return {"seq": seat.room.last_seq if seat.room else 0}

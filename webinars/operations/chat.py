"""What is said in a room: saying a line, changing it for two minutes, taking it back, pinning one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.events import record
from community.core.limits import spend
from community.core.policies import deny, require
from community.core.screening import refuse_if_blocked
from webinars.lines import checked, context_of, line_at, take_words, unpin_if
from webinars.models import Gone, HeldKind, HeldLine, RoomEvent
from webinars.moments import moment_in
from webinars.publishing import hold_words, publish_change, publish_line
from webinars.rights import may_change_line, may_chat, may_run
from webinars.roomlog import Answer, answer_of, append, once
from webinars.seats import Seat, seat_in

LONGEST = 2000
EDITABLE = timedelta(minutes=2)
# A burst in a lively room. Against too many lines a moderator sets slow mode.
LINES = "400/minute"


@once
@transaction.atomic
def say(slug: str, *, by: Any, text: str, ref: str | UUID | None = None, **about: Any) -> Answer:
    """Say a line; `about` may hold `media_at` (seconds), `reply_to` (number of a line) and `announcement`.

    The answer says `held` where a moderator looks first. Raises Missing, Invalid, TooMany and Refused, with findings
    where the words could identify a patient.
    """
    # no-record: the line itself stands in the room's log
    seat = seat_in(slug, by)
    require(may_chat(seat))
    if about.get("announcement"):
        require(may_run(seat))
    if about.get("reply_to"):
        line_at(seat.log, about["reply_to"])
    spend("webinars.chat", by.pk, LINES)
    _wait_ones_turn(seat)
    about["media_at"] = moment_in(seat.webinar, about.get("media_at"))
    text = checked(text, LONGEST)
    screening = refuse_if_blocked("chat", context_of(seat.log, by), text=text)
    if screening.is_held:
        return hold_words(seat, HeldKind.CHAT, text, screening.findings, ref=ref, **about)
    return answer_of(publish_line(seat.log, by, text, ref=ref, **about))


@once
@transaction.atomic
def edit_line(slug: str, *, by: Any, seq: int, text: str, ref: str | UUID | None = None) -> Answer:
    """Change one's own line within two minutes; the words before are gone."""
    # no-record: the change stands in the room's log
    seat = seat_in(slug, by)
    require(may_chat(seat))
    line = line_at(seat.log, seq)
    require(may_change_line(seat, line))
    if now() - line.at > EDITABLE:
        require(deny("too_late", _("A line can be changed for two minutes. You can still delete it.")))
    spend("webinars.chat", by.pk, LINES)
    text = checked(text, LONGEST)
    screening = refuse_if_blocked("chat", context_of(seat.log, by, until=seq), text=text)
    if screening.is_held:
        return hold_words(seat, HeldKind.CHAT, text, screening.findings, ref=ref, edit_of=seq)
    return answer_of(publish_change(seat.log, by, text, of=seq, ref=ref))


@once
@transaction.atomic
def delete_line(slug: str, *, by: Any, seq: int, ref: str | UUID | None = None) -> Answer:
    """Take back one's own line, whenever that is; the words are gone."""
    # no-record: the deletion stands in the room's log
    seat = seat_in(slug, by)
    line = line_at(seat.log, seq)
    require(may_change_line(seat, line))
    take_words(line, Gone.DELETED)
    unpin_if(seat.log, seq)
    return answer_of(append(seat.log, "chat.deleted", {"of": seq}, by=by, ref=ref))


@once
@transaction.atomic
def pin_line(slug: str, *, by: Any, seq: int | None = None, ref: str | UUID | None = None) -> Answer:
    """Keep a line in sight for everybody, in the place of another; without a number, none."""
    seat = seat_in(slug, by)
    require(may_run(seat))
    if seq is not None and line_at(seat.log, seq).gone not in {"", Gone.EDITED}:
        require(deny("gone", _("This line is gone.")))
    record("webinars.line.pinned", by=by, target=seat.log, seq=seq)
    return answer_of(append(seat.log, "chat.pinned", {"of": seq}, by=by, ref=ref))


def _wait_ones_turn(seat: Seat) -> None:
    """In slow mode, one line in so many seconds; what waits for a moderator counts as well."""
    pause = seat.webinar.slow_seconds
    if not pause or seat.roles:
        return
    since = now() - timedelta(seconds=pause)
    said = RoomEvent.objects.filter(room=seat.log, sender=seat.member, verb="chat.said", at__gt=since)
    held = HeldLine.objects.filter(room=seat.log, author=seat.member, at__gt=since)
    times = [*said.values_list("at", flat=True), *held.values_list("at", flat=True)]
    if times:
        left = int((max(times) - since).total_seconds()) + 1
        require(deny("slow_mode", _("Slow mode: you can write again in %(seconds)d seconds.") % {"seconds": left}))

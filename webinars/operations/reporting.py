"""Reporting a line or a question to the moderators of the site."""

from typing import Any
from uuid import UUID

from django.db import transaction

from community.core.errors import Missing
from community.moderation import operations as moderation
from webinars.lines import line_at
from webinars.models import Gone, RoomEvent
from webinars.questioning import question_in
from webinars.roomlog import Answer, give_receipt, once
from webinars.seats import seat_in


@once
@transaction.atomic
def report_line(slug: str, *, by: Any, seq: int, reason: str, note: str = "", ref: str | UUID | None = None) -> Answer:
    """Ask the site's moderators to look at a line of the chat."""
    # no-require no-record: moderation asks and records
    seat = seat_in(slug, by)
    line = line_at(seat.log, seq)
    if line.gone not in {"", Gone.EDITED}:
        raise Missing
    moderation.report(line, by=by, reason=reason, note=note)
    return give_receipt(seat.log, by, ref)


@once
@transaction.atomic
def report_question(
    slug: str, *, by: Any, question: str, reason: str, note: str = "", ref: str | UUID | None = None
) -> Answer:
    """Ask the site's moderators to look at a question; they see who asked."""
    # no-require no-record: moderation asks and records
    seat = seat_in(slug, by)
    found = question_in(seat.log, question)
    shown = RoomEvent.objects.filter(room=seat.log, seq=found.shown_seq, gone="").first() if found.shown_seq else None
    if shown is None:
        raise Missing
    moderation.report(shown, by=by, reason=reason, note=note)
    return give_receipt(seat.log, by, ref)

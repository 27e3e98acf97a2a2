"""The course of a webinar: going live, showing slides, ending."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Invalid, Missing
from community.core.events import record
from community.core.policies import Verdict, deny, require
from webinars.models import Deck, Hand, Poll, PollState, Room, Webinar, WebinarState
from webinars.policies import may_present
from webinars.rights import may_run
from webinars.roomlog import Answer, answer_of, append, give_receipt, once, settings_of, tallies_are_due
from webinars.seats import Seat, seat_in
from webinars.tallying import close

# Who ended by mistake can go on within this time.
SECOND_THOUGHTS = timedelta(minutes=15)


@once
@transaction.atomic
def go_live(slug: str, *, by: Any, ref: str | UUID | None = None) -> Answer:
    """Begin. Every speaker's statement of interests must be there. Who is live already stays so."""
    seat = seat_in(slug, by)
    require(may_present(seat.viewer, seat.roles))
    webinar = seat.webinar
    if webinar.state == WebinarState.LIVE:
        return give_receipt(seat.log, by, ref)
    require(_may_begin(webinar))
    webinar.state, webinar.ended_at = WebinarState.LIVE, None
    webinar.started_at = webinar.started_at or now()
    webinar.save(update_fields=["state", "started_at", "ended_at"])
    record("webinars.webinar.went_live", by=by, target=webinar)
    append(seat.log, "room.changed", settings_of(webinar))
    return answer_of(append(seat.log, "webinar.live", {}, by=by, ref=ref))


@once
@transaction.atomic
def end(slug: str, *, by: Any, ref: str | UUID | None = None) -> Answer:
    """End: open polls close, hands go down, and the same page plays the recording."""
    seat = seat_in(slug, by)
    require(may_present(seat.viewer, seat.roles))
    webinar = seat.webinar
    if webinar.state == WebinarState.ENDED:
        return give_receipt(seat.log, by, ref)
    if webinar.state != WebinarState.LIVE:
        require(deny("closed", _("This webinar is not live.")))
    _clear_away(seat, by)
    webinar.state, webinar.ended_at = WebinarState.ENDED, now()
    webinar.save(update_fields=["state", "ended_at"])
    record("webinars.webinar.ended", by=by, target=webinar)
    return answer_of(append(seat.log, "webinar.ended", {}, by=by, ref=ref))


@once
@transaction.atomic
def show_slide(slug: str, *, by: Any, n: int, deck: str = "", ref: str | UUID | None = None) -> Answer:
    """Show a page to everybody: of the deck that is named, else of the one that is shown, else of the newest."""
    # no-record: the page stands in the room's log
    seat = seat_in(slug, by)
    require(may_run(seat))
    room, found = seat.log, _deck(seat, deck)
    if not 1 <= n <= found.page_count:
        raise Invalid({"n": [_("There is no such slide.")]})
    room.deck, room.slide = found, n
    Room.objects.filter(pk=room.pk).update(deck=found, slide=n)
    return answer_of(append(room, "slide.shown", {"n": n, "deck": found.public_id}, by=by, ref=ref))


def _may_begin(webinar: Webinar) -> Verdict:
    has_just_ended = webinar.ended_at is not None and now() - webinar.ended_at <= SECOND_THOUGHTS
    if webinar.state != WebinarState.SCHEDULED and not has_just_ended:
        return deny("closed", _("Only a webinar that is scheduled can go live."))
    missing = [speaker.name for speaker in webinar.speakers.filter(coi_declared_at=None)]
    if missing:
        reason = _("First each speaker declares their interests. Missing: {names}").format(names=", ".join(missing))
        return deny("statements_missing", reason)
    return Verdict(True)


def _clear_away(seat: Seat, by: Any) -> None:
    polls = Poll.objects.filter(webinar=seat.webinar, state=PollState.OPEN).prefetch_related("options")
    for poll in polls:
        close(seat.log, poll, by=by, at=now())
        record("webinars.poll.closed", by=by, target=poll, room=seat.log.pk)
    if Hand.objects.filter(room=seat.log).delete()[0]:
        tallies_are_due(seat.log)


def _deck(seat: Seat, public_id: str) -> Deck:
    decks = Deck.objects.filter(webinar=seat.webinar, state=Deck.State.READY)
    shown = decks.filter(pk=seat.log.deck_id).first() if seat.log.deck_id and not public_id else None
    deck = shown or (decks.filter(public_id=public_id) if public_id else decks).first()
    if deck is None:
        raise Missing
    return deck

"""Who may do what in a room, asked of a seat: the policies of webinars with the state of this very room."""

from django.utils.translation import gettext as _

from community.core.policies import ALLOWED, Verdict, deny
from webinars.models import Gone, RoomEvent, WebinarState
from webinars.policies import may_moderate_room, may_run_room
from webinars.seats import Seat

RUNNING = {WebinarState.SCHEDULED, WebinarState.LIVE}


def may_chat(seat: Seat) -> Verdict:
    """Say a line: the right to post now, while room and chat are open; the crew also where they are not."""
    if not seat.speaks or seat.roles or may_moderate(seat):
        return seat.speaks
    if not seat.webinar.room_is_open:
        return deny("closed", _("The room opens half an hour before the start. You can ask a question already."))
    if not seat.webinar.chat_open:
        return deny("closed", _("The chat is closed. You can still ask questions and vote."))
    return ALLOWED


def may_ask(seat: Seat) -> Verdict:
    """Ask a question: the right to post now, also before the room opens."""
    return seat.speaks


def may_take_part(seat: Seat) -> Verdict:
    """Vote, answer a poll, raise a hand, react: whoever is in, also without the right to post, until the end."""
    if seat.webinar.state in RUNNING:
        return ALLOWED
    return deny("closed", _("The webinar is over. Go on in the forum: every line can be followed up there."))


def may_run(seat: Seat) -> Verdict:
    """What presenters and moderators share: answering, pinning, polls, slides."""
    return may_run_room(seat.viewer, seat.roles)


def may_moderate(seat: Seat) -> Verdict:
    return may_moderate_room(seat.viewer, seat.roles)


def may_change_line(seat: Seat, line: RoomEvent) -> Verdict:
    """Change or delete: one's own line, as long as nobody took it away."""
    if line.sender_id != seat.member.pk:
        return deny("not_yours", _("Only its author can change a line."))
    if line.gone in {Gone.DELETED, Gone.HIDDEN, Gone.CUT}:
        return deny("gone", _("This line is gone."))
    return ALLOWED


def may_limit(seat: Seat, is_crew: bool, is_self: bool) -> Verdict:
    """Mute or ban somebody: moderators of the room, and nobody of its crew."""
    moderates = may_moderate(seat)
    if moderates and (is_crew or is_self):
        return deny("crew", _("Members of the crew cannot be muted. An organiser can take them off the crew."))
    return moderates

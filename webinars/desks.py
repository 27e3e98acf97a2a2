"""The bell of the crew's desk: it says what changed, and the desk fetches it over HTTP."""

from typing import Literal

from community.core.actors import SYSTEM
from community.core.audiences import Viewer
from community.live.operations import publish
from community.live.registry import TopicAccess
from webinars.models import Webinar
from webinars.rights import may_run
from webinars.seats import at_the_door, find_seat

What = Literal["queue", "held", "hands", "people"]


def topic_of_desk(webinar: Webinar) -> str:
    return f"desk:{webinar.slug}"


def ring_desk(webinar: Webinar, what: What) -> None:
    """Tell the desk that one of its lists changed; part of operations."""
    publish(topic_of_desk(webinar), "desk.changed", {"what": what}, by=SYSTEM)


def resolve(key: str, viewer: Viewer) -> TopicAccess | None:
    """Presenters, moderators and organisers of the webinar with this slug."""
    seat = find_seat(key, viewer)
    if seat is None or not at_the_door(seat) or not may_run(seat):
        return None
    return TopicAccess(topic_of_desk(seat.webinar))

"""Who acts in a room: the seat of a member with the rights of this very moment, and what stands beside their name."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from community.core.audiences import Viewer, viewer_of
from community.core.errors import Missing
from community.core.languages import speaking
from community.core.policies import Verdict, deny, require
from community.credentials.queries import current_application
from community.members.models import WhoRegion
from webinars.crews import roles_of
from webinars.models import CrewMember, Registration, Room, RoomLimit, Webinar
from webinars.policies import Roles, may_enter, may_speak
from webinars.roomlog import locked_room

# How long the profession and region beside a name may be old.
WHO_SECONDS = 60


@dataclass(frozen=True)
class Seat:
    """A member in the room of a webinar. Operations hold it with the room's row locked; readers without."""

    viewer: Viewer
    webinar: Webinar
    roles: Roles
    limits: frozenset[str]
    room: Room | None = None

    @property
    def member(self) -> Any:
        return self.viewer.member

    @cached_property
    def speaks(self) -> Verdict:
        """Whether they may write at this moment, asked once for all commands that need it."""
        return may_speak(self.viewer, self.webinar, self.limits)

    @property
    def log(self) -> Room:
        """The locked room, which an operation writes to."""
        if self.room is None:
            raise Missing
        return self.room


def seat_in(slug: str, member: Any) -> Seat:
    """The member's seat, with the room locked first so that nothing that was read is old.

    Missing where the member may not see the webinar, Refused where they may not come in now.
    """
    room = locked_room(slug)
    seat = find_seat(slug, viewer_of(member), room)
    if seat is None:
        raise Missing
    require(at_the_door(seat))
    return seat


def seat_for(viewer: Viewer, slug: str) -> Seat:
    """The seat of somebody who reads; Missing and Refused as for one who acts."""
    seat = find_seat(slug, viewer)
    if seat is None:
        raise Missing
    require(at_the_door(seat))
    return seat


def find_seat(slug: str, viewer: Viewer, room: Room | None = None) -> Seat | None:
    """The seat a viewer would have, whether or not they may take it; None where they may not see the webinar."""
    webinar = _webinars(viewer).filter(slug=slug).first() if viewer.member is not None else None
    if webinar is None:
        return None
    limits = frozenset(kind for kind in RoomLimit.Kind.values if getattr(webinar, f"is_{kind}"))
    roles = roles_of(viewer.member, webinar) if webinar.is_crew else frozenset()
    if room is None:
        room = getattr(webinar, "room", None)
    if room is not None:
        room.webinar = webinar
    return Seat(viewer, webinar, roles, limits, room)


def at_the_door(seat: Seat) -> Verdict:
    """Whether the seat may be taken now."""
    if RoomLimit.Kind.BAN in seat.limits and not seat.roles:
        return deny("no_right", _("A moderator has taken you out of this room."))
    state = getattr(seat.webinar, "registration_state", None)
    return may_enter(seat.viewer, seat.webinar, seat.roles, Registration(state=state) if state else None)


def who_of(member: Any) -> dict[str, str]:
    """What stands beside a name in a room, from the credential: profession and region of the world."""
    key = f"webinars.who:{member.pk}"
    known = caches["process"].get(key)
    if known is None:
        known = describe_application(current_application(member))
        caches["process"].set(key, known, WHO_SECONDS)
    return dict(known)


def describe_application(application: Any) -> dict[str, str]:
    """Profession and region of the world, in words; empty where there are none."""
    profession = application.profession if application else None
    country = application.country if application else None
    # It goes into the log of the room, which is the same for readers of all languages.
    with speaking(settings.LANGUAGE_CODE):
        region = str(WhoRegion(country.who_region).label) if country and country.who_region else ""
    return {
        "profession": profession.name if profession else "",
        "region": region,
    }


def _webinars(viewer: Viewer) -> Any:
    """What the viewer may see, each with what admits and limits them: one query."""
    limits = RoomLimit.objects.filter(room__webinar=OuterRef("pk"), member=viewer.member, lifted_at=None)
    mine = Registration.objects.filter(webinar=OuterRef("pk"), member=viewer.member)
    return (
        Webinar.objects.visible_to(viewer)
        .select_related("room")
        .annotate(
            registration_state=Subquery(mine.values("state")[:1]),
            is_crew=Exists(CrewMember.objects.filter(webinar=OuterRef("pk"), member=viewer.member)),
            is_mute=Exists(limits.filter(kind=RoomLimit.Kind.MUTE)),
            is_ban=Exists(limits.filter(kind=RoomLimit.Kind.BAN)),
        )
    )

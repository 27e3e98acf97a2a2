"""Who may be in a room: asked in full at the join and at each command, and in bulk while sockets stay open."""

from collections.abc import Collection
from typing import Any

from community.core.among import Among
from community.core.audiences import Viewer, members_in, viewer_of
from community.credentials.queries import applications_in_force, members_who_may_post
from community.live.registry import TopicAccess
from community.moderation.models import Sanction
from webinars.commands import may_of
from webinars.crews import crew_of
from webinars.models import CrewMember, Registration, RegistrationState, RoomLimit, Webinar, WebinarState
from webinars.rights import may_ask
from webinars.roomlog import topic_of
from webinars.seats import Seat, at_the_door, describe_application, find_seat, who_of


def resolve(key: str, viewer: Viewer) -> TopicAccess | None:
    """The right to the room of the webinar with this slug, or None."""
    seat = find_seat(key, viewer)
    if seat is None or not at_the_door(seat):
        return None
    return TopicAccess(topic_of(seat.webinar), tuple(may_of(seat)), you_of(seat))


def resolve_many(key: str, members: Collection[Any]) -> dict[int, TopicAccess]:
    """The same for plain attendees, in a dozen queries for any number; whoever is anything else is left out."""
    plain = _plain_attendees(key, {member.pk for member in members})
    crowd = [member for member in members if member.pk in plain]
    first = resolve(key, viewer_of(crowd[0])) if crowd else None
    if first is None:
        return {}
    known = describe(key, plain)
    return {
        member.pk: TopicAccess(first.topic, first.may, _told(first.you, member, known.get(member.pk)))
        for member in crowd
    }


def _plain_attendees(key: str, ids: set[int]) -> set[int]:
    """Those who may be in the room and write there, and have no office: what is true of one holds for all."""
    webinar = Webinar.objects.filter(slug=key).first()
    if webinar is None:
        return set()
    there = Among(still_in(key, ids))
    may_write = members_who_may_post().filter(pk__in=there, groups=None, is_staff=False)
    crew = CrewMember.objects.filter(webinar=webinar, member__in=there)
    limited = RoomLimit.objects.filter(room__webinar=webinar, member__in=there, lifted_at=None)
    silenced = Sanction.objects.silencing().filter(member__in=there)
    special = {pk for rows in (crew, limited, silenced) for pk in rows.values_list("member_id", flat=True)}
    return set(may_write.values_list("pk", flat=True)) - special


def _told(you: dict[str, Any], member: Any, who: dict[str, str] | None) -> dict[str, Any]:
    return {**you, "handle": member.handle, "name": str(member), "who": who or describe_application(None)}


def you_of(seat: Seat) -> dict[str, Any]:
    """What a client is told of itself."""
    speaks = may_ask(seat)
    return {
        "handle": seat.member.handle,
        "name": str(seat.member),
        "roles": sorted(seat.roles),
        "who": who_of(seat.member),
        "muted": RoomLimit.Kind.MUTE in seat.limits,
        "silent": "" if speaks else speaks.reason,
    }


def describe(key: str, member_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """Profession and region of those present, for counts."""
    held = applications_in_force().filter(member__in=Among(member_ids)).select_related("profession", "country")
    return {application.member_id: describe_application(application) for application in held}


def registration_of(member: Any, webinar: Webinar) -> Registration | None:
    return Registration.objects.filter(webinar=webinar, member=member).first()


def still_in(key: str, member_ids: Collection[int]) -> set[int]:
    """Which of these members may still be in the room: the same rule as `resolve`, in four queries for all."""
    webinar = Webinar.objects.filter(slug=key).first()
    if webinar is None:
        return set()
    wanted = set(member_ids)
    crew = set(crew_of(webinar).filter(pk__in=Among(wanted)).values_list("pk", flat=True))
    if webinar.state not in {WebinarState.SCHEDULED, WebinarState.LIVE, WebinarState.ENDED}:
        return crew
    others = set(members_in(webinar.audience).filter(pk__in=Among(wanted - crew)).values_list("pk", flat=True))
    if webinar.state != WebinarState.ENDED:
        registered = Registration.objects.filter(webinar=webinar, state=RegistrationState.REGISTERED)
        others &= set(registered.filter(member__in=Among(others)).values_list("member_id", flat=True))
    banned = RoomLimit.objects.filter(room__webinar=webinar, kind=RoomLimit.Kind.BAN, lifted_at=None)
    return crew | (others - set(banned.filter(member__in=Among(others)).values_list("member_id", flat=True)))

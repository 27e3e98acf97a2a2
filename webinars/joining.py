"""Who may be in a room: asked in full at the join and at each command, and in bulk while sockets stay open."""

from collections.abc import Collection
from typing import Any

from community.core.audiences import Viewer, members_in
from community.live.registry import TopicAccess
from webinars.commands import commands_for
from webinars.crews import crew_of, roles_of
from webinars.models import Registration, RegistrationState, RoomLimit, Webinar, WebinarState
from webinars.policies import limits_of, may_enter
from webinars.roomlog import topic_of


def resolve(key: str, viewer: Viewer) -> TopicAccess | None:
    """The right to the room of the webinar with this slug, or None."""
    webinar = Webinar.objects.visible_to(viewer).filter(slug=key).first()
    if webinar is None or viewer.member is None:
        return None
    roles = roles_of(viewer.member, webinar)
    limits = limits_of(viewer.member, webinar)
    if RoomLimit.Kind.BAN in limits and not roles:
        return None
    if not may_enter(viewer, webinar, roles, registration_of(viewer.member, webinar)):
        return None
    you = {"handle": viewer.member.handle, "name": str(viewer.member), "roles": sorted(roles)}
    return TopicAccess(topic_of(webinar), tuple(commands_for(viewer, webinar, roles, limits)), you)


def registration_of(member: Any, webinar: Webinar) -> Registration | None:
    return Registration.objects.filter(webinar=webinar, member=member).first()


def still_in(key: str, member_ids: Collection[int]) -> set[int]:
    """Which of these members may still be in the room: the same rule as `resolve`, in four queries for all."""
    webinar = Webinar.objects.filter(slug=key).first()
    if webinar is None:
        return set()
    wanted = set(member_ids)
    crew = set(crew_of(webinar).filter(pk__in=wanted).values_list("pk", flat=True))
    if webinar.state not in {WebinarState.SCHEDULED, WebinarState.LIVE, WebinarState.ENDED}:
        return crew
    others = set(members_in(webinar.audience).filter(pk__in=wanted - crew).values_list("pk", flat=True))
    if webinar.state != WebinarState.ENDED:
        registered = Registration.objects.filter(webinar=webinar, member__in=others, state=RegistrationState.REGISTERED)
        others &= set(registered.values_list("member_id", flat=True))
    banned = RoomLimit.objects.filter(room__webinar=webinar, kind=RoomLimit.Kind.BAN, lifted_at=None)
    return crew | (others - set(banned.filter(member__in=others).values_list("member_id", flat=True)))

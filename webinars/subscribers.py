"""Who is told what happens to a webinar: those who registered, its organisers, those who are given a part."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from community.core.actors import SYSTEM
from community.core.events import on
from community.core.models import Event
from community.core.notices import tell
from community.members.models import Member
from webinars.models import CrewMember, CrewRole, Registration, RegistrationState, Speaker, Webinar
from webinars.operations.forgetting import forget_member

CONCERNED = {RegistrationState.REGISTERED, RegistrationState.ASKED, RegistrationState.WAITING}
MANY = 500


@on("members.member.erased")
def forget(event: Event) -> None:
    """Names in rooms go with the member."""
    member = Member.objects.filter(pk=event.target_id).first()
    if member is not None:
        forget_member(member, by=SYSTEM)


@on("webinars.webinar.postponed")
def tell_of_move(event: Event) -> None:
    _tell_registered(event, "webinars.postponed")


@on("webinars.webinar.cancelled")
def tell_of_end(event: Event) -> None:
    if event.facts.get("told"):
        _tell_registered(event, "webinars.cancelled")


@on("webinars.registration.made")
def tell_organisers(event: Event) -> None:
    """Only where they have to decide."""
    registration = _registration(event)
    if registration is None or registration.state != RegistrationState.ASKED:
        return
    for seat in registration.webinar.crew.filter(role=CrewRole.ORGANISER).select_related("member"):
        tell(seat.member, "webinars.asked", target=registration.webinar, event_id=event.pk)


@on("webinars.plan.released", "webinars.plan.refused", "webinars.webinar.hidden", "webinars.webinar.restored")
def tell_of_decision(event: Event) -> None:
    """The other organisers: whoever stands for the webinar hears it from moderation, with the reason."""
    webinar = Webinar.objects.filter(pk=event.target_id).first()
    if webinar is None:
        return
    seats = webinar.crew.filter(role=CrewRole.ORGANISER, member__is_active=True)
    for seat in seats.exclude(member=webinar.organiser_id).select_related("member"):
        tell(seat.member, "webinars.plan_decided", target=webinar, event_id=event.pk)


@on("webinars.registration.approved", "webinars.registration.moved_up")
def tell_of_place(event: Event) -> None:
    registration = _registration(event)
    if registration is not None and registration.state == RegistrationState.REGISTERED:
        tell(registration.member, "webinars.place", target=registration.webinar, event_id=event.pk)


@on("webinars.registration.declined", "webinars.registration.removed")
def tell_of_no_place(event: Event) -> None:
    registration = _registration(event)
    if registration is not None and not registration.is_open:
        tell(registration.member, "webinars.no_place", target=registration.webinar, event_id=event.pk)


@on("webinars.crew.joined")
def tell_crew(event: Event) -> None:
    webinar = Webinar.objects.filter(pk=event.target_id).first()
    if webinar is not None:
        _tell_part(webinar, event)


@on("webinars.speaker.added")
def tell_speaker(event: Event) -> None:
    speaker = Speaker.objects.filter(pk=event.target_id).select_related("webinar").first()
    if speaker is not None:
        _tell_part(speaker.webinar, event)


def _tell_part(webinar: Webinar, event: Event) -> None:
    """Whoever was given a part and still has one; not the person who took it themselves."""
    seats = CrewMember.objects.filter(webinar=webinar, member=event.facts.get("member"), member__is_active=True)
    member = next((seat.member for seat in seats.select_related("member")[:1]), None)
    if member is not None and member.pk != event.actor_id:
        tell(member, "webinars.crew", target=webinar, event_id=event.pk)


def _tell_registered(event: Event, kind: str) -> None:
    webinar = Webinar.objects.filter(pk=event.target_id).first()
    if webinar is None:
        return
    for member in _members_of(webinar, event.actor_id):
        tell(member, kind, target=webinar, event_id=event.pk)


def _members_of(webinar: Webinar, but: int | None) -> Iterable[Any]:
    """Everybody with a place or the hope of one, and the crew, each once."""
    places = Registration.objects.filter(webinar=webinar, state__in=CONCERNED).values("member")
    crew = CrewMember.objects.filter(webinar=webinar).values("member")
    concerned = Member.objects.filter(Q(pk__in=places) | Q(pk__in=crew), ~Q(pk=but), is_active=True)
    return concerned.order_by("pk").iterator(chunk_size=MANY)


def _registration(event: Event) -> Registration | None:
    found = Registration.objects.filter(pk=event.target_id).select_related("webinar", "member")
    return found.first()

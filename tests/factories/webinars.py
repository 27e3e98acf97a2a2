"""Webinars with a room, and people in it, as tests need them."""

import uuid
from datetime import timedelta
from typing import Any

import factory

from community.core.clock import now
from community.members.models import Member
from tests.factories.forums import verified_member
from webinars.crews import crew_token, set_role
from webinars.models import CrewRole, Registration, RegistrationState, Webinar, WebinarState


class WebinarFactory(factory.django.DjangoModelFactory[Webinar]):
    """Live now, for verified clinicians."""

    class Meta:
        model = Webinar

    slug = factory.Sequence(lambda n: f"webinar-{n}")
    title = factory.Sequence(lambda n: f"Rounds {n}")
    state = WebinarState.LIVE
    for_whom = "verified"
    audience = "verified"
    organiser = factory.LazyFunction(verified_member)
    starts_at = factory.LazyFunction(lambda: now() - timedelta(minutes=10))
    ends_at = factory.LazyFunction(lambda: now() + timedelta(minutes=50))


def webinar_with(presenter: Member | None = None, moderator: Member | None = None, **fields: Any) -> Webinar:
    """A webinar whose organiser and crew have their roles."""
    webinar = WebinarFactory.create(**fields)
    if webinar.state == WebinarState.DRAFT:
        webinar.audience = crew_token(webinar)
        webinar.save(update_fields=["audience"])
    set_role(webinar, webinar.organiser, CrewRole.ORGANISER)
    for member, role in ((presenter, CrewRole.PRESENTER), (moderator, CrewRole.MODERATOR)):
        if member is not None:
            set_role(webinar, member, role)
    return webinar


def attendee(webinar: Webinar, member: Member | None = None, **fields: Any) -> Member:
    """A verified member who is registered."""
    member = member or verified_member(**fields)
    register(webinar, member)
    return member


def register(webinar: Webinar, member: Member, state: str = RegistrationState.REGISTERED) -> Registration:
    return Registration.objects.create(webinar=webinar, member=member, state=state)


def ref() -> str:
    return str(uuid.uuid4())

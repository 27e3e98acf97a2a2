"""Devices end with what they were added in: the session, the right to take part, the account."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_out

from community.core.events import on
from community.core.models import Event
from community.credentials.models import Application
from community.members.models import Member
from community.notifications.operations import forget_devices


def register() -> None:
    """Called once, when the models are ready."""
    user_logged_out.connect(forget_on_the_way_out)


def forget_on_the_way_out(request: Any, user: Any, **_kwargs: Any) -> None:
    """Signing out ends the devices of that session at once."""
    if user is not None and request is not None and request.session.session_key:
        forget_devices(user, session_key=request.session.session_key)


@on("members.session.ended")
def forget_ended_sessions(event: Event) -> None:
    """A session that was ended from another device takes its device along."""
    member = Member.objects.filter(pk=event.target_id).first()
    if member is None:
        return
    running = set(UserSession.objects.filter(user=member).values_list("session_key", flat=True))
    for device in member.devices.exclude(session_key__in=running):
        forget_devices(member, session_key=device.session_key)


@on("members.member.erased")
def forget_the_erased(event: Event) -> None:
    """Nothing is left that leads to a browser of theirs."""
    member = Member.objects.filter(pk=event.target_id).first()
    if member is not None:
        forget_devices(member)


@on("credentials.application.suspended")
def forget_the_suspended(event: Event) -> None:
    """Whoever is suspended can add a device again when that is over."""
    application = Application.objects.filter(pk=event.target_id).select_related("member").first()
    if application is not None:
        forget_devices(application.member)

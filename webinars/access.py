"""Fetches a row for an operation: locked, and only for those who may do this. What one may not see is not there."""

from typing import Any

from community.core.audiences import Viewer, viewer_of
from community.core.errors import Missing
from community.core.policies import require
from webinars.crews import roles_of
from webinars.models import Registration, Speaker, Webinar
from webinars.policies import may_organise


def webinar_to_plan(by: Any, pk: int) -> tuple[Viewer, Webinar]:
    """The webinar, locked until the transaction ends, for one of its organisers or an editor."""
    viewer = viewer_of(by)
    webinar = locked(pk)
    if not may_organise(viewer, roles_of(viewer.member, webinar)):
        if not Webinar.objects.visible_to(viewer).filter(pk=pk).exists():
            raise Missing
        require(may_organise(viewer, roles_of(viewer.member, webinar)))
    return viewer, webinar


def webinar_to_attend(by: Any, pk: int) -> tuple[Viewer, Webinar]:
    """The webinar, locked, for somebody who can see it: places are given one after the other."""
    viewer = viewer_of(by)
    webinar = locked(pk)
    if not Webinar.objects.visible_to(viewer).filter(pk=pk).exists():
        raise Missing
    return viewer, webinar


def registration_to_decide(by: Any, registration: Registration) -> tuple[Webinar, Registration]:
    """A registration and its webinar, locked, for an organiser."""
    _viewer, webinar = webinar_to_plan(by, registration.webinar_id)
    return webinar, Registration.objects.select_related("member").get(pk=registration.pk)


def speaker_to_plan(by: Any, speaker: Speaker) -> tuple[Webinar, Speaker]:
    """A speaker and the locked webinar, for an organiser."""
    _viewer, webinar = webinar_to_plan(by, speaker.webinar_id)
    return webinar, Speaker.objects.get(pk=speaker.pk)


def locked(pk: int) -> Webinar:
    """The webinar with its row locked; the caller has asked, or asks next, who may do this."""
    webinar = Webinar.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if webinar is None:
        raise Missing
    return webinar

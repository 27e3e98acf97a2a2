"""A webinar that is planned and published by the presenter, and a draft of somebody else."""

import io
import uuid
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from pikepdf import Pdf

from community.core.clock import now
from community.knowledge.models import Handout
from community.members.models import Member
from tests.factories.webinars import register, webinar_with
from webinars.inviting import digest_of
from webinars.models import FeedKey, Room, Series, Speaker, Webinar, WebinarState

TOKEN = "the-secret-of-a-guest"
OF_A_WEBINAR = (
    "webinar-detail webinar-register webinar-unregister webinar-reminders webinar-question webinar-calendar "
    "webinar-conflicts webinar-plan webinar-publish webinar-move webinar-cancel webinar-duplicate webinar-repeat "
    "webinar-speakers webinar-crew webinar-crew-remove webinar-files webinar-file-remove webinar-people "
    "webinar-people-export webinar-attendance-export webinar-captions webinar-report"
)


def put_plans(world: Any, author: Member) -> None:
    """Say what the addresses of webinars are asked with."""
    presenter = world.personas["presenter"]
    ours, theirs = _planned("planned-rounds", presenter), _planned("hidden-rounds", author, WebinarState.DRAFT)
    world.put(OF_A_WEBINAR, {"slug": ours.slug}, {"slug": theirs.slug})
    world.put("webinar-step", {"slug": ours.slug, "step": "about"}, {"slug": theirs.slug, "step": "about"})
    world.put("series-detail series-edit", {"slug": ours.series.slug}, {"slug": theirs.series.slug})
    guests = [
        Speaker.objects.create(webinar=each, name="A Guest", email="guest@clinic.example") for each in (ours, theirs)
    ]
    Speaker.objects.filter(pk=guests[0].pk).update(invitation=digest_of(TOKEN))
    world.put("webinar-speaker", *({"slug": each.webinar.slug, "public_id": each.public_id} for each in guests))
    register(ours, world.personas["member"])
    register(theirs, author)
    places = ({"slug": ours.slug, "handle": "the-member"}, {"slug": theirs.slug, "handle": author.handle})
    world.put("webinar-decide", *places)
    world.put("webinar-handout", *({"slug": each.slug, "pk": _handout(each)} for each in (ours, theirs)))
    world.put("webinar-feed", {"key": FeedKey.objects.create(member=presenter, key=uuid.uuid4()).key})
    world.put("speaker-invitation", {"token": TOKEN})


def _planned(slug: str, organiser: Member, state: str = WebinarState.SCHEDULED) -> Webinar:
    series = Series.objects.create(slug=f"{slug}-series", title="Rounds", organiser=organiser)
    starts = now() + timedelta(days=3)
    webinar = webinar_with(
        slug=slug,
        organiser=organiser,
        state=state,
        for_whom="members",
        audience="members",
        series=series,
        names_attendance=True,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )
    Room.objects.create(webinar=webinar)
    Speaker.objects.create(webinar=webinar, member=organiser, name=str(organiser))
    return webinar


def _handout(webinar: Webinar) -> int:
    handout = Handout(title="Plan", audience=f"crew:{webinar.pk}", file=ContentFile(_pdf(), name="plan.pdf"))
    handout.save()
    webinar.handouts.add(handout)
    return int(handout.pk)


def _pdf() -> bytes:
    """A page with nothing on it."""
    out = io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()

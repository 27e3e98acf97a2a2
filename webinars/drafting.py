"""Making a draft: with its first organiser, or after the pattern of another webinar. The operations ask who may."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from webinars.crews import set_role
from webinars.models import CrewRole, Poll, PollOption, Speaker, Webinar
from webinars.plans import EDITABLE, free_slug, put, put_related
from webinars.policies import audience_of

NOT_COPIED = {"starts_at", "ends_at"}


def copy_of(webinar: Webinar, by: Any, starts_at: datetime) -> Webinar:
    """A draft with the plan, crew, speakers, polls and hand-outs of another; each speaker declares anew.

    Hand-outs are the same files: the last webinar that lets go of one removes it (operations.files).
    """
    values = {name: getattr(webinar, name) for name in EDITABLE - NOT_COPIED}
    values |= {"starts_at": starts_at, "ends_at": starts_at + (webinar.ends_at - webinar.starts_at)}
    copy = new_webinar(by, values)
    related = {"specialties": webinar.specialties.all(), "countries": webinar.countries.all()}
    put_related(copy, related | {"tags": list(webinar.tags.names())})
    copy.cover = webinar.cover
    copy.save(update_fields=["cover"])
    copy.handouts.set(webinar.handouts.all())
    for seat in webinar.crew.select_related("member"):
        set_role(copy, seat.member, CrewRole(seat.role))
    for poll in webinar.polls.prefetch_related("options"):
        _copy_poll(poll, copy)
    for speaker in webinar.speakers.filter(member__isnull=False).select_related("member"):
        Speaker.objects.create(webinar=copy, position=speaker.position, **speaking(speaker.member))
    return copy


def _copy_poll(poll: Poll, copy: Webinar) -> None:
    """A prepared poll with the same words, which were screened when they were written; no answers."""
    kept = {name: getattr(poll, name) for name in ("prompt", "kind", "results", "explanation", "position")}
    fresh = Poll.objects.create(webinar=copy, **kept)
    options = [
        PollOption(poll=fresh, number=each.number, text=each.text, is_correct=each.is_correct)
        for each in poll.options.all()
    ]
    PollOption.objects.bulk_create(options)


def new_webinar(by: Any, values: Mapping[str, Any]) -> Webinar:
    """A stored draft with its first organiser."""
    webinar = Webinar(organiser=by, slug=free_slug(values["title"], Webinar))
    put(webinar, values)
    webinar.save()
    webinar.audience = audience_of(webinar)
    webinar.save(update_fields=["audience"])
    put_related(webinar, values)
    set_role(webinar, by, CrewRole.ORGANISER)
    return webinar


def speaking(member: Any) -> dict[str, Any]:
    """What a speaker who is a member is called, as their profile says; the conflicts of interest are asked for anew."""
    title = ", ".join(filter(None, [str(member.profession or ""), member.institution]))
    return {"member": member, "name": str(member)[:120], "title": title[:160]}

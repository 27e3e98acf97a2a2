"""The page from which a presenter goes live, and the measure of their line."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from community.core import limits
from community.core.audiences import Viewer
from community.core.clock import now
from community.core.errors import Missing
from community.core.policies import require
from webinars import streaming
from webinars.audience_words import audience_label
from webinars.crews import roles_of
from webinars.models import Deck, VideoSource, Webinar
from webinars.operations.broadcasting import broadcast_of
from webinars.operations.running import SECOND_THOUGHTS
from webinars.playing import is_own
from webinars.policies import may_present
from webinars.video_words import golive_words
from webinars.views.requests import WebinarRequest, webinar_or_missing

DEVICES = "camera=(self), microphone=(self), display-capture=(self), screen-wake-lock=(self)"
PROBES = "60/hour"
CUTS = [10, 30, 60, 120]  # seconds


@dataclass(frozen=True)
class Check:
    """A line of the checklist. What is `needed` and not `done` stands in the way."""

    label: str
    done: bool
    needed: bool = False
    detail: str = ""
    url: str = ""
    url_label: str = ""


@require_safe
@login_required
def golive_page(request: WebinarRequest, slug: str) -> HttpResponse:
    """Devices, a test, the checklist and the button; only here may the site ask for camera and microphone."""
    return golive_answer(request, webinar_to_present(request, slug))


def golive_answer(request: WebinarRequest, webinar: Webinar, key: str = "") -> HttpResponse:
    """The page for a presenter; `key` is a stream key that is told this once."""
    checks = checklist(webinar, request.viewer)
    context = {
        "webinar": webinar,
        "checks": checks,
        "cleared": all(check.done for check in checks if check.needed),
        "is_open": _is_open(webinar),
        "from_browser": webinar.video_source == VideoSource.BROWSER,
        "session": broadcast_of(webinar).public_id,
        "cuts": CUTS,
        "words": golive_words(),
        **_streaming(webinar, key),
    }
    response = render(request, "webinars/golive.html", context)
    response["Permissions-Policy"] = DEVICES
    return response


@require_POST
@login_required
def golive_probe(request: WebinarRequest, slug: str) -> HttpResponse:
    """Takes a body and forgets it: the page measures how long that took."""
    webinar_to_present(request, slug)
    limits.spend("webinars.probe", request.user.pk, PROBES)
    return HttpResponse(status=204)


def _streaming(webinar: Webinar, key: str) -> dict[str, Any]:
    """What the page says of OBS, where the video comes from it."""
    if webinar.video_source != VideoSource.INGEST or not streaming.is_offered():
        return {}
    stored = streaming.stream_key_of(webinar)
    return {"stream": streaming.addresses_of(webinar), "stream_key": stored, "new_key": key}


def checklist(webinar: Webinar, viewer: Viewer) -> list[Check]:
    """What should be in order before anybody watches."""
    speakers = list(webinar.speakers.all())
    return [
        Check(_("Title: %(title)s") % {"title": webinar.title}, bool(webinar.title), needed=True),
        Check(_("Who can watch: %(who)s") % {"who": audience_label(webinar.for_whom, viewer)}, True),
        *(_statement(webinar, speaker) for speaker in speakers),
        _slides(webinar),
        _delay(webinar),
    ]


def _statement(webinar: Webinar, speaker: Any) -> Check:
    if not speaker.has_declared:
        detail = _("Nobody can go live before it is there.")
        label = _("Conflict-of-interest statement of %(name)s is missing") % {"name": speaker.name}
        return Check(label, False, True, detail, f"{webinar.get_absolute_url()}?about", _("Ask for it"))
    label = _("Conflict-of-interest statement of %(name)s") % {"name": speaker.name}
    return Check(label, True, True, _("None declared") if speaker.coi_none else speaker.coi_statement)


def _slides(webinar: Webinar) -> Check:
    deck = webinar.decks.filter(state=Deck.State.READY).first()
    if deck is None:
        return Check(_("No slides: show your screen instead, or add a PDF"), False)
    pages = ngettext("%(n)d page", "%(n)d pages", deck.page_count) % {"n": deck.page_count}
    return Check(_("Slides: %(title)s, %(pages)s") % {"title": deck.title, "pages": pages}, True)


def _delay(webinar: Webinar) -> Check:
    if not webinar.broadcast_delay:
        return Check(_("No broadcast delay: what is said is out at once"), True)
    if not is_own(webinar):
        return Check(_("The broadcast delay does not hold: this video does not pass through our server"), False)
    label = _("Broadcast delay: %(n)d s in which words can be cut") % {"n": webinar.broadcast_delay}
    if webinar.video_source != VideoSource.INGEST:
        return Check(label, True)
    return Check(
        label, True, detail=_("Send over RTMP, with AAC sound: what comes over WHIP is seen only after the end.")
    )


def _is_open(webinar: Webinar) -> bool:
    """Announced or live; also just ended, for whoever ended by mistake."""
    if webinar.is_over:
        return webinar.ended_at is not None and now() - webinar.ended_at <= SECOND_THOUGHTS
    return webinar.is_upcoming or webinar.is_live


def webinar_to_present(request: WebinarRequest, slug: str) -> Webinar:
    webinar = webinar_or_missing(request, slug)
    roles = roles_of(request.user, webinar)
    if not roles:
        raise Missing
    require(may_present(request.viewer, roles))
    return webinar

"""The room in the browser: lobby and live, the presenter's view, the moderator's desk. HTML only."""

import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.errors import Boundary
from community.core.rewording import reword_data
from community.moderation.models import Reason
from webinars import reading
from webinars import room_reading as showing
from webinars.models import Webinar
from webinars.operations.attending import beat
from webinars.playing import Player, has_own_video, is_own, permit_player, player_of
from webinars.policies import may_moderate_room, may_present
from webinars.question_pages import Asked, page_of
from webinars.room_acts import Act, acts_on_line
from webinars.room_words import room_words
from webinars.seats import seat_for
from webinars.views.desk_pages import desk_context
from webinars.views.requests import WebinarRequest

#: Where the words of a command stand; all others in the chat.
SURFACES = {"question.ask": "question", "poll.vote": "question"}
REACTIONS = {
    "clap": ("sparkles", _("Applause")),
    "thanks": ("heart", _("Thank you")),
    "yes": ("hand-thumb-up", _("Yes")),
    "no": ("hand-thumb-down", _("No")),
    "slower": ("backward", _("Slower, please")),
    "faster": ("forward", _("Faster, please")),
}


def room_page(request: WebinarRequest, webinar: Webinar) -> HttpResponse:
    """The page of an open room, for whoever may enter it."""
    context = _room(request, webinar)
    beat(webinar, request.viewer.member)
    return permit_player(render(request, "webinars/room.html", context), context["player"])


def refused_page(request: WebinarRequest, webinar: Webinar, error: Boundary) -> HttpResponse:
    """The page of the form that could not be taken: every word is kept, and what triggered is marked."""
    findings = getattr(error, "findings", [])
    has_offers = any(finding.rewrite for finding in findings)
    tried = {**request.POST.dict(), "reason": error.reason, "findings": findings, "has_offers": has_offers}
    template, context = _page_of_form(request, webinar)
    return render(request, template, {**context, "tried": tried}, status=error.status)


def reworded_page(request: WebinarRequest, webinar: Webinar) -> HttpResponse:
    """The page of the form with the guard's wording in it; nothing was sent. Raises Refused when the guard fails."""
    surfaces = dict.fromkeys(("prompt", "explanation"), "question") | {"text": SURFACES.get(request.POST["do"], "chat")}
    tried = {**reword_data(request.POST, surfaces).dict(), "is_reworded": True}
    template, context = _page_of_form(request, webinar)
    return render(request, template, {**context, "tried": tried})


def _page_of_form(request: WebinarRequest, webinar: Webinar) -> tuple[str, dict[str, Any]]:
    came_from = request.POST.get("next", "")
    if came_from == reverse("room-desk-page", args=[webinar.slug]):
        return "webinars/desk.html", desk_context(request, seat_for(request.viewer, webinar.slug))
    return "webinars/room.html", _room(request, webinar)


def _room(request: WebinarRequest, webinar: Webinar) -> dict[str, Any]:
    """Everything that the page shows, for whoever has a seat."""
    seat = seat_for(request.viewer, webinar.slug)
    state, own = reading.state_of(seat.room), reading.own_part(seat)
    may, lines = frozenset(own["may"]), state["lines"]
    sought = request.GET.get("q", "").strip()[:80]
    chosen = lines.get(_number(request.GET.get("line")))
    before = _number(request.GET.get("before"))
    found, has_earlier = showing.lines_shown(state, sought, before)
    asked = Asked.of(request.GET)
    page = page_of(seat.room, state, showing.questions_shown(state, own, may, asked.by), asked)
    return {
        "webinar": webinar,
        "state": state,
        "own": own,
        "own_json": showing.own_as_json(own),
        "may": may,
        "may_when_open": not own["silent"],
        "may_present": may_present(request.viewer, seat.roles),
        "may_moderate": may_moderate_room(request.viewer, seat.roles),
        "lines": found,
        "has_earlier": has_earlier,
        "is_earlier": bool(before),
        "pinned": lines.get(state["pinned"]),
        "chosen": chosen,
        "chosen_acts": _acts(chosen, may, own["handle"], state),
        "reasons": Reason.choices,
        "questions": page.rows,
        "question_page": page,
        "waiting": showing.waiting_of(own),
        "polls": showing.polls_shown(state, own, may),
        "slides": showing.slides_of(state, webinar),
        "speakers": list(webinar.speakers.all()),
        "reactions": [(kind, picture, label) for kind, (picture, label) in REACTIONS.items()],
        "words": room_words(),
        "sought": sought,
        "sort": asked.by,
        **_manner(request, webinar),
    }


def _manner(request: WebinarRequest, webinar: Webinar) -> dict[str, Any]:
    """How the page is shown: lean, still, and when it begins."""
    is_lean = "lean" in request.GET
    return {
        "is_lean": is_lean,
        "player": _player(webinar, request.user, is_lean),
        "awaits": is_own(webinar),
        "has_pictures": not is_own(webinar) or has_own_video(webinar),
        "is_still": bool({"still", "line", "q", "page", "find"} & request.GET.keys()) or request.method == "POST",
        "new_ref": uuid.uuid4(),
        "new_question_ref": uuid.uuid4(),
        "minutes_to_start": max(0, int((webinar.starts_at - now()).total_seconds() // 60)),
    }


def _player(webinar: Webinar, member: Any, is_lean: bool) -> Player:
    """On a poor line only the sound of our own video."""
    player = player_of(webinar, member)
    return replace(player, source=player.audio, audio="") if is_lean and player.audio else player


def _acts(chosen: dict[str, Any] | None, may: frozenset[str], handle: str, state: dict[str, Any]) -> list[Act]:
    return acts_on_line(chosen, may, handle, pinned=state["pinned"] == chosen["seq"]) if chosen else []


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 12 else 0

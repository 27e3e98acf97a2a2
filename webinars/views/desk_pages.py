"""The crew's pages beside the room: the presenter's view in big type, and the moderator's desk. HTML only."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from community.core.errors import Boundary, Invalid
from community.core.policies import require
from community.moderation.models import Reason
from community.moderation.queries import passages
from webinars import reading
from webinars import room_reading as showing
from webinars.desk_lists import desk_for
from webinars.models import Deck, PollKind, QuestionState, ResultsRule
from webinars.operations import moderating, questions
from webinars.policies import may_present
from webinars.question_pages import Asked, page_of
from webinars.rights import may_moderate, may_run
from webinars.room_acts import acts_on_question
from webinars.seats import Seat, seat_for
from webinars.views.requests import WebinarRequest

LINES = 40
LATER = 8
OPEN = 25
SLOW = [0, 5, 10, 30, 60, 300]
OPTIONS = 6
CUTS = [10, 20, 30, 60]


@never_cache
@login_required
@require_safe
def presenter_view(request: WebinarRequest, slug: str) -> HttpResponse:
    """What whoever speaks needs at a glance."""
    seat = _crew_seat(request, slug)
    return render(request, "webinars/presenter.html", presenter_context(request, seat))


@never_cache
@sensitive_post_parameters("text")
@login_required
@require_http_methods(["GET", "POST"])
def desk_page(request: WebinarRequest, slug: str) -> HttpResponse:
    """Everything that waits for somebody. A POST is a look: at held words, or at who asked; both are recorded."""
    seat = _crew_seat(request, slug)
    looked = _look(request, slug) if request.method == "POST" else {}
    return render(request, "webinars/desk.html", {**desk_context(request, seat), **looked})


def presenter_context(request: WebinarRequest, seat: Seat) -> dict[str, Any]:
    """The question that is answered or comes next, slides with the one after, hands, polls."""
    context = _shared(request, seat)
    open_ones = context["open_questions"]
    page = page_of(seat.room, context["state"], open_ones[1:], Asked.of(request.GET), per_page=LATER)
    decks = list(seat.webinar.decks.filter(state=Deck.State.READY))
    slides, shown = showing.slides_of(context["state"], seat.webinar), context["state"]["slide"]["n"]
    context |= {
        "question": open_ones[0] if open_ones else None,
        "later": page.rows,
        "question_page": page,
        "slides": slides,
        "slide": next((page for page in slides if page["n"] == shown), None),
        "next_slide": next((page for page in slides if page["n"] == shown + 1), None),
        "here": request.path,
        "previous_n": shown - 1 if shown > 1 else 0,
        "decks": decks,
    }
    return context


def desk_context(request: WebinarRequest, seat: Seat) -> dict[str, Any]:
    """What waits, the newest lines, people and settings."""
    context = _shared(request, seat)
    lines = [line for line in context["state"]["lines"].values() if not line.get("gone")]
    open_ones = context["open_questions"]
    page = page_of(seat.room, context["state"], open_ones, Asked.of(request.GET), per_page=OPEN)
    waiting = Paginator(context["desk"]["queue"], OPEN).get_page(request.GET.get("waiting"))
    return context | {
        "lines": list(reversed(lines[-LINES:])),
        "question_page": page,
        "waiting": waiting,
        "merge_into": list({each["question"]: each for each in [*page.rows, *open_ones[:OPEN]]}.values()),
        "why": Reason.choices,
        "slow": SLOW,
        "cuts": CUTS,
        "moderates": bool(may_moderate(seat)),
        "kinds": PollKind.choices,
        "rules": ResultsRule.choices,
        "blank": option_rows({}),
    }


def _shared(request: WebinarRequest, seat: Seat) -> dict[str, Any]:
    state, own = reading.state_of(seat.room), reading.own_part(seat)
    may = frozenset(own["may"])
    desk = desk_for(seat)
    for poll in desk["polls"]:
        poll["rows"] = option_rows(poll)
    for question in [*desk["queue"], *desk["set_aside"]]:
        question["acts"] = acts_on_question(question, may)
        question["label"] = QuestionState(question["state"]).label
    by_votes = showing.questions_shown(state, own, may, "votes")
    return {
        "webinar": seat.webinar,
        "state": state,
        "own": own,
        "may": may,
        "may_present": may_present(seat.viewer, seat.roles),
        "desk": desk,
        "open_questions": [each for each in by_votes if not each["closed"]],
        "polls": showing.polls_shown(state, own, may),
        "here": reverse("room-desk-page", args=[seat.webinar.slug]),
        "tried": {},
    }


def option_rows(poll: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields for answers in the form of a poll: those it has, and empty ones."""
    texts = {option["n"]: option["text"] for option in poll.get("options", [])}
    last, correct = max([OPTIONS, *texts]), poll.get("correct", [])
    return [{"n": n, "text": texts.get(n, ""), "is_correct": n in correct} for n in range(1, last + 1)]


def _crew_seat(request: WebinarRequest, slug: str) -> Seat:
    seat = seat_for(request.viewer, slug)
    require(may_run(seat))
    return seat


def _look(request: WebinarRequest, slug: str) -> dict[str, Any]:
    """What a moderator has asked to see; a refusal is told on the page."""
    looks: dict[str, Callable[..., dict[str, Any]]] = {"held": _look_at_held, "asker": _look_at_asker}
    look = looks.get(request.POST.get("look", ""))
    if look is None:
        raise Invalid(_("There is nothing to look at."))
    try:
        return look(request, slug)
    except Boundary as error:
        messages.error(request, error.reason)
        return {}


def _look_at_held(request: WebinarRequest, slug: str) -> dict[str, Any]:
    line = request.POST.get("line", "")
    found = moderating.read_held(slug, by=request.user, line=line)
    return {"opened": {"line": line, "passages": passages({"text": found["text"]}, found["findings"])}}


def _look_at_asker(request: WebinarRequest, slug: str) -> dict[str, Any]:
    question, reason = request.POST.get("question", ""), request.POST.get("reason", "")
    return {"asker": questions.reveal_asker(slug, by=request.user, question=question, reason=reason), "asked": question}

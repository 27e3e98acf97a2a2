"""The room over HTTP: the twin of its socket, and plain forms for every command."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

from community.core.errors import Boundary, Invalid, Missing, TooMany
from community.core.policies import deny, require
from community.core.rewording import BUTTON
from community.core.ui import links_at
from webinars import commands, reading
from webinars.desk_lists import desk_for
from webinars.operations import attending, moderating, questions
from webinars.question_pages import Asked, page_of
from webinars.rights import may_run
from webinars.room_reading import in_order
from webinars.seats import seat_for
from webinars.views.requests import WebinarRequest, webinar_or_missing
from webinars.views.room_pages import refused_page, reworded_page

LARGEST = 16 * 1024
JSON = "application/json"


@never_cache
@require_safe
def room_events(request: WebinarRequest, slug: str) -> HttpResponse:
    """What happened after `?since=N` (the newest page without it), at most 500 events at a time."""
    try:
        seat = _seat(request, slug)
        attending.beat(seat.webinar, seat.member)
        return JsonResponse(reading.events_for(seat, _place(request.GET.get("since")), request.GET.get("epoch", "")))
    except Boundary as error:
        return _refused(error)


@never_cache
@sensitive_post_parameters("text")
@require_POST
def room_commands(request: WebinarRequest, slug: str) -> HttpResponse:
    """A command as JSON, answered as on a socket; or as a form, answered with a page."""
    if request.content_type == JSON:
        return _json_command(request, slug)
    return _form_command(request, slug)


@never_cache
@require_safe
def room_state(request: WebinarRequest, slug: str) -> HttpResponse:
    """The room as everybody sees it, and beside it what is this viewer's own."""
    try:
        seat = _seat(request, slug)
        return HttpResponse(reading.state_answer(seat), content_type=JSON)
    except Boundary as error:
        return _refused(error)


@never_cache
@require_safe
def room_lines(request: WebinarRequest, slug: str) -> HttpResponse:
    """Lines `?before=N` another, a page at a time; with `?q=` those that say it, from the whole chat."""
    try:
        seat, before = _seat(request, slug), _place(request.GET.get("before"))
        return JsonResponse(reading.earlier_lines(seat, before, request.GET.get("q", "").strip()[:80]))
    except Boundary as error:
        return _refused(error)


@never_cache
@require_safe
def room_questions(request: WebinarRequest, slug: str) -> HttpResponse:
    """A page of the questions, `?sort=votes|time&page=2&at=812&find=words`. `at` keeps the order of the first page."""
    try:
        seat, asked = _seat(request, slug), Asked.of(request.GET)
        state = reading.state_of(seat.room)
        page = page_of(seat.room, state, in_order(state["questions"].values(), asked.by), asked)
    except Boundary as error:
        return _refused(error)
    told = {name: getattr(page, name) for name in ("total", "pages", "page", "at", "fresh")}
    return JsonResponse({"questions": page.rows, "sort": asked.by, **told})


@never_cache
@require_safe
def room_desk(request: WebinarRequest, slug: str) -> HttpResponse:
    """The lists of the desk, for the crew."""
    try:
        seat = _seat(request, slug)
        require(may_run(seat))
        return JsonResponse(desk_for(seat))
    except Boundary as error:
        return _refused(error)


@never_cache
@require_POST
def room_held(request: WebinarRequest, slug: str) -> HttpResponse:
    """The words of a held line (`line`), for a moderator; each look is an audit entry."""
    try:
        _seat(request, slug)
        return JsonResponse(moderating.read_held(slug, by=request.user, line=_word(request, "line")))
    except Boundary as error:
        return _refused(error)


@never_cache
@require_POST
def room_asker(request: WebinarRequest, slug: str) -> HttpResponse:
    """Who asked a `question` anonymously, for a moderator with a `reason`; each look is an audit entry."""
    try:
        _seat(request, slug)
        question, reason = _word(request, "question"), _word(request, "reason")
        member = questions.reveal_asker(slug, by=request.user, question=question, reason=reason)
        return JsonResponse({"question": question, "handle": member.handle, "name": str(member)})
    except Boundary as error:
        return _refused(error)


@login_required
@require_safe
def room_follow_up(request: WebinarRequest, slug: str, seq: int) -> HttpResponse:
    """Where a line can be followed up: the spaces of the forum, each with a draft that links to the moment."""
    webinar = webinar_or_missing(request, slug)
    draft = reading.follow_up(_seat(request, slug), seq)
    query = urlencode({name: draft[name] for name in ("title", "source")})
    places = [(link.label, f"{link.url}?{query}") for link in links_at("new_thread", request.viewer)]
    context = {"webinar": webinar, "draft": draft, "places": places}
    return render(request, "webinars/follow_up.html", context)


def _json_command(request: WebinarRequest, slug: str) -> HttpResponse:
    frame: dict[str, Any] = {}
    try:
        frame = _frame(request)
        _require_sign_in(request)
        name, ref = str(frame.get("do")), _ref(frame.get("ref"))
        data = _data(name, {key: value for key, value in frame.items() if key not in {"do", "ref"}})
        answer = commands.give(name, request.user, slug, data, ref)
    except Boundary as error:
        return _refused(error, frame.get("ref"))
    return JsonResponse({"is": "ack", "ref": frame["ref"], **answer})


@login_required
def _form_command(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = webinar_or_missing(request, slug)
    name = request.POST.get("do", "")
    try:
        if BUTTON in request.POST:
            return reworded_page(request, webinar)
        ref = _ref(request.POST["ref"]) if request.POST.get("ref") else None
        answer = commands.give(name, request.user, slug, _data(name, _fields(name, request.POST), is_form=True), ref)
    except Missing:
        raise
    except Boundary as error:
        return refused_page(request, webinar, error)
    messages.success(request, reading.said_of(name, answer))
    return redirect(_back(request, webinar))


def _word(request: HttpRequest, name: str) -> str:
    """One word of a form or of a JSON object."""
    sent = _frame(request).get(name) if request.content_type == JSON else request.POST.get(name)
    if not isinstance(sent, str) or (not sent.isidentifier() and not sent.isalnum()):
        raise Invalid({name: [_("This is missing.")]})
    return sent


def _seat(request: WebinarRequest, slug: str) -> Any:
    _require_sign_in(request)
    return seat_for(request.viewer, slug)


def _require_sign_in(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        require(deny("not_signed_in", _("Please sign in first.")))


def _frame(request: HttpRequest) -> dict[str, Any]:
    """The command object; Invalid for anything else, and for one that a socket would not take."""
    try:
        body = request.body
        frame = json.loads(body) if len(body) <= LARGEST else None
    except (ValueError, RecursionError, RequestDataTooBig):
        frame = None
    if not isinstance(frame, dict):
        raise Invalid(_("Send one command as JSON, of at most 16 KiB."))
    return frame


def _ref(value: object) -> str:
    try:
        return str(UUID(value if isinstance(value, str) else ""))
    except ValueError:
        raise Invalid({"ref": [_("A command needs a ref, which is a UUID.")]}) from None


def _data(name: str, fields: dict[str, Any], *, is_form: bool = False) -> Any:
    known = commands.COMMANDS.get(name)
    if known is None:
        raise Invalid({"do": [_("There is no such command.")]})
    try:
        return known.schema.model_validate(fields, strict=False if is_form else None)
    except ValidationError:
        raise Invalid(_("That command has other fields.")) from None


def _fields(name: str, sent: Any) -> dict[str, Any]:
    """What a form sends for a command: lists where it takes lists, and nothing for what was left empty."""
    known = commands.COMMANDS.get(name)
    taken = known.schema.model_fields if known else {}
    lists = {field for field, info in taken.items() if isinstance(info.default, list)}
    values = {field: sent.getlist(field) if field in lists else sent[field] for field in taken if field in sent}
    return {field: value for field, value in values.items() if value not in ("", [""])}


def _place(since: str | None) -> int | None:
    if since is None or since == "":
        return None
    if not since.isdecimal() or len(since) > 15:
        raise Invalid(_("The place in the log must be a number."))
    return int(since)


def _back(request: HttpRequest, webinar: Any) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if wanted.startswith("/") and is_ours else webinar.get_absolute_url()


def _refused(error: Boundary, ref: object = None) -> JsonResponse:
    """As on a socket: a code that stays, a sentence, and where the words stand that must not go out."""
    ref = ref if isinstance(ref, str) else None
    answer: dict[str, Any] = {"is": "refused", "ref": ref, "code": error.code, "reason": error.reason}
    if getattr(error, "findings", []):
        answer["findings"] = [vars(finding) for finding in error.findings]  # type: ignore[attr-defined]
    response = JsonResponse(answer, status=401 if error.code == "not_signed_in" else error.status)
    if isinstance(error, TooMany):
        answer["retry_after"] = error.retry_after
        response = JsonResponse(answer, status=error.status)
        response["Retry-After"] = str(error.retry_after)
    return response

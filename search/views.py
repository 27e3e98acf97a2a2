"""The page of results and the suggestions while typing. What is asked stands in the address; it is counted without
anybody (see asked.py)."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.audiences import Viewer
from community.core.errors import Missing
from community.core.limits import spend
from community.core.rewording import Tried, attempt
from community.core.trying import posted
from forums.models import Thread, ThreadState
from search import alerts, operations, outbox, showing, similar, suggesting
from search import asked as counting
from search.forms import SaveForm
from search.grammar import LONGEST
from search.models import SavedSearch
from search.searching import Request, search

SEARCHES = "120/minute"
SUGGESTIONS = "600/minute"


class SearchRequest(HttpRequest):
    """A request that has been through the viewer's middleware."""

    viewer: Viewer


@require_safe
def search_page(request: SearchRequest) -> HttpResponse:
    spend("search", _who(request), SEARCHES)
    asked = asked_in(request)
    context: dict[str, Any] = {
        "q": asked.text,
        "limits": {"text": LONGEST},
        "examples": showing.EXAMPLES,
        "orders": showing.ORDERS,
    }
    if not asked.text.strip():
        return render(request, "search/search_page.html", context)
    outbox.catch_up()
    response = search(asked)
    if request.viewer.member is not None and not asked.after:
        counting.note(asked.text, request.viewer.member.pk, is_empty=not response.total or response.is_relaxed)
    is_staff = request.viewer.has("moderators") or request.viewer.has("editors")
    context |= {
        "response": response,
        "rows": showing.rows(response, request.viewer, explain=is_staff and "explain" in request.GET),
        "chips": showing.chips(response, asked),
        "facets": showing.facets(response, asked),
        "on": showing.filters_on(response, asked),
        "order": response.query.order,
        "order_links": showing.order_links(response, asked),
        "next_url": _next(asked, response.next),
        "first_url": f"?{showing.address(asked)}" if asked.after else "",
        "suggestion_url": f"?{urlencode({'q': response.suggestion})}",
        "spaces": showing.spaces_to_ask_in(request.viewer) if response.total < 3 else [],
        "is_staff": is_staff,
        "explain_url": f"?{showing.address(asked)}&explain=1",
        "ask_query": urlencode({"title": asked.text[:160]}),
    }
    return render(request, "search/search_page.html", context)


@require_safe
def search_suggest(request: SearchRequest) -> HttpResponse:
    """`{"suggestions": [{"label", "kind", "url" | "insert"}]}` for what has been typed so far."""
    spend("search.suggest", _who(request), SUGGESTIONS)
    typed = request.GET.get("q", "")[:200]
    return JsonResponse({"suggestions": suggesting.suggestions(typed, request.viewer)})


@require_POST
@login_required
def search_picked(request: SearchRequest) -> HttpResponse:
    """The page says that a result was opened, and at which place it stood: counted without the person."""
    spend("search", _who(request), SEARCHES)
    place = request.POST.get("place", "")
    if place.isdecimal() and len(place) < 4:
        counting.note_picked(request.POST.get("q", "")[:LONGEST], _who(request), int(place))
    return HttpResponse(status=204)


@require_POST
@login_required
def search_similar(request: SearchRequest) -> HttpResponse:
    """A list of threads like the draft in `title` and `text`; sent, not addressed, so that it stands in no log."""
    spend("search.similar", _who(request), SEARCHES)
    title, text = (request.POST.get(name, "")[: similar.LONGEST] for name in ("title", "text"))
    return render(request, "search/_similar.html", {"found": similar.like_draft(request.viewer, title, text)})


@require_safe
def search_like(request: SearchRequest, thread: str) -> HttpResponse:
    """More like a thread: a page, or with `?list` only the list for the thread's own page."""
    spend("search", _who(request), SEARCHES)
    found = Thread.objects.visible_to(request.viewer).filter(public_id=thread, state=ThreadState.PUBLISHED).first()
    if found is None:
        raise Missing
    context = {"thread": found, "found": similar.like_thread(request.viewer, found)}
    return render(request, f"search/{'_similar' if 'list' in request.GET else 'similar_page'}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saved_search_list(request: SearchRequest) -> HttpResponse:
    """The searches that this member keeps; POST keeps the one in `q`, or gives it back with what stands in its way."""
    form, tried = SaveForm(posted(request)), Tried()
    if form.is_bound:
        tried = attempt(form, lambda: operations.save_search(form.cleaned_data["q"], by=request.user), "title")
        if tried.done:
            messages.success(request, _("Saved. You are told when something new answers it."))
            return redirect("saved-search-list")
    rows = [{"saved": saved, "url": alerts.address_of(saved)} for saved in _saved(request).order_by("text")]
    context = {"rows": rows, "form": form, "tried": tried}
    return render(request, "search/saved_search_list.html", context, status=tried.status)


@require_POST
@login_required
def saved_search_drop(request: SearchRequest, saved: str) -> HttpResponse:
    found = _saved(request).filter(public_id=saved).first()
    if found is None:
        raise Missing
    operations.drop_search(found, by=request.user)
    messages.success(request, _("Dropped."))
    return redirect("saved-search-list")


def asked_in(request: SearchRequest) -> Request:
    """The search that an address stands for: `q`, the cursor `after`, `plain` and `sense` for abbreviations."""
    senses = dict(pair.split("=", 1) for pair in request.GET.getlist("sense")[:8] if "=" in pair)
    return Request(
        request.GET.get("q", "")[:LONGEST],
        request.viewer,
        request.GET.get("after", "")[:200],
        frozenset(request.GET.getlist("plain")[:8]),
        senses,
    )


def _next(asked: Request, cursor: str) -> str:
    return f"?{showing.address(asked, after=cursor)}" if cursor else ""


def _saved(request: SearchRequest) -> QuerySet[SavedSearch]:
    return alerts.saved_by(request.viewer.member)


def _who(request: SearchRequest) -> object:
    return request.viewer.member.pk if request.viewer.member else request.META.get("REMOTE_ADDR", "")

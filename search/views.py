"""The page of results and the suggestions while typing. What is asked is kept nowhere: it stands in the address."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.core.audiences import Viewer
from community.core.limits import spend
from search import outbox, showing, suggesting
from search.grammar import LONGEST
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
        "ask_query": urlencode({"title": asked.text[:160]}),
    }
    return render(request, "search/search_page.html", context)


@require_safe
def search_suggest(request: SearchRequest) -> HttpResponse:
    """`{"suggestions": [{"label", "kind", "url" | "insert"}]}` for what has been typed so far."""
    spend("search.suggest", _who(request), SUGGESTIONS)
    typed = request.GET.get("q", "")[:200]
    return JsonResponse({"suggestions": suggesting.suggestions(typed, request.viewer)})


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


def _who(request: SearchRequest) -> object:
    return request.viewer.member.pk if request.viewer.member else request.META.get("REMOTE_ADDR", "")

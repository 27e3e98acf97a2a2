"""Finding write-ups for a problem at a place. What is asked travels in the body of the request and is kept nowhere."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from community.core.trying import posted
from community.knowledge.lineage_forms import MatchForm
from community.knowledge.matching import match
from community.knowledge.tracing import candidates_for
from community.knowledge.views.requests import KnowledgeRequest

SHOWN = 20


@require_http_methods(["GET", "POST"])
def practice_match(request: KnowledgeRequest) -> HttpResponse:
    """Describe a problem and a setting; the write-ups that speak of it, best first, each with why."""
    form = MatchForm(posted(request), initial=_here(request))
    found: list[dict[str, Any]] | None = None
    if form.is_valid():
        found = _found(request, form)
    status = 422 if form.is_bound and found is None else 200
    return render(request, "knowledge/lineage/practice_match.html", {"form": form, "found": found}, status=status)


def _found(request: KnowledgeRequest, form: MatchForm) -> list[dict[str, Any]]:
    candidates = candidates_for(request.viewer, kind=form.cleaned_data["kind"])
    specialty = form.cleaned_data["specialty"]
    matches = match(
        form.cleaned_data["problem"],
        form.setting(),
        [candidate for _page, candidate in candidates.values()],
        specialty=specialty.slug if specialty else "",
    )
    return [{"match": each, "page": candidates[int(str(each.key))][0]} for each in matches[:SHOWN]]


def _here(request: KnowledgeRequest) -> dict[str, Any]:
    """Where the member says they work."""
    member = request.viewer.member
    if member is None:
        return {}
    return {"country": member.country, "specialty": member.specialties.order_by("name").first()}

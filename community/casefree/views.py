"""Answers the composer while somebody writes, and shows moderators how the guard does. Nothing here stores or logs words."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from community.casefree import policies, queries
from community.casefree.screening import screen
from community.core.errors import TooMany
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import readable

#: A field asks at most once in 0.6 s of silence; this leaves room for several tabs.
RATE = "120/minute"


@require_GET
@login_required
def guard_figures(request: HttpRequest) -> HttpResponse:
    """How often each rule held something, how often moderators released it, and how long that took."""
    require(policies.may_see_figures(request.user))
    context = {"figures": queries.figures(), "swept": queries.last_sweep()}
    return render(request, "casefree/guard_figures.html", context)


@require_POST
@never_cache
@sensitive_post_parameters()
def screen_words(request: HttpRequest) -> JsonResponse:
    """`text` and `surface` in, `{outcome, findings}` out; signed-in members only."""
    if not request.user.is_authenticated:
        return _refusal(403, "not_signed_in", _("Please sign in first."))
    try:
        spend("casefree.screen", request.user.pk, RATE)
    except TooMany as error:
        response = _refusal(429, error.code, error.reason)
        response["Retry-After"] = str(error.retry_after)
        return response
    outcome = screen(request.POST.get("text", ""), request.POST.get("surface", "post"))
    findings = [{**vars(finding), "reason": readable(finding.reason)} for finding in outcome.findings]
    return JsonResponse({"outcome": outcome.outcome, "findings": findings})


def _refusal(status: int, code: str, reason: Any) -> JsonResponse:
    return JsonResponse({"code": code, "reason": str(reason)}, status=status)

"""A member's own language and time zone, and a second factor for whoever can change what others see."""

import zoneinfo
from collections.abc import Callable
from functools import cache
from typing import TypeGuard

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.core.languages import is_offered
from community.members.models import Member
from community.members.policies import has_second_factor, needs_second_factor

Handler = Callable[[HttpRequest], HttpResponse]

# Where staff without a second factor may go: to get one, or to leave.
OPEN = ("/accounts/", "/static/", "/demo/outbox/")
DEMO_DOMAIN = "@demo.example"


def language(get_response: Handler) -> Handler:
    """What a member chose comes before the cookie and the browser. It stays active for what the answer is marked as."""

    def handle(request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "interface_language", "") if request.user.is_authenticated else ""
        if chosen and is_offered(chosen):
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen  # type: ignore[attr-defined]
        return get_response(request)

    return handle


def time_zone(get_response: Handler) -> Handler:
    def handle(request: HttpRequest) -> HttpResponse:
        name = getattr(request.user, "time_zone", "") if request.user.is_authenticated else ""
        if name not in _zones():
            return get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(name)):
            return get_response(request)

    return handle


def second_factor_for_staff(get_response: Handler) -> Handler:
    """Send staff without a second factor to the page where they get one. Demo accounts go on, and are told so."""

    def handle(request: HttpRequest) -> HttpResponse:
        member = request.user
        if not _lacks_factor(member):
            return get_response(request)
        if _is_demo(member):
            request.second_factor_waived = True  # type: ignore[attr-defined]
            return get_response(request)
        return get_response(request) if request.path.startswith(OPEN) else _enrol(request)

    return handle


def _lacks_factor(member: Member | AnonymousUser) -> TypeGuard[Member]:
    return isinstance(member, Member) and needs_second_factor(member) and not has_second_factor(member)


def _is_demo(member: Member) -> bool:
    # The accounts whose passwords the demo prints; everybody else's account is real, in a demo too.
    return settings.COLLEGIUM_DEMO and member.email.endswith(DEMO_DOMAIN)


def _enrol(request: HttpRequest) -> HttpResponse:
    reason = _("Your account can change what others see, so it needs a second factor. Please set one up here.")
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "second_factor_needed", "reason": reason}, status=403)
    messages.warning(request, reason)
    return redirect("mfa_index")


@cache
def _zones() -> frozenset[str]:
    """The names of all zones; asking the system for them reads the disk, at every request."""
    return frozenset(zoneinfo.available_timezones())

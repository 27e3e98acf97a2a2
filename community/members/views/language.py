"""Choosing the language of the site, from the foot of every page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from community.core.errors import Invalid
from community.core.languages import is_offered
from community.members.models import Member
from community.members.operations import choose_language


# A visitor's form holds no token, so that reading a public page sets no cookie; a member's does.
@csrf_exempt
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language, on the account where somebody is signed in and in a cookie, and go back."""
    return _of_member(request) if request.user.is_authenticated else _chosen(request)


@csrf_protect
def _of_member(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, Member):
        choose_language(request.user, by=request.user, language=request.POST.get("language", ""))
    return _chosen(request)


def _chosen(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    if not is_offered(language):
        raise Invalid(_("The site does not speak this language."))
    response = redirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


def _back(request: HttpRequest) -> str:
    """The page one came from, if it is one of ours."""
    place = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    return place if is_ours else "/"

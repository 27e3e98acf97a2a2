"""The account: overview, sessions, own data, leaving. E-mail, password and factors are allauth's screens."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.members import queries
from community.members.operations import end_session, export_data, request_erasure, withdraw_erasure
from community.members.requests import MemberRequest


@login_required
@require_safe
def account_overview(request: MemberRequest) -> HttpResponse:
    kinds = queries.second_factors(request.user)
    context = {
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_totp": Authenticator.Type.TOTP in kinds,
        "has_recovery_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "sessions": queries.session_count(request.user),
    }
    return render(request, "members/account_overview.html", context)


@login_required
@require_POST
def session_end(request: MemberRequest, pk: int) -> HttpResponse:
    end_session(queries.session_of(request.user, pk), by=request.user)
    messages.success(request, _("That session has ended."))
    return redirect("usersessions_list")


@login_required
@require_safe
def own_data(request: MemberRequest) -> HttpResponse:
    return render(request, "members/own_data.html")


@reauthentication_required
@require_safe
def own_data_download(request: MemberRequest) -> HttpResponse:
    data = export_data(request.user, by=request.user)
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="collegium-my-data.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@reauthentication_required
@require_POST
def erasure_request(request: MemberRequest) -> HttpResponse:
    request_erasure(request.user, by=request.user)
    messages.success(request, _("Your account will be erased in two weeks. Until then you can change your mind here."))
    return redirect("own-data")


@login_required
@require_POST
def erasure_withdraw(request: MemberRequest) -> HttpResponse:
    withdraw_erasure(request.user, by=request.user)
    messages.success(request, _("Your account stays."))
    return redirect("own-data")

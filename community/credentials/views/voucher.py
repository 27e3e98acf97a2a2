"""The screens of a peer who is asked to vouch."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.credentials import operations, own
from community.credentials.forms import VouchForm
from community.credentials.views.answers import MemberRequest, carried_out


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def vouch_answer(request: MemberRequest, public_id: str) -> HttpResponse:
    vouch = own.vouch(request.user, public_id)
    form = VouchForm(request.POST or None, initial={"employer": request.user.institution})
    if request.POST and carried_out(form, lambda: _give(form, vouch, request)):
        messages.success(request, _("Thank you. You can take it back at any time."))
        return redirect("verification-home")
    return render(request, "credentials/vouch_answer.html", {"form": form, "vouch": vouch})


@login_required
@require_POST
def vouch_decline(request: MemberRequest, public_id: str) -> HttpResponse:
    operations.decline_vouch(own.vouch(request.user, public_id), by=request.user)
    messages.success(request, _("You have declined. Your colleague is not told why."))
    return redirect("verification-home")


@login_required
@require_POST
def vouch_withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    operations.withdraw_vouch(own.vouch(request.user, public_id), by=request.user)
    messages.success(request, _("Your vouch is taken back."))
    return redirect("verification-home")


def _give(form: VouchForm, vouch: object, request: MemberRequest) -> None:
    data = form.cleaned_data
    operations.give_vouch(vouch, known=data["known"], employer=data["employer"], by=request.user)  # type: ignore[arg-type]

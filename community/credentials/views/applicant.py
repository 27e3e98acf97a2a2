"""The applicant's screens, one thing at a time. What is typed is kept at each step; all work without JavaScript."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.credentials import operations, own
from community.credentials.checklist import missing_words, next_step, steps_of
from community.credentials.documents import MAX_BYTES
from community.credentials.fhir import verification_result
from community.credentials.forms import (
    AddressForm,
    AppealForm,
    ClaimForm,
    CodeForm,
    DocumentForm,
    PeerForm,
    RegistrationForm,
    SubmitForm,
)
from community.credentials.operations import export_record
from community.credentials.queries import standing
from community.credentials.views.answers import MemberRequest, carried_out
from community.credentials.views.uploads import kept_in_memory

form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def verification_home(request: MemberRequest) -> HttpResponse:
    application = own.latest(request.user)
    context: dict[str, Any] = {
        "standing": standing(request.user),
        "application": application,
        "appealable": own.appealable(request.user),
        "vouches": own.vouches_waiting(request.user),
        "vouched": own.vouches_given(request.user),
        "may_start": own.may_start(request.user),
    }
    if application:
        context |= {
            "steps": steps_of(application),
            "next": next_step(application) if application.is_editable else None,
            "missing": missing_words(application),
            "evidence": own.evidence_of(application),
            "asked": application.vouches.all(),
            "offers": own.codes_waiting(application),
            "decisions": own.decisions_of(application),
        }
    return render(request, "credentials/verification_home.html", context)


@login_required
@require_POST
def verification_start(request: MemberRequest) -> HttpResponse:
    operations.start_application(request.user, by=request.user)
    return redirect("verification-claim")


@login_required
@form_page
def claim_edit(request: MemberRequest) -> HttpResponse:
    application = own.editable(request.user)
    form = ClaimForm(request.POST or None, initial=own.claim_of(application))
    if request.POST and carried_out(form, lambda: operations.save_claim(application, form.claim(), by=request.user)):
        return _onwards(request)
    return _page(request, form, _("Who you are"), _("Save and continue"))


@login_required
@form_page
def registration_edit(request: MemberRequest) -> HttpResponse:
    application = own.editable(request.user)
    initial = {"register_slug": application.register_slug, "number": application.number}
    form = RegistrationForm(request.POST or None, application=application, initial=initial)
    if request.POST and carried_out(
        form, lambda: operations.save_registration(application, **form.cleaned_data, by=request.user)
    ):
        return _onwards(request)
    lead = _("Only the form of the number is checked here. A reviewer compares it with the register.")
    return _page(request, form, _("Your register"), _("Save and continue"), lead)


@login_required
@require_safe
def proof_choose(request: MemberRequest) -> HttpResponse:
    application = own.adding(request.user)
    context = {
        "application": application,
        "missing": missing_words(application),
        "evidence": own.evidence_of(application),
        "asked": application.vouches.all(),
        "offers": own.codes_waiting(application),
    }
    return render(request, "credentials/proof_choose.html", context)


@login_required
@form_page
def address_add(request: MemberRequest) -> HttpResponse:
    application = own.adding(request.user)
    form = AddressForm(request.POST or None)
    if request.POST and carried_out(
        form, lambda: operations.ask_code(application, **form.cleaned_data, by=request.user)
    ):
        return redirect("verification-code", own.codes_waiting(application)[-1].public_id)
    lead = _("We send a code there. If we do not know the institution yet, a reviewer looks at it first.")
    return _page(request, form, _("Your institution's address"), _("Send the code"), lead)


@login_required
@form_page
def code_enter(request: MemberRequest, public_id: str) -> HttpResponse:
    challenge = own.challenge(request.user, public_id)
    form = CodeForm(request.POST or None)
    if request.POST and carried_out(form, lambda: _enter(form, challenge, request)):
        messages.success(request, _("The code is right: this address is yours."))
        return redirect("verification-proof")
    return render(request, "credentials/code_enter.html", {"form": form, "challenge": challenge})


@login_required
@require_POST
def code_send(request: MemberRequest, public_id: str) -> HttpResponse:
    challenge = own.challenge(request.user, public_id)
    operations.send_offered_code(challenge, by=request.user)
    messages.success(request, _("A new code is on its way."))
    return redirect("verification-code", challenge.public_id)


@csrf_exempt
@login_required
@form_page
def document_add(request: MemberRequest) -> HttpResponse:
    """The upload stays in memory, so that no readable copy of a licence touches the disk. CSRF is checked below."""
    return _document_add(kept_in_memory(request, MAX_BYTES))


@csrf_protect
def _document_add(request: MemberRequest) -> HttpResponse:
    application = own.adding(request.user)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and carried_out(
        form, lambda: operations.add_document(application, form.upload(), by=request.user)
    ):
        messages.success(request, _("The document is kept, encrypted. Only a reviewer can open it."))
        return redirect("verification-proof")
    lead = _("It is encrypted, seen by reviewers only, and deleted within 30 days after the decision.")
    return _page(request, form, _("Add a document"), _("Add the document"), lead)


@login_required
@require_POST
def document_remove(request: MemberRequest, public_id: str) -> HttpResponse:
    operations.remove_document(own.evidence(request.user, public_id), by=request.user)
    messages.success(request, _("The document is removed."))
    return redirect("verification-proof")


@login_required
@form_page
def peer_ask(request: MemberRequest) -> HttpResponse:
    application = own.adding(request.user)
    form = PeerForm(request.POST or None)
    if request.POST and carried_out(
        form, lambda: operations.ask_peer(application, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, _("If this is a verified peer, they have been asked."))
        return redirect("verification-peers")
    context = {"form": form, "asked": own.vouches_of(application)}
    return render(request, "credentials/peer_ask.html", context)


@login_required
@form_page
def application_submit(request: MemberRequest) -> HttpResponse:
    application = own.editable(request.user)
    form = SubmitForm(request.POST or None)
    if request.POST and carried_out(form, lambda: operations.submit_application(application, by=request.user)):
        messages.success(request, _("Your application is with the reviewers. You will be told what they decide."))
        return redirect("verification-home")
    context = {
        "form": form,
        "application": application,
        "missing": missing_words(application),
        "evidence": own.evidence_of(application),
    }
    return render(request, "credentials/application_submit.html", context)


@login_required
@form_page
def application_withdraw(request: MemberRequest) -> HttpResponse:
    application = own.withdrawable(request.user)
    if request.method != "POST":
        return render(request, "credentials/application_withdraw.html", {"application": application})
    operations.withdraw_application(application, by=request.user)
    messages.success(request, _("It is withdrawn. You can apply again at any time; what you gave is kept for that."))
    return redirect("verification-home")


@login_required
@form_page
def decision_appeal(request: MemberRequest) -> HttpResponse:
    application = own.to_appeal(request.user)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and carried_out(
        form, lambda: operations.appeal_decision(application, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, _("Your appeal goes to a reviewer who had no part in the decision."))
        return redirect("verification-home")
    lead = _("One appeal is possible. Another reviewer decides; everything you gave goes with it.")
    return _page(request, form, _("Appeal against the decision"), _("Appeal"), lead)


@login_required
@require_POST
def renewal_ask(request: MemberRequest) -> HttpResponse:
    operations.ask_renewal(own.due(request.user), by=request.user)
    messages.success(request, _("A reviewer will look at your renewal. You can go on posting meanwhile."))
    return redirect("verification-home")


@login_required
@require_POST
def conduct_agree(request: MemberRequest) -> HttpResponse:
    operations.agree_conduct(request.user, by=request.user)
    messages.success(request, _("Thank you: you have agreed to the present code of conduct."))
    return redirect("verification-home")


@login_required
@require_safe
def record_json(request: MemberRequest) -> HttpResponse:
    application = export_record(own.recorded(request.user), by=request.user)
    response = JsonResponse(verification_result(application), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Type"] = "application/fhir+json; charset=utf-8"
    response["Cache-Control"] = "private, no-store"
    return response


def _enter(form: CodeForm, challenge: object, request: MemberRequest) -> None:
    if operations.enter_code(challenge, code=form.cleaned_data["code"], by=request.user) is None:  # type: ignore[arg-type]
        form.add_error("code", _("This is not the code. Please look at the newest mail."))


def _onwards(request: MemberRequest) -> HttpResponse:
    """To the next thing that is missing."""
    step = next_step(own.editable(request.user))
    return redirect(step.url if step else "verification-home")


def _page(request: MemberRequest, form: object, title: str, submit: str, lead: str = "") -> HttpResponse:
    context = {"form": form, "page_title": title, "submit_label": submit, "lead": lead}
    return render(request, "credentials/step_edit.html", context)

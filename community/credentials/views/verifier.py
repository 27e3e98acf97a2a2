"""The verifier's screens: queue, one application at a time, documents, mail domains. Fast by keyboard."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.core.errors import Invalid, Missing
from community.core.policies import require
from community.credentials import desk, operations, queues, storage
from community.credentials.documents import PDF, page_image
from community.credentials.fhir import verification_result
from community.credentials.forms import REASON_LABELS, ContactForm, DomainForm, SuspendForm
from community.credentials.models import Application, ReviewedDomain
from community.credentials.policies import may_open_document, may_see_queue
from community.credentials.states import APPROVED, SUSPENSIONS
from community.credentials.views.answers import MemberRequest, carried_out

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@login_required
@require_safe
def verification_queue(request: MemberRequest) -> HttpResponse:
    require(may_see_queue(request.user))
    context = {
        "applications": queues.queue_for(request.user)[:100],
        "domains": queues.domains_to_review().count(),
        "total": queues.count_for(request.user),
    }
    return render(request, "credentials/verification_queue.html", context)


@login_required
@require_POST
def review_next(request: MemberRequest) -> HttpResponse:
    """Take up the oldest that is free and go there."""
    require(may_see_queue(request.user))
    return _to_next(request)


@login_required
@require_safe
def verification_review(request: MemberRequest, public_id: str) -> HttpResponse:
    application = desk.find_application(request.user, public_id)
    return render(request, "credentials/verification_review.html", _context(request, application))


@login_required
@require_POST
def review_claim(request: MemberRequest, public_id: str) -> HttpResponse:
    operations.claim_application(desk.find_application(request.user, public_id), by=request.user)
    return redirect("verification-review", public_id)


@login_required
@require_POST
def review_release(request: MemberRequest, public_id: str) -> HttpResponse:
    operations.release_application(desk.find_application(request.user, public_id), by=request.user)
    return redirect("verification-queue")


@login_required
@require_POST
def review_decide(request: MemberRequest, public_id: str) -> HttpResponse:
    """The button's value is "act:reason": one key, one decision."""
    application = desk.find_application(request.user, public_id)
    act, _colon, reason = request.POST.get("decision", "").partition(":")
    return _decided(request, public_id, lambda: operations.decide_application(
        application, act=act, reason=reason, by=request.user))  # fmt: skip


@login_required
@require_POST
def review_second(request: MemberRequest, public_id: str) -> HttpResponse:
    application = desk.find_application(request.user, public_id)
    agree = request.POST.get("agree") == "yes"
    return _decided(request, public_id, lambda: operations.second_decision(application, agree=agree, by=request.user))


@login_required
@require_POST
def review_clear(request: MemberRequest, public_id: str) -> HttpResponse:
    application = desk.find_application(request.user, public_id)
    return _decided(request, public_id, lambda: operations.clear_flag(application, by=request.user))


@login_required
@require_POST
def review_suspend(request: MemberRequest, public_id: str) -> HttpResponse:
    application = desk.find_application(request.user, public_id)
    reason = request.POST.get("reason", "")
    return _decided(
        request, public_id, lambda: operations.suspend_credential(application, reason=reason, by=request.user)
    )


@login_required
@require_POST
def review_reading(request: MemberRequest, public_id: str) -> HttpResponse:
    """The reviewer has read the register's own page, or has called back."""
    application = desk.find_application(request.user, public_id)
    operations.note_reading(application, kind=request.POST.get("kind", ""), by=request.user)
    return redirect("verification-review", public_id)


@login_required
@require_POST
def review_contact(request: MemberRequest, public_id: str) -> HttpResponse:
    application = desk.find_application(request.user, public_id)
    form = ContactForm(request.POST)
    if form.is_valid():
        operations.offer_contact(application, address=form.cleaned_data["address"], by=request.user)
        messages.success(request, _("The applicant can now have a code sent there. Ask for it with “more”."))
    else:
        messages.error(request, _("Please enter an e-mail address."))
    return redirect("verification-review", public_id)


@login_required
@require_POST
def evidence_judge(request: MemberRequest, public_id: str, evidence_id: str) -> HttpResponse:
    evidence = desk.find_evidence(request.user, public_id, evidence_id)
    operations.judge_evidence(evidence, accept=request.POST.get("accept") == "yes", by=request.user)
    return redirect("verification-review", public_id)


@login_required
@require_POST
def evidence_open(request: MemberRequest, public_id: str, evidence_id: str) -> HttpResponse:
    """Open a document with a reason; the page then shows it for ten minutes to this reviewer."""
    evidence = desk.find_evidence(request.user, public_id, evidence_id)
    operations.open_document(evidence, reason=request.POST.get("reason", ""), by=request.user)
    context = _context(request, evidence.application) | {
        "opened": evidence,
        "pages": range(1, evidence.pages + 1),
        "grant": desk.grant_for(evidence, request.user),
    }
    return render(request, "credentials/verification_review.html", context)


@login_required
@require_safe
def evidence_page(request: MemberRequest, public_id: str, evidence_id: str, page: int) -> HttpResponse:
    """One page of a document as a picture. Without a ticket of this reviewer it is not there."""
    evidence = desk.find_evidence(request.user, public_id, evidence_id)
    granted = desk.is_granted(request.GET.get("grant", ""), evidence, request.user)
    if not (
        granted and evidence.has_file and 1 <= page <= evidence.pages and may_open_document(request.user, evidence)
    ):
        raise Missing
    content = storage.read(evidence.stored_name)
    is_pdf = evidence.media_type == PDF
    return _sandboxed(page_image(content, page) if is_pdf else content, "image/png" if is_pdf else evidence.media_type)


@login_required
@require_safe
def domain_list(request: MemberRequest) -> HttpResponse:
    require(may_see_queue(request.user))
    return _domains(request)


@login_required
@require_POST
def domain_review(request: MemberRequest, pk: int) -> HttpResponse:
    """Decide about one; what is refused is said in its own form, among the others that wait."""
    require(may_see_queue(request.user))
    domain = desk.find_domain(pk)
    form = _domain_form(domain, request.POST)
    if not carried_out(form, lambda: operations.review_domain(domain, **form.cleaned_data, by=request.user)):
        return _domains(request, sent=(domain, form))
    messages.success(request, _("Decided. Codes proved at this domain count accordingly."))
    return redirect("verification-domains")


def _domains(request: MemberRequest, sent: tuple[ReviewedDomain, DomainForm] | None = None) -> HttpResponse:
    """Those that wait, and what was sent with what stands in its way."""
    rows = {domain: _domain_form(domain) for domain in queues.domains_to_review()[:50]}
    if sent:
        rows |= dict([sent])
    return render(request, "credentials/domain_list.html", {"rows": rows.items()})


def _domain_form(domain: ReviewedDomain, data: Any = None) -> DomainForm:
    return DomainForm(data, auto_id=f"id_{domain.pk}_%s")


@login_required
@require_safe
def review_record(request: MemberRequest, public_id: str) -> HttpResponse:
    application = desk.find_application(request.user, public_id)
    operations.export_record(application, by=request.user)
    response = JsonResponse(verification_result(application), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Type"] = "application/fhir+json; charset=utf-8"
    response["Cache-Control"] = "private, no-store"
    return response


def _context(request: MemberRequest, application: Application) -> dict[str, Any]:
    context = desk.page_of(application, request.user)
    return context | {
        "open_reasons": REASON_LABELS.items(),
        "open_reason": desk.reason_to_open(context["application"]),
        "contact_form": ContactForm(),
        "suspend_form": SuspendForm(choices=[(code, code.label) for code in SUSPENSIONS]),
        "may_suspend": context["application"].state in APPROVED,
        "waiting": queues.count_for(request.user),
    }


def _decided(request: MemberRequest, public_id: str, operation: Callable[[], object]) -> HttpResponse:
    """Decide, then on to the next; what is not possible is said on the same page."""
    try:
        operation()
    except Invalid as error:
        messages.error(request, error.reason)
        return redirect("verification-review", public_id)
    messages.success(request, _("Decided."))
    return _to_next(request)


def _to_next(request: MemberRequest) -> HttpResponse:
    following = queues.next_for(request.user)
    if following is None:
        messages.info(request, _("Nothing waits for you."))
        return redirect("verification-queue")
    if following.proposal_id is None:
        operations.claim_application(following, by=request.user)
    return redirect("verification-review", following.public_id)


def _sandboxed(content: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = 'inline; filename="document"'
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

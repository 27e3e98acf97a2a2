"""Where a write-up went: facing its problem, adapting it, reporting, and the pictures of it all."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.clock import now
from community.core.errors import Missing
from community.core.rewording import Tried, attempt
from community.core.trying import posted
from community.knowledge.beside import face_context
from community.knowledge.levels import evidence_for
from community.knowledge.lineage_forms import AdaptForm, FacingForm, ReportForm
from community.knowledge.operations import lineage as operations
from community.knowledge.policies.lineage import may_adapt, may_report
from community.knowledge.practice.blocks import UNITS
from community.knowledge.practice.words import WORDS
from community.knowledge.tracing import adaptation_for, lineage_for, own_adaptations
from community.knowledge.views.requests import KnowledgeRequest, published_or_missing


@require_safe
def lineage_detail(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """The tree, the map, and a table that says the same."""
    page = published_or_missing(request, slug)
    context = {
        "writeup": page,
        "lineage": lineage_for(request.viewer, page),
        "evidence": evidence_for(page),
        "units": dict(UNITS),
        "may_adapt": bool(may_adapt(request.viewer, page)),
    }
    return render(request, "knowledge/lineage/lineage_detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def facing_say(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """ "I face this too", with where."""
    page = published_or_missing(request, slug)
    form = FacingForm(posted(request), initial={"country": request.user.country})
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: operations.face(page, by=request.user, **form.cleaned_data), {})
        if tried.done:
            messages.success(request, _("Thank you. The authors see how many face this, and where; not who."))
            return redirect(page.get_url())
    context = {"writeup": page, "form": form, "tried": tried, **face_context(page, request.viewer)}
    return render(request, "knowledge/lineage/facing.html", context, status=tried.status)


@require_POST
@login_required
def facing_withdraw(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = published_or_missing(request, slug)
    operations.stop_facing(page, by=request.user)
    messages.success(request, _("Taken back."))
    return redirect(page.get_url())


@require_http_methods(["GET", "POST"])
@login_required
def writeup_adapt(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """The questions of FRAME; then an own draft, with the core elements of the original in it."""
    page = published_or_missing(request, slug)
    verdict = may_adapt(request.viewer, page)
    form = AdaptForm(posted(request), initial=_begun(request, page))
    tried = Tried(status=403 if request.method == "POST" and not verdict else 200)
    if request.method == "POST" and verdict:
        tried = attempt(form, lambda: operations.adapt(page, by=request.user, frame=form.frame()), WORDS)
        if tried.done:
            messages.success(
                request, _("Your adaptation is begun. Describe it when you can; you can report on it in any case.")
            )
            return redirect("writeup-draft", tried.result.child.slug)
    context = {"writeup": page, "form": form, "tried": tried, "verdict": verdict}
    return render(request, "knowledge/lineage/writeup_adapt.html", context, status=tried.status)


@require_safe
@login_required
def adaptation_list(request: KnowledgeRequest) -> HttpResponse:
    """What one has adapted, and which reports are due."""
    today = now().date()
    rows = [{"adaptation": each, "months": _months(each, today)} for each in own_adaptations(request.user)[:200]]
    return render(request, "knowledge/lineage/adaptation_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@login_required
def adaptation_report(request: KnowledgeRequest, public_id: str) -> HttpResponse:
    """How it went after 3, 6 or 12 months."""
    adaptation = adaptation_for(request.viewer, public_id)
    verdict = may_report(request.viewer, adaptation)
    if not verdict and verdict.code == "not_adopter":
        raise Missing
    form = ReportForm(posted(request), adaptation=adaptation, today=now().date())
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: _report(request, form, adaptation), WORDS)
        if tried.done:
            messages.success(request, _("Thank you. The authors of the original are told."))
            return redirect("writeup-lineage", adaptation.parent.slug)
    context = {"adaptation": adaptation, "form": form, "tried": tried, "months": _months(adaptation, now().date())}
    return render(request, "knowledge/lineage/adaptation_report.html", context, status=tried.status)


def _report(request: KnowledgeRequest, form: ReportForm, adaptation: Any) -> Any:
    month = form.cleaned_data["month"]
    return operations.report_outcome(adaptation, by=request.user, month=month, found=form.found())


def _begun(request: KnowledgeRequest, page: Any) -> dict[str, Any]:
    member = request.user
    return {
        "title": _("{title}, adapted").format(title=page.title)[:160],
        "country": member.country,
        "started_on": now().date(),
        "facility_level": page.facility_level,
        "locality": page.locality,
    }


def _months(adaptation: Any, today: Any) -> list[dict[str, Any]]:
    """Each of the three reports: made, due, or from when on it can be made."""
    made = {report.month: report for report in adaptation.reports.all()}
    return [
        {
            "month": month,
            "report": made.get(month),
            "is_due": adaptation.due_on(month) <= today,
            "due_on": adaptation.due_on(month),
        }
        for month in (3, 6, 12)
    ]

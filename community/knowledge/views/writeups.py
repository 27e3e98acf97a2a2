"""Reading write-ups: the list, a page and its versions, what changed between two, citations, and what readers do."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Boundary, Missing
from community.core.rewording import Tried, attempt
from community.knowledge.forms_practice import ReportForm, RetireForm
from community.knowledge.languages import ways_to_read
from community.knowledge.models import WriteUpPage
from community.knowledge.operations import writeups as operations
from community.knowledge.policies.writeups import may_report, may_retire, may_write
from community.knowledge.practice import showing
from community.knowledge.practice.citations import as_bibtex, as_ris
from community.knowledge.practice.facets import Kind
from community.knowledge.practice.labels import label_of
from community.knowledge.practice.versions import changes_between
from community.knowledge.shelf import Narrowing, choices_for, lines_of, narrowed
from community.knowledge.views.requests import KnowledgeRequest, published_or_missing, version_or_missing
from community.moderation import operations as moderation

CITATIONS = {"ris": ("application/x-research-info-systems", as_ris), "bib": ("application/x-bibtex", as_bibtex)}


def list_context(page: Any, request: KnowledgeRequest) -> dict[str, Any]:
    """The list at /practices/, narrowed by what stands in the address."""
    narrowing = Narrowing.of(request.GET)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and 0 < len(asked) < 5 and int(asked) else 1
    rows = narrowed(request.viewer, narrowing)
    lines, more = lines_of(rows, number=number)
    return {
        "narrowing": narrowing,
        "choices": choices_for(request.viewer, narrowing),
        "lines": lines,
        "total": rows.count(),
        "kinds": _kind_tabs(request, narrowing),
        "previous_url": _page_url(request, number - 1) if number > 1 else "",
        "next_url": _page_url(request, number + 1) if more else "",
        "may_write": may_write(request.viewer) if request.viewer.is_signed_in else None,
    }


def page_context(page: WriteUpPage, request: KnowledgeRequest) -> dict[str, Any]:
    """A write-up as it stands now."""
    shown = showing.context_for(page, request.viewer)
    return {**shown, "SITE_URL": settings.SITE_URL, "ways": ways_to_read(page)}


@require_safe
def procedure_list(request: KnowledgeRequest) -> HttpResponse:
    """The shelf of procedures has an address of its own."""
    return redirect(f"{_shelf_url()}?kind={Kind.SOP.value}")


@require_safe
def writeup_version(request: KnowledgeRequest, slug: str, number: int) -> HttpResponse:
    """A version as it was published, for good."""
    page = published_or_missing(request, slug)
    version = version_or_missing(page, number)
    if version.is_emptied:
        return render(request, "knowledge/writeups/version_emptied.html", {"writeup": page, "version": version})
    context = showing.context_for(page, request.viewer, version=version)
    return render(request, "knowledge/writeups/writeup_detail.html", {**context, "SITE_URL": settings.SITE_URL})


@require_safe
def writeup_changes(request: KnowledgeRequest, slug: str, older: int, newer: int) -> HttpResponse:
    """What changed from one version to another, word by word."""
    page = published_or_missing(request, slug)
    before, after = version_or_missing(page, older), version_or_missing(page, newer)
    changes = changes_between(before.content, after.content)
    context = {
        "writeup": page,
        "before": before,
        "after": after,
        "changes": [{"label": label_of(change.name, page.kind), "pieces": change.pieces} for change in changes],
        "versions": list(page.versions.order_by("number")),
    }
    return render(request, "knowledge/writeups/writeup_changes.html", context)


@require_safe
def writeup_citation(request: KnowledgeRequest, slug: str, number: int, kind: str) -> HttpResponse:
    """The citation of a version as a file for reference managers."""
    page = published_or_missing(request, slug)
    version = version_or_missing(page, number)
    if kind not in CITATIONS:
        raise Missing
    shown = showing.as_it_was(page, version)
    authors = [str(author.member) for author in showing.authors_of(page, version)]
    cited = showing.cited_as(shown, version, authors)
    media_type, write = CITATIONS[kind]
    response = HttpResponse(write(cited) if cited else "", content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}-v{number}.{kind}"'
    return response


@require_safe
def writeup_linked_data(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """The write-up as JSON-LD."""
    page = published_or_missing(request, slug)
    facts = showing.context_for(page, request.viewer)["linked_data"]
    return JsonResponse(facts or {}, content_type="application/ld+json")


@require_POST
@login_required
def writeup_reaffirm(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = published_or_missing(request, slug)
    operations.reaffirm(page, by=request.user)
    messages.success(request, _("Reaffirmed. Its next review is two years from now, for a procedure in one."))
    return redirect(page.get_url())


@require_http_methods(["GET", "POST"])
@login_required
def writeup_retire(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = published_or_missing(request, slug)
    verdict = may_retire(request.user, request.viewer, page)
    form = RetireForm(request.POST or None)
    status = 200
    if verdict and form.is_valid():
        try:
            operations.retire(page, by=request.user, reason=form.cleaned_data["reason"])
        except Boundary as error:
            form.add_error(None, error.reason)
            status = error.status
        else:
            messages.success(request, _("Retired. It stays where it is, with a banner, and can be cited."))
            return redirect(page.get_url())
    context = {"writeup": page, "form": form, "verdict": verdict}
    return render(request, "knowledge/writeups/writeup_retire.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def writeup_report(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = published_or_missing(request, slug)
    verdict = may_report(request.viewer, page)
    form = ReportForm(request.POST or None)
    tried = Tried()
    if verdict and form.is_bound:
        tried = attempt(form, lambda: moderation.report(page, by=request.user, **form.cleaned_data), "report")
        if tried.done:
            messages.success(request, _("Thank you. A moderator will look at it, and you will be told."))
            return redirect(page.get_url())
    context = {"writeup": page, "form": form, "verdict": verdict, "tried": tried}
    return render(request, "knowledge/writeups/writeup_report.html", context, status=tried.status)


def _kind_tabs(request: KnowledgeRequest, narrowing: Narrowing) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        "practice": _("Practices"),
        "attempt": _("Attempts that did not work"),
        "sop": _("Procedures"),
    }
    return [
        {"label": label, "url": _url_with(request, kind=value), "current": narrowing.kind == value}
        for value, label in labels.items()
    ]


def _url_with(request: KnowledgeRequest, **changed: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changed.items():
        query[name] = value
        if not value:
            del query[name]
    return f"{_shelf_url()}?{query.urlencode()}" if query else _shelf_url()


def _page_url(request: KnowledgeRequest, number: int) -> str:
    return _url_with(request, page=str(number))


def _shelf_url() -> str:
    return f"{reverse('wagtail_serve', args=['practices/'])}"

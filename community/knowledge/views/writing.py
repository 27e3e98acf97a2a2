"""Writing on the site: beginning, the steps, files, co-authors, remarks, preview and sending. Drafts only."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Boundary, Conflict, Invalid, Missing
from community.core.rewording import BUTTON, Tried, attempt, reword_data
from community.core.screening import Finding, Screening
from community.knowledge.forms_writing import (
    CommentForm,
    FigureForm,
    HandoutForm,
    InviteForm,
    StartForm,
    Writing,
)
from community.knowledge.models import WriteUpPage
from community.knowledge.operations import authors, files
from community.knowledge.operations import writeups as operations
from community.knowledge.policies.writeups import (
    is_author,
    is_invited,
    may_comment,
    may_discard,
    may_edit,
    may_invite,
    may_send,
    may_write,
)
from community.knowledge.practice import showing
from community.knowledge.practice.completeness import missing, progress
from community.knowledge.practice.facets import Kind
from community.knowledge.practice.labels import label_of
from community.knowledge.practice.sections import BY_NAME, SECTIONS, Section, sections_for
from community.knowledge.practice.words import WORDS, surface_of, words_by_name, words_of_page
from community.knowledge.shelf import drafts_of
from community.knowledge.views.requests import KnowledgeRequest, draft_or_missing


@require_http_methods(["GET", "POST"])
@login_required
def writeup_start(request: KnowledgeRequest) -> HttpResponse:
    verdict = may_write(request.viewer)
    kind = request.GET.get("kind", Kind.PRACTICE.value)
    form = StartForm(request.POST or None, initial={"kind": kind, "title": request.GET.get("title", "")[:160]})
    tried = Tried()
    if form.is_bound:
        start = lambda: operations.start_write_up(by=request.user, **form.cleaned_data)  # noqa: E731
        tried = attempt(form, start, {"title": WORDS})
        if tried.done:
            return redirect("writeup-write", tried.result.slug, sections_for(tried.result.kind)[0].name)
    context = {"form": form, "verdict": verdict, "tried": tried, "found": _found_by(tried, Kind.PRACTICE.value)}
    return render(request, "knowledge/writeups/writeup_start.html", context, status=tried.status)


@require_safe
@login_required
def writeup_mine(request: KnowledgeRequest) -> HttpResponse:
    """What one writes, what one is invited to, and where each stands."""
    rows = list(drafts_of(request.viewer)[:200])
    context = {
        "invitations": [row for row in rows if row.state == "invited"],
        "rows": [row for row in rows if row.state == "accepted"],
        "may_write": may_write(request.viewer),
    }
    return render(request, "knowledge/writeups/writeup_mine.html", context)


@require_safe
@login_required
def writeup_draft(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """Where a draft stands: its steps, what is missing, authors, remarks, and what can be done."""
    return _draft_page(request, draft_or_missing(request, slug))


@require_safe
@login_required
def writeup_preview(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """The draft as readers will see it."""
    page = draft_or_missing(request, slug)
    context = showing.context_for(operations.draft_of(page), request.viewer)
    context |= {"is_preview": True, "linked_data": None, "beside": {}, "writeup": page}
    return render(request, "knowledge/writeups/writeup_detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def writeup_write(request: KnowledgeRequest, slug: str, section: str) -> HttpResponse:
    """One step. A POST keeps it and goes on; with `autosave` it answers in JSON and stays."""
    page = draft_or_missing(request, slug)
    step = BY_NAME.get(section)
    if step is None or page.kind not in step.kinds:
        raise Missing
    verdict = may_edit(request.viewer, page)
    draft = operations.draft_of(page)
    if request.method != "POST":
        return _step_page(request, page, step, Writing(draft, step, more=request.GET.get("more", "")), verdict=verdict)
    writing = Writing(draft, step, request.POST)
    if not writing.is_valid():
        return _not_kept(request, page, step, writing, status=422)
    try:
        if BUTTON in request.POST:
            data = reword_data(request.POST, {key: surface_of(name) for key, name in writing.prose().items()})
            return _step_page(request, page, step, Writing(draft, step, data), verdict=verdict, is_reworded=True)
        kept, screening = operations.save_section(
            page, by=request.user, section=section, values=writing.values(), seen=writing.form.cleaned_data["seen"]
        )
    except Boundary as error:
        _explain(writing, error)
        return _not_kept(request, page, step, writing, status=error.status, error=error)
    words = words_by_name(writing.values())
    if "autosave" in request.POST:
        facts = {"seen": Writing(kept, step).form.initial["seen"], "outcome": screening.outcome}
        return JsonResponse({**facts, "findings": _plain(screening, words, page.kind)})
    more = request.POST.get("more", "")
    if more or (screening.findings and "next" not in request.POST):
        found = _grouped(screening.findings, words, screening.outcome, page.kind)
        return _step_page(request, page, step, Writing(kept, step, more=more), found=found, verdict=verdict, kept=True)
    messages.success(request, _("Saved."))
    return redirect(_next_address(page, step) if "next" in request.POST else _write_url(page, step))


@require_http_methods(["GET", "POST"])
@login_required
def writeup_files(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """Figures and hand-outs."""
    page = draft_or_missing(request, slug)
    kind = request.POST.get("kind", "")
    figure = FigureForm(*_sent(request, kind == "figure"), prefix="figure")
    handout = HandoutForm(*_sent(request, kind == "handout"), prefix="handout")
    form: Any = {"figure": figure, "handout": handout}.get(kind)
    tried = Tried()
    if request.method == "POST" and form is not None:
        add: Any = files.add_figure if kind == "figure" else files.add_handout
        tried = attempt(form, lambda: add(page, by=request.user, **form.cleaned_data), form.surfaces)
        if tried.done:
            messages.success(request, _("Added."))
            return redirect("writeup-files", page.slug)
    draft = operations.draft_of(page)
    context = {
        "tried": {kind: tried},
        "found": {kind: _found_by(tried, page.kind)},
        "figure": figure,
        "handout": handout,
        "parts": [part for part in showing.parts_of(draft) if part.name in {"figure", "handout"}],
        "verdict": may_edit(request.viewer, page),
        **_frame(page, draft, "files"),
    }
    return render(request, "knowledge/writeups/writeup_files.html", context, status=tried.status)


@require_POST
@login_required
def file_remove(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = draft_or_missing(request, slug)
    place = request.POST.get("place", "")
    try:
        files.remove_file(page, by=request.user, place=int(place) if place.isdecimal() else -1)
    except Invalid as error:
        messages.error(request, error.reason or str(error))
    else:
        messages.success(request, _("Taken out of the draft."))
    return redirect("writeup-files", page.slug)


@require_POST
@login_required
def writeup_send(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = draft_or_missing(request, slug)
    try:
        sent = operations.send_for_review(page, by=request.user)
    except Invalid as error:
        return _draft_page(request, page, lacks=error.errors, status=422)
    except Boundary as error:
        words = words_of_page(operations.draft_of(page))
        return _draft_page(request, page, trouble=error.reason, found=_found(error, words), status=error.status)
    if sent.stage == "held":
        messages.info(request, _("A moderator reads it first. It goes to its reviewers when they let it through."))
    else:
        messages.success(request, _("Sent. Two colleagues will review it, and you will be told."))
    return redirect("writeup-draft", page.slug)


@require_POST
@login_required
def writeup_discard(request: KnowledgeRequest, slug: str) -> HttpResponse:
    operations.discard_draft(draft_or_missing(request, slug), by=request.user)
    messages.success(request, _("The draft is gone."))
    return redirect("writeup-mine")


@require_POST
@login_required
def author_invite(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = draft_or_missing(request, slug)
    form = InviteForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            authors.invite_author(page, by=request.user, handle=form.cleaned_data["handle"])
        except Boundary as error:
            status = error.status
            _put_errors(form, error)
        else:
            messages.success(request, _("Invited. They see the draft and are an author when they accept."))
            return redirect("writeup-draft", page.slug)
    return _draft_page(request, page, invite=form, status=status)


@require_POST
@login_required
def author_answer(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = draft_or_missing(request, slug)
    accept = request.POST.get("answer") == "accept"
    authors.answer_invitation(page, by=request.user, accept=accept)
    if accept:
        messages.success(request, _("You are an author of this now."))
        return redirect("writeup-draft", page.slug)
    messages.success(request, _("Declined. The draft is out of your sight again."))
    return redirect("writeup-mine")


@require_POST
@login_required
def author_leave(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = draft_or_missing(request, slug)
    handle = request.POST.get("handle", "")
    authors.leave_authors(page, by=request.user, handle=handle)
    messages.success(request, _("Done."))
    return redirect("writeup-mine") if handle == request.user.handle else redirect("writeup-draft", page.slug)


@require_POST
@login_required
def comment_create(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = draft_or_missing(request, slug)
    form = CommentForm(request.POST, sections=sections_for(page.kind))
    tried = attempt(form, lambda: authors.comment_on_draft(page, by=request.user, **form.cleaned_data), {"text": WORDS})
    if tried.done:
        messages.success(request, _("Your co-authors see it."))
        return redirect(f"{reverse('writeup-draft', args=[page.slug])}#comments")
    remarked = _found_by(tried, page.kind)
    return _draft_page(request, page, comment=form, remarked=remarked, tried=tried, status=tried.status)


@require_POST
@login_required
def comment_resolve(request: KnowledgeRequest, slug: str, comment: int) -> HttpResponse:
    page = draft_or_missing(request, slug)
    authors.resolve_comment(page, by=request.user, comment_id=comment)
    return redirect(f"{reverse('writeup-draft', args=[page.slug])}#comments")


def _draft_page(request: KnowledgeRequest, page: WriteUpPage, *, status: int = 200, **more: Any) -> HttpResponse:
    draft = operations.draft_of(page)
    viewer = request.viewer
    lacks = more.pop("lacks", None) or {name: [sentence] for name, sentence in missing(draft).items()}
    context = {
        "lacks": _lacks(draft, lacks),
        "people": list(page.authorships.exclude(state="declined").select_related("member__profession")),
        "comments": _comments(page),
        "verdict": may_edit(viewer, page),
        "may_send": may_send(viewer, page),
        "may_discard": bool(may_discard(viewer, page)),
        "may_invite": bool(may_invite(viewer, page)),
        "may_comment": bool(may_comment(viewer, page)),
        "is_author": is_author(viewer.member, page),
        "is_invited": is_invited(viewer.member, page),
        "invite": InviteForm(),
        "comment": CommentForm(sections=sections_for(page.kind)),
        **_frame(page, draft, "overview"),
        **more,
    }
    return render(request, "knowledge/writeups/writeup_draft.html", context, status=status)


def _step_page(
    request: KnowledgeRequest, page: WriteUpPage, step: Section, writing: Writing, *, status: int = 200, **more: Any
) -> HttpResponse:
    more["has_offers"] = any(each.rewrite for group in more.get("found", ()) for each in group["findings"])
    context = {"step": step, "writing": writing, **_frame(page, writing.draft, step.name), **more}
    return render(request, "knowledge/writeups/writeup_write.html", context, status=status)


def _not_kept(
    request: KnowledgeRequest,
    page: WriteUpPage,
    step: Section,
    writing: Writing,
    *,
    status: int,
    error: Boundary | None = None,
) -> HttpResponse:
    """The step again with every word that was sent, and why it was not kept."""
    words = words_by_name(writing.values()) if writing.is_valid() or error else {}
    findings = list(getattr(error, "findings", []))
    if "autosave" in request.POST:
        reason = error.reason if error and error.reason else _("Some places need a second look.")
        facts = {"reason": reason, "places": writing.errors}
        found = _plain(Screening("block", findings), words, page.kind)
        return JsonResponse({**facts, "outcome": "block" if findings else "", "findings": found}, status=status)
    found = _grouped(findings, words, "block", page.kind)
    theirs = error.theirs if isinstance(error, Conflict) else ""
    verdict = may_edit(request.viewer, page)
    return _step_page(request, page, step, writing, status=status, found=found, theirs=theirs, verdict=verdict)


def _frame(page: WriteUpPage, draft: WriteUpPage, current: str) -> dict[str, Any]:
    """What every screen of a draft shows: its steps with how far each is."""
    states = progress(draft)
    steps = [
        {
            "label": section.title,
            "url": _write_url(page, section),
            "current": section.name == current,
            "state": states[section.name],
        }
        for section in sections_for(page.kind)
    ]
    done = sum(step["state"] == "done" for step in steps)
    return {"writeup": page, "draft": draft, "steps": steps, "done": done, "screen": current}


def _comments(page: WriteUpPage) -> list[dict[str, Any]]:
    rows = page.draft_comments.select_related("author")
    return [{"row": row, "section": BY_NAME[row.section].title} for row in rows if row.section in BY_NAME]


def _lacks(draft: WriteUpPage, lacks: Any) -> list[dict[str, Any]]:
    homes = {name: section for section in SECTIONS for name in (*section.fields, *section.parts)}
    return [
        {"label": label_of(name, draft.kind), "sentence": sentences[0], "url": _write_url(draft, homes[name])}
        for name, sentences in lacks.items()
        if name in homes
    ]


def _write_url(page: WriteUpPage, section: Section) -> str:
    return reverse("writeup-write", args=[page.slug, section.name])


def _next_address(page: WriteUpPage, step: Section) -> str:
    steps = sections_for(page.kind)
    place = steps.index(step) + 1
    return _write_url(page, steps[place]) if place < len(steps) else reverse("writeup-files", args=[page.slug])


def _explain(writing: Writing, error: Boundary) -> None:
    if isinstance(error, Invalid):
        for name, sentences in error.errors.items():
            writing.form.add_error(name if name in writing.form.fields else None, list(sentences))
    else:
        writing.form.add_error(None, error.reason)


def _put_errors(form: Any, error: Boundary) -> None:
    errors = error.errors if isinstance(error, Invalid) else {"__all__": [error.reason]}
    for name, sentences in errors.items():
        form.add_error(name if name in form.fields else None, list(sentences))


def _found(error: Boundary, words: dict[str, str]) -> list[dict[str, Any]]:
    return _grouped(getattr(error, "findings", []), words, "block", Kind.PRACTICE.value)


def _found_by(tried: Tried, kind: str) -> list[dict[str, Any]]:
    return [
        group
        for each in tried.found
        for group in _grouped(each.findings, {each.findings[0].field: each.words}, "block", kind)
    ]


def _grouped(findings: Any, words: dict[str, str], outcome: str, kind: str) -> list[dict[str, Any]]:
    """Findings by field, with the person's own words they point into."""
    names = dict.fromkeys(finding.field for finding in findings)
    return [
        {
            "label": label_of(name, kind),
            "words": words.get(name, ""),
            "findings": [finding for finding in findings if finding.field == name],
            "outcome": outcome,
        }
        for name in names
    ]


def _plain(screening: Screening, words: dict[str, str], kind: str) -> list[dict[str, str]]:
    return [
        {"field": str(label_of(each.field, kind)), "words": _excerpt(each, words), "reason": each.reason}
        for each in screening.findings
    ]


def _excerpt(finding: Finding, words: dict[str, str]) -> str:
    return words.get(finding.field, "")[finding.start : finding.end][:60]


def _sent(request: KnowledgeRequest, is_this: bool) -> tuple[Any, Any]:
    """What a form on a page with two of them is bound to."""
    return (request.POST, request.FILES) if is_this else (None, None)

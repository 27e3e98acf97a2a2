"""Rumours, and the desk where myth checks are written, reviewed and published. The checks themselves are Wagtail's."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Missing
from community.core.policies import require
from community.core.rewording import Tried, attempt
from community.core.trying import posted
from community.knowledge import rumours
from community.knowledge.desk_forms import MythForm, MythReviewForm, RumourForm
from community.knowledge.models import MythPage, Rumour
from community.knowledge.operations import myths as operations
from community.knowledge.policies.myths import may_draft_myth, may_publish_myth, may_review_myth, may_see_myth_desk
from community.knowledge.practice.words import WORDS
from community.knowledge.views.requests import KnowledgeRequest

REVIEW = {"note": WORDS, "conflict": "profile"}


@require_http_methods(["GET", "POST"])
@login_required
def rumour_list(request: KnowledgeRequest) -> HttpResponse:
    """What is being said, most pressing first, and a box for what one has heard."""
    form, tried = RumourForm(posted(request)), Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: operations.report_rumour(by=request.user, **form.cleaned_data), WORDS)
        if tried.done:
            messages.success(request, _("Thank you. You will be told when it is checked."))
            return redirect("rumour-list")
    context = {
        "form": form,
        "tried": tried,
        "rows": rumours.inbox(request.user),
        "may_draft": may_draft_myth(request.user),
        "may_see_desk": may_see_myth_desk(request.user),
    }
    return render(request, "knowledge/myths/rumour_list.html", context, status=tried.status)


@require_POST
@login_required
def rumour_act(request: KnowledgeRequest, public_id: str) -> HttpResponse:
    """“I heard this too”, or setting it aside."""
    rumour = rumours.rumour_at(public_id)
    if rumour is None:
        raise Missing
    if request.POST.get("act") == "aside":
        operations.set_rumour_aside(rumour, by=request.user)
        messages.success(request, _("Set aside."))
    else:
        operations.hear_rumour(rumour, by=request.user)
        messages.success(request, _("Noted. You will be told when it is checked."))
    return redirect("rumour-list")


@require_safe
@login_required
def myth_desk(request: KnowledgeRequest) -> HttpResponse:
    """What is being checked, and which reviewers are missing."""
    require(may_see_myth_desk(request.user))
    context = {"rows": rumours.drafts(request.user), "may_draft": may_draft_myth(request.user)}
    return render(request, "knowledge/myths/myth_desk.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def myth_create(request: KnowledgeRequest) -> HttpResponse:
    require(may_draft_myth(request.user))
    rumour = rumours.rumour_at(request.GET.get("rumour", ""))
    form = MythForm(posted(request), initial=_from(rumour))
    tried = Tried()
    if request.method == "POST":
        tried = attempt(
            form, lambda: operations.draft_myth(by=request.user, values=form.values(), rumour=rumour), WORDS
        )
        if tried.done:
            messages.success(request, _("The draft is kept. Two clinicians can review it now."))
            return redirect("myth-review", tried.result.slug)
    context = {"form": form, "tried": tried, "rumour": rumour}
    return render(request, "knowledge/myths/myth_edit.html", context, status=tried.status)


@require_http_methods(["GET", "POST"])
@login_required
def myth_edit(request: KnowledgeRequest, slug: str) -> HttpResponse:
    require(may_draft_myth(request.user))
    page = _myth(slug)
    draft = operations.latest_myth(page)
    form, tried = MythForm(posted(request), instance=draft), Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: operations.save_myth(page, by=request.user, values=form.values()), WORDS)
        if tried.done:
            messages.success(request, _("Saved. Changed words are reviewed again."))
            return redirect("myth-review", page.slug)
    context = {"form": form, "tried": tried, "page": draft}
    return render(request, "knowledge/myths/myth_edit.html", context, status=tried.status)


@require_http_methods(["GET", "POST"])
@login_required
def myth_review(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """The draft as readers will see it, what reviewers said, and the box for one's own review."""
    require(may_see_myth_desk(request.user))
    page = _myth(slug)
    form, tried = MythReviewForm(posted(request)), Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: operations.review_myth(page, by=request.user, **form.values()), REVIEW)
        if tried.done:
            messages.success(request, _("Your review is kept."))
            return redirect("myth-review", page.slug)
    return render(
        request, "knowledge/myths/myth_review.html", _review_context(request, page, form, tried), status=tried.status
    )


@require_POST
@login_required
def myth_publish(request: KnowledgeRequest, slug: str) -> HttpResponse:
    require(may_draft_myth(request.user))
    page = operations.publish_myth(_myth(slug), by=request.user)
    messages.success(request, _("Published. Whoever heard the rumour is told."))
    return redirect(page.url)


def _review_context(request: KnowledgeRequest, page: MythPage, form: Any, tried: Tried) -> dict[str, Any]:
    draft = operations.latest_myth(page)
    return {
        "page": draft,
        "reviews": list(draft.standing_reviews()),
        "state": rumours.checking(page, request.user),
        "form": form,
        "tried": tried,
        "may_review": may_review_myth(request.user, draft, operations.writers_of(page)),
        "may_edit": may_draft_myth(request.user),
        "may_publish": may_publish_myth(request.user, draft),
        "is_shown": page.live and not page.has_unpublished_changes,
    }


def _from(rumour: Rumour | None) -> dict[str, Any]:
    """What a rumour lends to the check of it."""
    if rumour is None:
        return {}
    telling = rumour.tellings.first()
    return {
        "claim": rumour.headline,
        "first_seen": rumour.first_at.date(),
        "heard": telling.channel if telling else "",
    }


def _myth(slug: str) -> MythPage:
    page = rumours.myth_at(slug)
    if page is None:
        raise Missing
    return page

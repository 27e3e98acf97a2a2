"""Screens of the review hub and the moderators' queue: parse, one operation, redirect."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from community.core.clock import now
from community.core.errors import Boundary, Conflict, Invalid, Missing, Refused
from community.core.policies import deny, require
from community.core.rewording import BUTTON, rewording
from community.credentials.policies import may_post
from community.moderation import operations, queries
from community.moderation.forms import DecisionForm, QueueFilter, SanctionForm
from community.moderation.models import Review
from community.moderation.policies import (
    may_handle,
    may_moderate,
    may_read_words,
    may_reverse,
    may_sanction,
    may_see_outcome,
)
from community.moderation.registry import tabs_for


@login_required
@require_GET
def review_home(request: HttpRequest) -> HttpResponse:
    """The hub: every queue that this person may open, and how much waits in it."""
    tabs = tabs_for(request.user)
    if not tabs:
        require(deny("not_reviewer", _("This page is for moderators and verifiers.")))
    waiting = [(tab, tab.waiting(request.user)) for tab in tabs]
    return render(request, "moderation/review_home.html", {"waiting": waiting})


@login_required
@require_GET
def review_list(request: HttpRequest) -> HttpResponse:
    """The queue, most urgent and oldest first."""
    require(may_moderate(request.user))
    form = QueueFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = queries.queue_for(request.user, after=request.GET.get("after", ""), **chosen)
    return render(request, "moderation/review_list.html", {"form": form, "page": page, "chosen": chosen})


@login_required
@require_POST
def review_next(request: HttpRequest) -> HttpResponse:
    """Take the next free review and open it."""
    review = operations.claim_next(by=request.user)
    if review is None:
        messages.info(request, _("Nothing is waiting for you."))
        return redirect("review-list")
    return redirect("review-detail", review.public_id)


@login_required
@never_cache
@require_GET
def review_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One review. Held words show only to the one who has claimed it, and each look is an audit entry."""
    return _page(request, _review(request, public_id))


@login_required
@require_POST
def review_claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Claim a review, or extend the claim."""
    return _change(request, operations.claim, _review(request, public_id))


@login_required
@require_POST
def review_unclaim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a review back."""
    return _change(request, operations.release_claim, _review(request, public_id))


@login_required
@require_POST
def review_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide a waiting review, or reverse a decision to hide."""
    review = _review(request, public_id)
    form = DecisionForm(request.POST, review=review)
    if not form.is_valid():
        return _page(request, review, form=form, status=400)
    if BUTTON in request.POST:
        tried = rewording(form, {"note": "moderation_note"})
        return _page(request, review, form=form, tried=tried, status=tried.status)
    chosen = form.cleaned_data
    review.version = chosen["version"]
    try:
        if review.is_waiting:
            operations.decide(
                review, by=request.user, outcome=chosen["outcome"], reason=chosen["reason"], note=chosen["note"]
            )
        else:
            operations.reverse(review, by=request.user, reason=chosen["reason"], note=chosen["note"])
    except Conflict as error:
        messages.error(request, error.reason)
        return redirect("review-detail", public_id)
    except (Refused, Invalid) as error:
        _explain(form, error)
        offered = {"has_offers": any(finding.rewrite for finding in getattr(error, "findings", []))}
        return _page(request, _review(request, public_id), form=form, tried=offered, status=error.status)
    messages.success(request, _("Decided. The author is told."))
    return redirect("review-list")


@login_required
@require_POST
def review_sanction(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sanction the author of what is reviewed."""
    review = _review(request, public_id)
    form = SanctionForm(request.POST)
    if review.author is None:
        raise Missing
    if not form.is_valid():
        return _page(request, review, sanction_form=form, status=400)
    days = form.cleaned_data["days"]
    operations.impose_sanction(
        review.author,
        by=request.user,
        kind=form.cleaned_data["kind"],
        reason=form.cleaned_data["reason"],
        until=now() + timedelta(days=days) if days else None,
    )
    messages.success(request, _("The sanction is in force, and the author is told."))
    return redirect("review-detail", public_id)


@login_required
@require_POST
def sanction_lift(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lift a sanction."""
    require(may_moderate(request.user))
    operations.lift_sanction(queries.sanction_of(public_id), by=request.user)
    messages.success(request, _("The sanction is lifted."))
    return redirect("review-list")


@login_required
@require_GET
def review_outcome(request: HttpRequest, public_id: str) -> HttpResponse:
    """How a review ended and why, for its author and for those who reported."""
    review = queries.outcome_for(public_id)
    if review is None or not may_see_outcome(request.user, review):
        raise Missing
    context = {"review": review, "is_author": review.author_id == request.user.pk}
    return render(request, "moderation/review_outcome.html", context)


def _review(request: HttpRequest, public_id: str) -> Review:
    """The role first, then the row: who is no moderator learns nothing of what exists."""
    require(may_moderate(request.user))
    return queries.review_for(request.user, public_id)


def _change(request: HttpRequest, operation: Any, review: Review) -> HttpResponse:
    try:
        operation(review, by=request.user)
    except Conflict as error:
        messages.error(request, error.reason)
    return redirect("review-detail", review.public_id)


def _page(request: HttpRequest, review: Review, status: int = 200, **given: Any) -> HttpResponse:
    member = request.user
    may_decide = may_handle(member, review) if review.is_waiting else may_reverse(member, review)
    can_read = bool(may_read_words(member, review))
    words = operations.open_words(review, by=member) if can_read else {}
    findings = review.held.findings if words else []
    context = {
        "review": review,
        "may_decide": may_decide,
        "is_mine": review.is_held_by(member.pk),
        "findings": findings,
        "passages": queries.passages(words, findings),
        "may_post": may_post(review.author) if review.author else None,
        "sanctions": queries.sanctions_of(review.author)[:10] if review.author else [],
        "may_sanction": review.author is not None and may_sanction(member, review.author),
        "form": DecisionForm(review=review),
        "sanction_form": SanctionForm(),
    }
    return render(request, "moderation/review_detail.html", context | given, status=status)


def _explain(form: forms.Form, error: Boundary) -> None:
    """Show an operation's refusal where the moderator wrote."""
    for field, sentences in getattr(error, "errors", {"note": [error.reason]}).items():
        form.add_error(field if field in form.fields else None, sentences)

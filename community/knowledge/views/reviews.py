"""Peer review on the site: what waits, taking a seat, reading and remarking, the verdict, and what came of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.audiences import Viewer
from community.core.errors import Missing
from community.core.policies import require
from community.core.rewording import Tried, attempt
from community.core.trying import posted
from community.knowledge.models import PeerReview, ReviewState, Seat, WriteUpPage
from community.knowledge.operations import reviews as operations
from community.knowledge.operations.writeups import draft_of
from community.knowledge.policies.reviews import (
    is_concerned,
    may_invite_reviewer,
    may_judge,
    may_see_queue,
    may_set_certainty,
    may_sit,
)
from community.knowledge.policies.writeups import may_read_draft
from community.knowledge.practice import showing
from community.knowledge.practice.facets import Stage
from community.knowledge.practice.words import WORDS
from community.knowledge.review_forms import (
    CertaintyForm,
    InterestsForm,
    InviteForm,
    RemarkForm,
    VerdictForm,
    section_choices,
)
from community.knowledge.tracing import (
    own_reviews,
    review_for,
    review_of_seat,
    reviews_of,
    taken_seats,
    waiting_pages,
)
from community.knowledge.views.requests import KnowledgeRequest, draft_or_missing, published_or_missing
from community.members.queries import member_by_handle

SHOWN = 100


@require_safe
@login_required
def review_queue(request: KnowledgeRequest) -> HttpResponse:
    """What waits for reviewers: seats that the member can take, seats that are taken, and one's own reviews."""
    require(may_see_queue(request.viewer))
    pages = list(waiting_pages()[:SHOWN])
    seats = taken_seats(page.pk for page in pages)
    lines = [_line(request.viewer, page, seats.get(page.pk, {})) for page in pages]
    context = {
        "lines": [line for line in lines if not line["is_own"]],
        "mine": list(own_reviews(request.user)[:SHOWN]),
        "is_editor": request.viewer.has("editors"),
    }
    return render(request, "knowledge/reviews/review_queue.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def review_sit(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """Offer oneself for a seat, with a declaration of interests; editors also invite others here."""
    page = _in_review(request, slug)
    draft = draft_of(page)
    taken = taken_seats([page.pk]).get(page.pk, {})
    free = [seat for seat in Seat.values if seat not in taken and may_sit(request.viewer, draft, seat)]
    form, tried = InterestsForm(posted(request), seats=free), Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: operations.offer_review(page, by=request.user, **form.cleaned_data), "profile")
        if tried.done:
            messages.success(request, _("The seat is yours. Read, make your remarks, then give your verdict."))
            return redirect("peer-review", tried.result.public_id)
    return _sit_page(request, page, draft, {"form": form, "tried": tried, "free": free, "taken": taken})


@require_POST
@login_required
def review_invite(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = _in_review(request, slug)
    draft = draft_of(page)
    require(may_invite_reviewer(request.viewer, draft))
    form = InviteForm(request.POST)
    tried = attempt(form, lambda: _invite(request, page, form), {})
    if tried.done:
        messages.success(request, _("Invited. They are told, and the seat is kept for them."))
        return redirect("peer-review-sit", page.slug)
    return _sit_page(request, page, draft, {"invite": form, "invite_tried": tried, "free": []}, tried.status)


@require_safe
@login_required
def review_detail(request: KnowledgeRequest, public_id: str) -> HttpResponse:
    """One's own review: the invitation, the draft with remarks and verdict, or what was said."""
    review = review_for(request.viewer, public_id)
    return _review_page(request, review)


@require_POST
@login_required
def review_begin(request: KnowledgeRequest, public_id: str) -> HttpResponse:
    """Accept an invitation, with a declaration of interests."""
    review = review_for(request.viewer, public_id)
    form = InterestsForm({**request.POST.dict(), "seat": review.seat}, seats=[review.seat])

    def act() -> Any:
        data = form.cleaned_data
        return operations.take_invitation(review, by=request.user, coi_none=data["coi_none"], coi_text=data["coi_text"])

    return _done_or_again(request, review, form, act, "interests")


@require_POST
@login_required
def review_give_up(request: KnowledgeRequest, public_id: str) -> HttpResponse:
    """Decline, or give the seat back. Editors free the seat of somebody who is silent."""
    review = review_of_seat(request.viewer, public_id)
    operations.give_up_review(review, by=request.user)
    messages.success(request, _("The seat is free again. Thank you for saying so."))
    return redirect("peer-review-queue")


@require_POST
@login_required
def remark_create(request: KnowledgeRequest, public_id: str) -> HttpResponse:
    review = review_for(request.viewer, public_id)
    form = RemarkForm(request.POST, kind=review.page.kind)
    return _done_or_again(
        request, review, form, lambda: operations.add_remark(review, by=request.user, **form.cleaned_data), "remark"
    )


@require_POST
@login_required
def remark_remove(request: KnowledgeRequest, public_id: str, remark: int) -> HttpResponse:
    review = review_for(request.viewer, public_id)
    found = review.remarks.filter(pk=remark).first()
    if found is None:
        raise Missing
    operations.remove_remark(found, by=request.user)
    return redirect("peer-review", review.public_id)


@require_POST
@login_required
def review_verdict(request: KnowledgeRequest, public_id: str) -> HttpResponse:
    review = review_for(request.viewer, public_id)
    form = VerdictForm(request.POST)
    tried = attempt(form, lambda: operations.give_verdict(review, by=request.user, **form.cleaned_data), WORDS)
    if not tried.done:
        return _review_page(request, review, tried=tried, verdict=form)
    review.page.refresh_from_db()
    messages.success(request, _verdict_said(review.page))
    return redirect("peer-review-queue")


@require_safe
@login_required
def writeup_reviews(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """What the reviewers said, for the authors, the reviewers themselves and editors."""
    page = draft_or_missing(request, slug)
    if not may_read_draft(request.viewer, page):
        raise Missing
    reviews = list(reviews_of(page))
    if page.stage == Stage.IN_REVIEW:
        # One verdict must not colour the other: both are shown when both are in.
        newest = max((review.round for review in reviews), default=0)
        reviews = [each for each in reviews if each.round < newest or each.reviewer_id == request.user.pk]
    context = {"writeup": page, "reviews": reviews, "sections": dict(section_choices(page.kind))}
    return render(request, "knowledge/reviews/writeup_reviews.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def writeup_certainty(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """Rate the certainty of the literature behind a published write-up."""
    page = published_or_missing(request, slug)
    require(may_set_certainty(request.viewer, page))
    initial = {"certainty": page.literature_certainty or None, "reason": page.certainty_reason}
    form, tried = CertaintyForm(posted(request), initial=initial), Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: operations.set_certainty(page, by=request.user, **form.cleaned_data), WORDS)
        if tried.done:
            messages.success(request, _("Rated. It stands beside the evidence from practice."))
            return redirect(page.get_url())
    context = {"writeup": page, "form": form, "tried": tried}
    return render(request, "knowledge/reviews/writeup_certainty.html", context, status=tried.status)


def _line(viewer: Viewer, page: WriteUpPage, taken: dict[str, PeerReview]) -> dict[str, Any]:
    draft = draft_of(page)
    free = [seat for seat in Seat.values if seat not in taken]
    return {
        "page": draft,
        "slug": page.slug,
        "seats": [{"label": Seat(seat).label, "review": taken.get(seat)} for seat in Seat.values],
        "can_sit": [seat for seat in free if may_sit(viewer, draft, seat)],
        "is_own": is_concerned(viewer.member, page),
        "since": page.latest_revision_created_at,
    }


def _sit_page(
    request: KnowledgeRequest, page: WriteUpPage, draft: WriteUpPage, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    taken = context.setdefault("taken", taken_seats([page.pk]).get(page.pk, {}))
    tried = context.get("tried")
    context |= {
        "writeup": page,
        "draft": draft,
        "setting": showing.setting_of(draft),
        "seats": [{"label": Seat(seat).label, "review": taken.get(seat)} for seat in Seat.values],
        "why_not": {Seat(seat).label: may_sit(request.viewer, draft, seat).reason for seat in Seat.values},
        "may_invite": bool(may_invite_reviewer(request.viewer, draft)),
    }
    context.setdefault("invite", InviteForm())
    status = tried.status if tried is not None and tried.status != 200 else status
    return render(request, "knowledge/reviews/review_sit.html", context, status=status)


def _review_page(
    request: KnowledgeRequest, review: PeerReview, *, tried: Tried | None = None, **forms: Form
) -> HttpResponse:
    draft = draft_of(review.page)
    context = {
        "review": review,
        "writeup": review.page,
        "draft": draft,
        "parts": showing.parts_of(draft) if review.state != ReviewState.INVITED else [],
        "setting": showing.setting_of(draft),
        "remarks": list(review.remarks.all()),
        "sections": dict(section_choices(review.page.kind)),
        "may_judge": bool(may_judge(request.viewer, review)),
        "tried": tried or Tried(),
        "interests": forms.get("interests") or InterestsForm(seats=[review.seat]),
        "remark_form": forms.get("remark") or RemarkForm(kind=review.page.kind),
        "verdict_form": forms.get("verdict") or VerdictForm(),
        "tried_form": next(iter(forms), ""),
    }
    return render(request, "knowledge/reviews/review_detail.html", context, status=context["tried"].status)  # type: ignore[attr-defined]


def _done_or_again(
    request: KnowledgeRequest, review: PeerReview, form: Form, act: Callable[[], Any], name: str
) -> HttpResponse:
    tried = attempt(form, act, "profile" if name == "interests" else WORDS)
    if tried.done:
        return redirect("peer-review", review.public_id)
    return _review_page(request, review, tried=tried, **{name: form})


def _invite(request: KnowledgeRequest, page: WriteUpPage, form: InviteForm) -> PeerReview:
    handle = form.cleaned_data["handle"].strip().lstrip("@").lower()
    try:
        member = member_by_handle(handle)
    except Missing:
        raise Missing(_("There is no member of that name.")) from None
    return operations.invite_reviewer(page, by=request.user, member=member, seat=form.cleaned_data["seat"])


def _in_review(request: KnowledgeRequest, slug: str) -> WriteUpPage:
    """A write-up in review, for those who may see the queue."""
    require(may_see_queue(request.viewer))
    page = waiting_pages().filter(slug=slug).first()
    if page is None:
        raise Missing
    return page


def _verdict_said(page: WriteUpPage) -> str:
    if page.stage == Stage.PUBLISHED:
        return _("Both of you accept: it is published.")
    if page.stage == Stage.IN_REVIEW:
        return _("Your verdict is kept. It counts when the other reviewer has given theirs.")
    return _("Both verdicts are in. The authors have your remarks.")

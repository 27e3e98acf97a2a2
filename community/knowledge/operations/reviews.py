"""Review by two peers: a round opens, seats are taken, remarks are made, verdicts are given and together decide."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.core.actors import SYSTEM, Actor
from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Conflict, Invalid, Missing
from community.core.events import record
from community.core.limits import spend
from community.core.models import Event
from community.core.notices import tell
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.knowledge.models import PeerReview, Remark, ReviewState, Seat, Verdict, Weight, WriteUpPage
from community.knowledge.operations.writeups import draft_of, keep_version, locked, send_back
from community.knowledge.policies.reviews import (
    may_answer_invitation,
    may_give_up,
    may_invite_reviewer,
    may_judge,
    may_open_round,
    may_remind_reviewers,
    may_set_certainty,
    may_sit,
)
from community.knowledge.practice.facets import Certainty
from community.moderation.policies import may_speak

REMARKS_A_DAY = "300/day"
REVIEWS_A_DAY = "20/day"
ONE_DAY = timedelta(days=1)
#: From the least certain up: where two reviewers differ, the more careful one stands.
CAUTION = (Certainty.VERY_LOW, Certainty.LOW, Certainty.MODERATE, Certainty.HIGH)


@transaction.atomic
def open_round(page: WriteUpPage, *, by: Actor) -> int:
    """Begin a round: whoever sat in the one before, and knows the draft, keeps their seat. Returns its number."""
    require(may_open_round(by))
    last = newest_round(page)
    kept = list(PeerReview.objects.filter(page=page, round=last, state__in=PeerReview.TAKEN).select_related("reviewer"))
    PeerReview.objects.filter(page=page, state__in=[ReviewState.INVITED, ReviewState.WORKING]).update(
        state=ReviewState.CLOSED
    )
    record("knowledge.review.opened", by=by, target=page, round=last + 1, kept=len(kept))
    for before in kept:
        tell(before.reviewer, "knowledge.review_again", target=_seated_again(before, page))
    return last + 1


@transaction.atomic
def offer_review(page: WriteUpPage, *, by: Any, seat: str, coi_none: bool, coi_text: str = "") -> PeerReview:
    """Take a seat oneself, with a declaration of interests. Raises Conflict where the seat is taken."""
    page = locked(page)
    require(may_sit(viewer_of(by), _draft(page), seat))
    require(may_speak(by))
    spend("knowledge.review", by.pk, REVIEWS_A_DAY)
    text = _declaration(coi_none, coi_text)
    review = _seated(page, by, seat, state=ReviewState.WORKING, coi_none=coi_none, coi_text=text)
    record("knowledge.review.begun", by=by, target=review, seat=seat, page=page.pk)
    return review


@transaction.atomic
def invite_reviewer(page: WriteUpPage, *, by: Any, member: Any, seat: str) -> PeerReview:
    """Ask a member to take a seat; it stays theirs until they decline or an editor frees it."""
    page = locked(page)
    draft = _draft(page)
    require(may_invite_reviewer(viewer_of(by), draft))
    require(may_sit(viewer_of(member), draft, seat))
    review = _seated(page, member, seat, state=ReviewState.INVITED, invited_by=by)
    event = record("knowledge.review.invited", by=by, target=review, seat=seat, page=page.pk)
    tell(member, "knowledge.review_invited", target=review, event_id=event.pk, actor=by)
    return review


@transaction.atomic
def take_invitation(review: PeerReview, *, by: Any, coi_none: bool, coi_text: str = "") -> PeerReview:
    review = _locked_review(review)
    require(may_answer_invitation(viewer_of(by), review))
    require(may_sit(viewer_of(by), _draft(review.page), review.seat))
    text = _declaration(coi_none, coi_text)
    review.state, review.coi_none, review.coi_text, review.began_at = ReviewState.WORKING, coi_none, text, now()
    review.save(update_fields=["state", "coi_none", "coi_text", "began_at"])
    record("knowledge.review.begun", by=by, target=review, seat=review.seat, page=review.page_id)
    return review


@transaction.atomic
def give_up_review(review: PeerReview, *, by: Any) -> PeerReview:
    """Decline an invitation, give a seat back, or (an editor) free the seat of somebody who is silent."""
    review = _locked_review(review)
    require(may_give_up(viewer_of(by), review))
    review.state = ReviewState.DECLINED
    review.save(update_fields=["state"])
    record("knowledge.review.given_up", by=by, target=review, seat=review.seat)
    return review


@transaction.atomic
def remind_reviewers(page: WriteUpPage, *, by: Any) -> int:
    """Remind those who sit and have not answered; nobody twice in a day. Returns how many were reminded."""
    page = locked(page)
    require(may_remind_reviewers(viewer_of(by), page))
    waiting = PeerReview.objects.filter(page=page, state__in=[ReviewState.INVITED, ReviewState.WORKING])
    reminded = 0
    for review in waiting.select_for_update(of=("self",)).select_related("reviewer"):
        if not _was_reminded(review):
            event = record("knowledge.review.reminded", by=by, target=review, page=page.pk)
            tell(review.reviewer, "knowledge.review_reminder", target=review, event_id=event.pk, actor=by)
            reminded += 1
    return reminded


@transaction.atomic
def add_remark(review: PeerReview, *, by: Any, section: str, weight: str, text: str) -> Remark:
    """Say something about one part of the draft. The authors read it with the verdict."""
    review = _locked_review(review)
    require(may_judge(viewer_of(by), review))
    require(may_speak(by))
    spend("knowledge.remark", by.pk, REMARKS_A_DAY)
    text = text.strip()
    if not text or len(text) > 2000 or weight not in Weight.values or len(section) > 24:
        raise Invalid({"text": [_("Write a remark of at most 2,000 characters.")]})
    refuse_if_not_clean("practice", text=text)
    remark = Remark.objects.create(review=review, section=section, weight=weight, text=text)
    record("knowledge.review.remarked", by=by, target=review, weight=weight)
    return remark


@transaction.atomic
def remove_remark(remark: Remark, *, by: Any) -> None:
    review = _locked_review(remark.review)
    require(may_judge(viewer_of(by), review))
    remark.delete()
    record("knowledge.review.remark_removed", by=by, target=review)


@transaction.atomic
def give_verdict(
    review: PeerReview, *, by: Any, verdict: str, reason: str, certainty: str = "", certainty_reason: str = ""
) -> PeerReview:
    """End one's review. When both are in: two acceptances publish, a decline ends it, else it goes back to revise."""
    page = locked(review.page)
    review = _locked_review(review)
    require(may_judge(viewer_of(by), review))
    require(may_speak(by))
    reason, why = reason.strip(), certainty_reason.strip()
    _check_verdict(verdict, reason, certainty, why)
    refuse_if_not_clean("practice", reason=reason, certainty_reason=why)
    review.verdict, review.reason = verdict, reason
    review.certainty, review.certainty_reason = certainty, why
    review.state, review.decided_at = ReviewState.DONE, now()
    review.revision_id = page.latest_revision_id
    review.save()
    record("knowledge.review.done", by=by, target=review, verdict=verdict, seat=review.seat, page=page.pk)
    _conclude(page, review.round, by)
    return review


@transaction.atomic
def set_certainty(page: WriteUpPage, *, by: Any, certainty: str, reason: str) -> WriteUpPage:
    """Rate the certainty of the literature (GRADE), with a reason. Practice evidence is another axis, left alone."""
    page = locked(page)
    require(may_set_certainty(viewer_of(by), page))
    reason = reason.strip()
    if certainty not in Certainty.values or not reason or len(reason) > 1000:
        raise Invalid({"certainty_reason": [_("Choose a level and say why, in at most 1,000 characters.")]})
    refuse_if_not_clean("practice", certainty_reason=reason)
    _write_certainty(page, certainty, reason, by)
    return page


def newest_round(page: WriteUpPage) -> int:
    """The number of the newest round that anybody sat in; 0 before the first."""
    found = PeerReview.objects.filter(page=page).order_by("-round").values_list("round", flat=True).first()
    return int(found or 0)


def present_round(page: WriteUpPage) -> int:
    """The number of the round that is open now: the newest with a seat taken, or the next where it is over."""
    last = newest_round(page)
    over = PeerReview.objects.filter(page=page, round=last, state=ReviewState.DONE).count() == len(Seat)
    return last + 1 if over or not last else last


def _was_reminded(review: PeerReview) -> bool:
    told = Event.objects.filter(verb="knowledge.review.reminded", target_id=str(review.pk))
    return told.filter(at__gt=now() - ONE_DAY).exists()


def _seated(page: WriteUpPage, member: Any, seat: str, **values: Any) -> PeerReview:
    number = present_round(page)
    if PeerReview.objects.filter(page=page, round=number, reviewer=member).exists():
        raise Conflict(_("This member already has, or has given up, a seat in this round."))
    try:
        with transaction.atomic():
            return PeerReview.objects.create(
                page=page, round=number, seat=seat, reviewer=member, revision_id=page.latest_revision_id, **values
            )
    except IntegrityError:
        raise Conflict(_("This seat is taken.")) from None


def _seated_again(before: PeerReview, page: WriteUpPage) -> PeerReview:
    """The same seat in the next round; who had answered reads again, who was only asked is still asked."""
    return PeerReview.objects.create(
        page=page,
        round=before.round + 1,
        seat=before.seat,
        reviewer=before.reviewer,
        invited_by=before.invited_by,
        state=ReviewState.INVITED if before.state == ReviewState.INVITED else ReviewState.WORKING,
        revision_id=page.latest_revision_id,
        coi_none=before.coi_none,
        coi_text=before.coi_text,
    )


def _conclude(page: WriteUpPage, number: int, by: Any) -> None:
    """Let the verdicts of a round decide, once both are in."""
    done = list(PeerReview.objects.filter(page=page, round=number, state=ReviewState.DONE))
    if {review.seat for review in done} < set(Seat.values):
        return
    verdicts = {review.verdict for review in done}
    if verdicts == {Verdict.ACCEPT}:
        _publish(page, done, by)
    elif Verdict.DECLINE in verdicts:
        _give_back(page, by, "knowledge.review.declined", lambda state: state.cancel(user=by))
    else:
        _give_back(page, by, "knowledge.review.returned", _reject(by))


def _publish(page: WriteUpPage, reviews: list[PeerReview], by: Any) -> None:
    """Approve the step of the workflow, which publishes, and keep what is published as a version."""
    task = page.current_workflow_task_state
    if task is None:
        raise Conflict(_("This write-up is no longer in review."))
    task.approve(user=by, update=False)
    # The last reviewer agrees, but it is the site that publishes: reviewers have no right to.
    task.workflow_state.update(user=None)
    page = locked(page)
    keep_version(page, by=SYSTEM)
    rated = [review for review in reviews if review.certainty]
    if rated:
        most_careful = min(rated, key=lambda review: CAUTION.index(Certainty(review.certainty)))
        _write_certainty(page, most_careful.certainty, most_careful.certainty_reason, by)


def _give_back(page: WriteUpPage, by: Any, verb: str, close: Callable[[Any], Any]) -> None:
    state = page.current_workflow_state
    if state is not None:
        close(state)
    send_back(page, by=SYSTEM)
    record(verb, by=by, target=page)


def _reject(by: Any) -> Callable[[Any], Any]:
    return lambda state: state.current_task_state.specific.reject(user=by)


def _write_certainty(page: WriteUpPage, certainty: str, reason: str, by: Any) -> None:
    page.literature_certainty, page.certainty_reason = certainty, reason
    page.save(update_fields=["literature_certainty", "certainty_reason"])
    record("knowledge.writeup.certainty_set", by=by, target=page, certainty=certainty)


def _draft(page: WriteUpPage) -> WriteUpPage:
    """The draft under review, with the stage and the authors of the page."""
    return draft_of(page)


def _locked_review(review: PeerReview) -> PeerReview:
    found = PeerReview.objects.select_for_update(of=("self",)).filter(pk=review.pk).select_related("page").first()
    if found is None:
        raise Missing
    return found


def _declaration(coi_none: bool, coi_text: str) -> str:
    """What was declared; a reviewer says that there is nothing, or what there is."""
    text = coi_text.strip()
    if not coi_none and not text:
        raise Invalid({"coi_text": [_("Say that you have no conflict of interest, or which.")]})
    if len(text) > 1000:
        raise Invalid({"coi_text": [_("At most 1,000 characters, please.")]})
    refuse_if_not_clean("profile", coi_text=text)
    return "" if coi_none else text


def _check_verdict(verdict: str, reason: str, certainty: str, why: str) -> None:
    errors = {}
    if verdict not in Verdict.values:
        errors["verdict"] = [_("Choose a verdict.")]
    if not reason or len(reason) > 2000:
        errors["reason"] = [_("Give your reason, in at most 2,000 characters.")]
    if certainty and certainty not in Certainty.values:
        errors["certainty"] = [_("Choose one from the list.")]
    if bool(certainty) != bool(why) or len(why) > 1000:
        errors["certainty_reason"] = [_("A rating needs a reason, and a reason a rating.")]
    if errors:
        raise Invalid(errors)

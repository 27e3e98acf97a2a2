"""Peer review: who may sit where, what two verdicts decide, and that Wagtail's workflow says the same."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from wagtail.models import WorkflowState

from community.core.audiences import viewer_of
from community.core.errors import Conflict, Invalid, Refused
from community.core.models import Event
from community.knowledge.models import PeerReview, WriteUpPage
from community.knowledge.operations.reviews import (
    add_remark,
    give_up_review,
    give_verdict,
    invite_reviewer,
    offer_review,
    open_round,
    remove_remark,
    set_certainty,
    take_invitation,
)
from community.knowledge.operations.writeups import send_for_review
from community.knowledge.policies.reviews import may_sit
from community.knowledge.policies.writeups import may_read_draft
from community.knowledge.tracing import taken_seats
from community.members.models import Country, Member
from tests.factories.forums import verified_member
from tests.knowledge.practices import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Member:
    return verified_member(country=country("KE"))


def country(code: str) -> Country:
    return Country.objects.get(code=code)


def peer(page: WriteUpPage) -> Member:
    """A colleague of the specialty, from the authors' region."""
    member = verified_member(country=country("UG"))
    member.specialties.set(page.get_latest_revision_as_object().specialties.all())
    return member


def seated(page: WriteUpPage) -> tuple[PeerReview, PeerReview]:
    near = offer_review(page, by=peer(page), seat="specialty", coi_none=True)
    far = verified_member(country=country("NO"))
    return near, offer_review(page, by=far, seat="region", coi_none=False, coi_text="I taught a course with them.")


def verdicts(page: WriteUpPage, *given: str) -> WriteUpPage:
    for review, verdict in zip(seated(page), given, strict=True):
        give_verdict(review, by=review.reviewer, verdict=verdict, reason="Clear and honest.")
    return WriteUpPage.objects.get(pk=page.pk)


def test_two_acceptances_publish_the_first_version(author: Member) -> None:
    page = sent(author)
    state = page.current_workflow_state
    assert state.current_task_state.task.name == "Two peers agree"
    near, far = seated(page)
    give_verdict(
        near, by=near.reviewer, verdict="accept", reason="Clear.", certainty="high", certainty_reason="Trials."
    )
    assert not WriteUpPage.objects.get(pk=page.pk).live

    give_verdict(far, by=far.reviewer, verdict="accept", reason="Clear.", certainty="low", certainty_reason="Small.")

    page = WriteUpPage.objects.get(pk=page.pk)
    assert (page.live, page.stage, page.versions.count(), page.evidence_level) == (True, "published", 1, 2)
    assert (page.literature_certainty, page.certainty_reason) == ("low", "Small.")
    assert WorkflowState.objects.get(pk=state.pk).status == WorkflowState.STATUS_APPROVED


def test_one_who_asks_for_changes_sends_it_back_and_the_same_two_read_again(author: Member) -> None:
    page = verdicts(sent(author), "accept", "revise")
    assert (page.live, page.stage) == (False, "revising")
    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    before = {review.seat: review.reviewer_id for review in PeerReview.objects.filter(page=page, round=1)}

    send_for_review(page, by=author)

    again = taken_seats([page.pk])[page.pk]
    assert {seat: (review.round, review.state, review.reviewer_id) for seat, review in again.items()} == {
        seat: (2, "working", reviewer) for seat, reviewer in before.items()
    }


def test_a_decline_ends_it(author: Member) -> None:
    page = verdicts(sent(author), "decline", "accept")

    assert (page.live, page.stage, page.current_workflow_state) == (False, "revising", None)
    assert Event.objects.filter(verb="knowledge.review.declined", target_id=str(page.pk)).exists()


def test_seats_are_for_those_they_are_for(author: Member) -> None:
    page = sent(author)
    near, anybody = peer(page), verified_member(country=country("UG"))
    far = verified_member(country=country("NO"))

    draft = page.get_latest_revision_as_object()

    assert may_sit(viewer_of(near), draft, "specialty")
    assert may_sit(viewer_of(near), draft, "region").code == "wrong_seat"
    assert may_sit(viewer_of(far), draft, "region")
    assert may_sit(viewer_of(anybody), draft, "specialty").code == "wrong_seat"
    assert may_sit(viewer_of(author), draft, "specialty").code == "author"
    with pytest.raises(Invalid):
        offer_review(page, by=near, seat="specialty", coi_none=False)
    offer_review(page, by=near, seat="specialty", coi_none=True)
    with pytest.raises(Conflict, match="taken"):
        offer_review(page, by=peer(page), seat="specialty", coi_none=True)


def test_remarks_are_screened_and_only_the_reviewer_makes_them(author: Member) -> None:
    review, other = seated(sent(author))
    remark = add_remark(review, by=review.reviewer, section="results", weight="must", text="Say how you measured it.")

    with pytest.raises(Refused) as words:
        add_remark(review, by=review.reviewer, section="results", weight="must", text="Mr John Smith, MRN 48151623.")
    with pytest.raises(Refused, match="somebody else"):
        remove_remark(remark, by=other.reviewer)
    remove_remark(remark, by=review.reviewer)

    assert words.value.code == "case_identifiers"
    assert not review.remarks.exists()


def test_an_editor_invites_and_the_invited_declares_first(author: Member, run_jobs: Any) -> None:
    page, editor = sent(author), verified_member()
    editor.groups.add(Group.objects.get(name="Editors"))
    near = peer(page)
    with pytest.raises(Refused):
        invite_reviewer(page, by=verified_member(), member=near, seat="specialty")

    review = invite_reviewer(page, by=editor, member=near, seat="specialty")
    assert may_read_draft(viewer_of(near), page)
    with pytest.raises(Refused):
        give_verdict(review, by=near, verdict="accept", reason="Good.")
    take_invitation(review, by=near, coi_none=True)
    give_up_review(review, by=near)

    assert not may_read_draft(viewer_of(near), WriteUpPage.objects.get(pk=page.pk))
    assert taken_seats([page.pk]) == {}


def test_only_the_site_opens_a_round_and_only_reviewers_rate_the_literature(author: Member) -> None:
    page = verdicts(sent(author), "accept", "accept")
    reviewer = PeerReview.objects.filter(page=page).first().reviewer  # type: ignore[union-attr]

    with pytest.raises(Refused):
        open_round(page, by=author)
    with pytest.raises(Refused, match="Authors"):
        set_certainty(page, by=author, certainty="high", reason="We are sure.")
    set_certainty(page, by=reviewer, certainty="moderate", reason="Two trials, both small.")

    assert WriteUpPage.objects.get(pk=page.pk).literature_certainty == "moderate"

"""Who may review which write-up: from which seat, neither an author nor twice, and who may invite and judge."""

from typing import Any

from django.utils.translation import gettext as _

from community.core.actors import Actor, is_system
from community.core.audiences import VERIFIED, Viewer
from community.core.policies import ALLOWED, Verdict, deny
from community.credentials import policies as credentials
from community.knowledge.models import AuthorState, PeerReview, ReviewState, Seat, WriteUpPage
from community.knowledge.practice.facets import Stage
from community.members.models import REVIEWERS, Country

EDITORS = "editors"


def may_see_queue(viewer: Viewer) -> Verdict:
    """Verified clinicians, who may offer themselves, and editors, who invite."""
    if viewer.has(EDITORS) or viewer.has(VERIFIED):
        return ALLOWED
    return credentials.may_post(viewer.member)


def seats_of(member: Any, draft: WriteUpPage) -> list[Seat]:
    """The seats a member can take in the review of this draft, by specialty and by region."""
    seats = []
    asked = {each.pk for each in draft.specialties.all()}
    if not asked or asked & {each.pk for each in member.specialties.all()}:
        seats.append(Seat.SPECIALTY)
    region = member.country.who_region if member.country else ""
    if region and region not in _regions_of_authors(draft):
        seats.append(Seat.REGION)
    return seats


def may_sit(viewer: Viewer, draft: WriteUpPage, seat: str) -> Verdict:
    """Whether the viewer can take this seat now, whoever asks: themselves or an editor for them."""
    member = viewer.member
    if member is None or not viewer.has(VERIFIED):
        return credentials.may_post(member)
    if draft.stage != Stage.IN_REVIEW:
        return deny("not_in_review", _("This write-up is not in review."))
    if is_concerned(member, draft):
        return deny("author", _("Authors do not review what they wrote."))
    if seat not in seats_of(member, draft):
        return deny("wrong_seat", _WRONG[Seat(seat)]())
    return ALLOWED


def may_invite_reviewer(viewer: Viewer, draft: WriteUpPage) -> Verdict:
    if not viewer.has(EDITORS):
        return deny("not_editor", _("Only editors invite reviewers."))
    if is_concerned(viewer.member, draft):
        return deny("author", _("Another editor chooses the reviewers of what you wrote."))
    return ALLOWED


def may_remind_reviewers(viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Editors, while the write-up is with its reviewers."""
    if not viewer.has(EDITORS):
        return deny("not_editor", _("Only editors remind reviewers."))
    if page.stage != Stage.IN_REVIEW:
        return deny("not_in_review", _("This write-up is not in review."))
    return ALLOWED


def may_answer_invitation(viewer: Viewer, review: PeerReview) -> Verdict:
    if viewer.member is None or viewer.member.pk != review.reviewer_id or review.state != ReviewState.INVITED:
        return deny("not_invited", _("This invitation is not open, or not yours."))
    return ALLOWED


def may_give_up(viewer: Viewer, review: PeerReview) -> Verdict:
    """The reviewer, and editors where somebody does not answer."""
    if not review.is_open:
        return deny("not_open", _("This review is closed."))
    if viewer.has(EDITORS) or (viewer.member is not None and viewer.member.pk == review.reviewer_id):
        return ALLOWED
    return deny("not_yours", _("This is somebody else's review."))


def may_judge(viewer: Viewer, review: PeerReview) -> Verdict:
    """The reviewer, while the review is open and their right to write holds."""
    if viewer.member is None or viewer.member.pk != review.reviewer_id:
        return deny("not_yours", _("This is somebody else's review."))
    if review.state != ReviewState.WORKING or review.page.stage != Stage.IN_REVIEW:
        return deny("not_open", _("This review is closed."))
    return ALLOWED if viewer.has(VERIFIED) else credentials.may_post(viewer.member)


def may_set_certainty(viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Those who reviewed it, and the group of reviewers; never an author."""
    member = viewer.member
    if member is None or is_concerned(member, page):
        return deny("author", _("Authors do not rate the literature behind their own write-up."))
    reviewed = page.peer_reviews.filter(reviewer=member, state=ReviewState.DONE).exists()
    if reviewed or member.in_group(REVIEWERS):
        return ALLOWED
    return deny("not_reviewer", _("Only a reviewer rates the certainty of the literature."))


def may_open_round(by: Actor) -> Verdict:
    return ALLOWED if is_system(by) else deny("not_the_site", _("A round is opened when a draft is sent."))


def may_read_as_reviewer(member: Any, page: WriteUpPage) -> bool:
    """Whoever sits, sat or is invited in a round that is not over, and was not found to be an author since."""
    mine = page.peer_reviews.filter(reviewer=member.pk).exclude(state__in=[ReviewState.DECLINED, ReviewState.CLOSED])
    return bool(mine.exists())


def is_concerned(member: Any, page: WriteUpPage) -> bool:
    """An author, or somebody who was asked to be one."""
    if page.owner_id == member.pk:
        return True
    return bool(page.authorships.filter(member=member.pk).exclude(state=AuthorState.DECLINED).exists())


def _regions_of_authors(page: WriteUpPage) -> set[str]:
    """WHO regions of the authors and of the setting: a reviewer from another one sees what is taken for granted."""
    authors = page.authorships.exclude(state=AuthorState.DECLINED).values("member")
    regions = set(Country.objects.filter(members__in=authors).values_list("who_region", flat=True))
    return (regions | {page.who_region}) - {""}


_WRONG = {
    Seat.SPECIALTY: lambda: _("This seat is for a reviewer of the write-up's specialty."),
    Seat.REGION: lambda: _("This seat is for a reviewer whose WHO region is not that of the authors."),
}

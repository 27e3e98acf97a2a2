"""Who may report, handle and decide, and whom a sanction silences. Nobody decides on their own words."""

from typing import Any

from django.utils.translation import gettext as _

from community.core.policies import ALLOWED, Verdict, deny
from community.moderation.models import Outcome, Review, Sanction


def may_moderate(member: Any) -> Verdict:
    """Whether a member may open the review queue."""
    if member is None or not member.is_authenticated or not member.is_active or not member.is_moderator:
        return deny("not_moderator", _("Only moderators handle the review queue."))
    return ALLOWED


def may_handle(member: Any, review: Review) -> Verdict:
    """Whether a moderator may claim and decide a review; never one on their own words, never one they reported."""
    verdict = may_moderate(member)
    if not verdict:
        return verdict
    if review.author_id == member.pk:
        return _own()
    if any(report.reporter_id == member.pk for report in review.reports.all()):
        return deny("own_report", _("You reported this; another moderator decides."))
    if not review.is_waiting:
        return deny("decided", _("This review has been decided."))
    return ALLOWED


def may_read_words(member: Any, review: Review) -> Verdict:
    """Whether a moderator may read held words: only while they handle the review."""
    verdict = may_handle(member, review)
    if verdict and not review.is_held_by(member.pk):
        return deny("not_claimed", _("Claim the review to read what is held."))
    return verdict


def may_reverse(member: Any, review: Review) -> Verdict:
    """Whether a moderator may show a hidden target again: a second person, neither author nor decider."""
    verdict = may_moderate(member)
    if not verdict:
        return verdict
    if review.author_id == member.pk:
        return _own()
    if review.outcome != Outcome.HIDE:
        return deny("not_hidden", _("Only a decision to hide can be reversed."))
    if any(decision.by_id == member.pk for decision in review.decisions.all()):
        return deny("second_person", _("Another moderator must reverse your decision."))
    return ALLOWED


def may_report(member: Any, author: Any) -> Verdict:
    """Whether a member may report something they can see. Also a silenced member may warn of patient data."""
    if member is None or not member.is_authenticated or not member.is_active:
        return deny("not_signed_in", _("Sign in to report."))
    if author is not None and author.pk == member.pk:
        return deny("own_words", _("You cannot report yourself; edit or delete your contribution instead."))
    return ALLOWED


def may_see_outcome(member: Any, review: Review) -> Verdict:
    """Whether a member may read how a review ended: its author and those who reported."""
    if review.is_waiting:
        return deny("undecided", _("This review has not been decided."))
    if review.author_id == member.pk or any(row.reporter_id == member.pk for row in review.reports.all()):
        return ALLOWED
    return deny("not_concerned", _("This decision concerns somebody else."))


def may_sanction(by: Any, member: Any) -> Verdict:
    """Whether a moderator may sanction a member: not themselves and nobody of the staff."""
    verdict = may_moderate(by)
    if not verdict:
        return verdict
    if by.pk == member.pk or member.is_staff or member.is_moderator:
        return deny("staff", _("Sanctions on the staff are for an administrator."))
    return ALLOWED


def may_speak(member: Any) -> Verdict:
    """Whether no sanction in force takes away a member's right to write; one query, asked at every write."""
    sanction = Sanction.objects.silencing().filter(member=member.pk).first()
    if sanction is None:
        return ALLOWED
    if sanction.until:
        return deny("sanctioned", _("You may not write until your sanction has run out."))
    return deny("sanctioned", _("You may not write: a moderator has ended your right to take part."))


def _own() -> Verdict:
    return deny("own_words", _("You cannot decide on your own contribution."))

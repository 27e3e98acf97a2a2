"""Who reports rumours, writes myth checks, reviews and publishes them. Reviewers are verified and did not write."""

from typing import Any

from django.utils.translation import gettext as _

from community.core.policies import ALLOWED, Verdict, deny
from community.credentials.policies import may_post
from community.knowledge.models import MythPage
from community.knowledge.roster import is_on_duty


def may_report_rumour(member: Any) -> Verdict:
    """Every member: rumours reach all of us."""
    if member is None or not member.is_authenticated or not member.is_active:
        return deny("not_signed_in", _("Please sign in to report a rumour."))
    return ALLOWED


def may_draft_myth(member: Any) -> Verdict:
    """Editors and the duty roster take rumours up and write the check."""
    signed_in = may_report_rumour(member)
    if not signed_in:
        return signed_in
    if member.is_editor or is_on_duty(member):
        return ALLOWED
    return deny("not_editor", _("Myth checks are written by editors and by the duty roster."))


def may_see_myth_desk(member: Any) -> Verdict:
    """Those who write, and every verified clinician, who may review."""
    return may_draft_myth(member) or may_post(member)


def may_review_myth(member: Any, page: MythPage, writers: frozenset[int]) -> Verdict:
    """A clinician who is verified today and wrote none of it. `writers` are the members who did."""
    posting = may_post(member)
    if not posting:
        return posting
    if member.pk in writers:
        return deny("own_words", _("You wrote this; two others review it."))
    return ALLOWED


def may_publish_myth(member: Any, page: MythPage) -> Verdict:
    """Whoever may draft, once two reviewers agree to the words as they stand."""
    drafting = may_draft_myth(member)
    if not drafting:
        return drafting
    if not page.may_go_live():
        return deny("reviewers_missing", _("Two reviewers must agree to the words as they stand now."))
    return ALLOWED

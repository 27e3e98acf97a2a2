"""Who may say that they face a problem, adapt a write-up, and report what came of it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from community.core.actors import Actor, is_system
from community.core.audiences import VERIFIED, Viewer
from community.core.policies import ALLOWED, Verdict, deny
from community.credentials import policies as credentials
from community.knowledge.models import Adaptation, AuthorState, WriteUpPage
from community.knowledge.practice.facets import Standing


def may_face(viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Verified clinicians, once each; authors are taken as read."""
    if not viewer.has(VERIFIED):
        return credentials.may_post(viewer.member)
    if is_author(viewer.member, page):
        return deny("own_writeup", _("You wrote this: that you face the problem is known."))
    return ALLOWED


def may_withdraw_facing(viewer: Viewer) -> Verdict:
    """Everybody takes back what they said, also after the right to post has ended."""
    return ALLOWED if viewer.is_signed_in else deny("not_signed_in", _("Please sign in."))


def may_adapt(viewer: Viewer, page: WriteUpPage) -> Verdict:
    """Verified clinicians, also its authors at another site; not what was retired."""
    if not viewer.has(VERIFIED):
        return credentials.may_post(viewer.member)
    if not page.live:
        return deny("not_published", _("This write-up is not published yet."))
    if page.standing == Standing.RETIRED:
        return deny("retired", _("This write-up was retired: look for one that is in force."))
    return ALLOWED


def may_report(viewer: Viewer, adaptation: Adaptation) -> Verdict:
    """The adopter, and whoever writes the adaptation with them."""
    member = viewer.member
    if member is None or not (member.pk == adaptation.by_id or is_author(member, adaptation.child)):
        return deny("not_adopter", _("Only those who adapted it report how it went."))
    return ALLOWED if viewer.has(VERIFIED) else credentials.may_post(member)


def may_report_month(adaptation: Adaptation, month: int, today: date) -> Verdict:
    """A report comes when its month has come; one that was made is changed, not repeated."""
    due = adaptation.due_on(month)
    if today < due:
        return deny("too_early", _("This report can be made from {day} on.").format(day=due.isoformat()))
    return ALLOWED


def may_remind(by: Actor) -> Verdict:
    """What the clock and the worker do for nobody in particular."""
    return ALLOWED if is_system(by) else deny("not_the_clock", _("The site does this by itself."))


def is_author(member: Any, page: WriteUpPage) -> bool:
    """Whether a member is one of the page's authors, or has been asked to be."""
    if member is None:
        return False
    return bool(page.authorships.filter(member=member.pk).exclude(state=AuthorState.DECLINED).exists())

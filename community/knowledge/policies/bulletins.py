"""Who writes, signs, releases and reads bulletins. The duty roster signs; nobody seconds what they signed."""

from typing import Any

from django.utils.translation import gettext as _

from community.core.actors import Actor, is_system
from community.core.audiences import Viewer
from community.core.policies import ALLOWED, Verdict, deny
from community.knowledge.models import BulletinPage, BulletinRelease, ReleaseState
from community.knowledge.roster import is_on_duty


def may_draft_bulletin(member: Any) -> Verdict:
    """Editors and those on the duty roster write and change drafts."""
    if member is None or not member.is_authenticated or not member.is_active:
        return deny("not_signed_in", _("Please sign in."))
    if member.is_editor or is_on_duty(member):
        return ALLOWED
    return deny("not_on_duty", _("Bulletins are written by the duty roster and by editors."))


def may_sign_bulletin(member: Any) -> Verdict:
    """The first of the two: on duty now."""
    drafting = may_draft_bulletin(member)
    if not drafting:
        return drafting
    return ALLOWED if is_on_duty(member) else _not_on_duty()


def may_second_bulletin(member: Any, release: BulletinRelease) -> Verdict:
    """The second of the two: on duty now, and not the one who signed."""
    signing = may_sign_bulletin(member)
    if not signing:
        return signing
    if release.signed_by_id == member.pk:
        return deny("same_person", _("You signed this. Somebody else on the duty roster releases it."))
    return ALLOWED


def may_release_alone(member: Any, release: BulletinRelease) -> Verdict:
    """Breaking the glass: the one who signed, while it waits for a second."""
    signing = may_sign_bulletin(member)
    if not signing:
        return signing
    if release.signed_by_id != member.pk:
        return deny("second_instead", _("You did not sign this: release it as the second person."))
    if release.state != ReleaseState.SIGNED:
        return deny("not_now", _("This is not waiting for its release."))
    return ALLOWED


def may_withdraw_bulletin(by: Actor, page: BulletinPage) -> Verdict:
    """One person on duty is enough to take advice back; the clock does it where a second never came."""
    return ALLOWED if is_system(by) else may_sign_bulletin(by)


def may_confirm_bulletin(viewer: Viewer, page: BulletinPage) -> Verdict:
    """Whoever is signed in and can read a bulletin in force can say that they have read it."""
    if viewer.member is None:
        return deny("not_signed_in", _("Please sign in."))
    if not page.is_visible_to(viewer) or not page.is_in_force:
        return deny("not_in_force", _("This bulletin is not in force any more."))
    return ALLOWED


def _not_on_duty() -> Verdict:
    return deny("not_on_duty", _("Only those who are on the duty roster now sign and release bulletins."))

"""Notifications and preferences are one's own; nobody else's business, staff included."""

from typing import Any

from django.utils.translation import gettext as _

from community.core.actors import Actor, is_system
from community.core.policies import ALLOWED, Verdict, deny


def may_notify(by: Actor, member: Any) -> Verdict:
    """Whether a notice may be written: by the system, to an active member, about what another did."""
    if not is_system(by):
        return deny("system_only", _("Notices are written by the site."))
    if not member.is_active:
        return deny("inactive", _("This account is closed."))
    return ALLOWED


def may_change_for(by: Actor, member: Any) -> Verdict:
    """Whether `by` may mark notifications and set preferences of `member`; a signed link acts as the system."""
    if is_system(by) or by.pk == member.pk:
        return ALLOWED
    return deny("not_yours", _("These notifications are not yours."))

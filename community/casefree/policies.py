"""Who may see how the guard does."""

from typing import Any

from django.utils.translation import gettext as _

from community.core.policies import ALLOWED, Verdict, deny


def may_see_figures(member: Any) -> Verdict:
    """Moderators see how often each rule holds, and how often it was wrong."""
    if member is None or not member.is_authenticated or not member.is_active or not member.is_moderator:
        return deny("not_moderator", _("Only moderators see the figures of the guard."))
    return ALLOWED

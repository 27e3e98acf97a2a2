"""How much of the directory one member may look at in a day. It stops scraping, not reading."""

from typing import Final

from django.utils.translation import gettext as _

from community.core.errors import TooMany
from community.core.limits import spend
from community.members.models import Member

PROFILES: Final = "200/day"
PAGES: Final = "60/day"


def spend_profile_view(viewer: Member, member: Member) -> None:
    """Count one look at somebody else's profile. Raises TooMany with the seconds until the next one."""
    if viewer.pk != member.pk:
        _spend("members.profile", viewer, PROFILES)


def spend_directory_page(viewer: Member) -> None:
    """Count one page of the directory. Raises TooMany with the seconds until the next one."""
    _spend("members.directory", viewer, PAGES)


def _spend(name: str, viewer: Member, rate: str) -> None:
    try:
        spend(name, viewer.pk, rate)
    except TooMany as spent:
        reason = _("You have looked at as many members as one can in a day. This protects everybody from being copied.")
        raise TooMany(reason, spent.retry_after) from None

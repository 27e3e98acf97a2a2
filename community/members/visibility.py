"""Which fields of a profile a member may keep from others, and from whom."""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.audiences import VERIFIED, Viewer
from community.members.models import Member

# Name, profession, the badge and the conflict-of-interest line are what peers judge a post by: they cannot be hidden.
HIDEABLE: Final = {
    "specialties": _("Specialties"),
    "country": _("Country and region"),
    "languages": _("Languages"),
    "institution": _("Institution"),
    "orcid": _("ORCID iD"),
    "interests": _("Interests"),
    "bio": _("About me"),
}
AUDIENCES: Final = {
    "members": _("All members"),
    "verified": _("Verified clinicians only"),
    "nobody": _("Nobody"),
}


def shows(member: Member, field: str, viewer: Viewer) -> bool:
    """Whether this viewer may see this field. A member sees their own profile as it is."""
    if viewer.member is not None and viewer.member.pk == member.pk:
        return True
    return field not in HIDEABLE or member.who_sees.get(field, "members") in audiences_of(viewer)


def shown_q(field: str, viewer: Viewer) -> Q:
    """The same rule for SQL: filtering the directory by a field must not find those who hide it."""
    key = f"who_sees__{field}"
    return Q(**{f"{key}__isnull": True}) | Q(**{f"{key}__in": sorted(audiences_of(viewer))})


def audiences_of(viewer: Viewer) -> set[str]:
    if not viewer.is_signed_in:
        return set()
    return {"members", "verified"} if viewer.has(VERIFIED) else {"members"}

"""What a verifier finds on a member's profile: the way to the verification behind the badge."""

from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.credentials.queries import latest_application
from community.members.models import Member
from community.members.panels import ProfilePanel


def verification_of(member: Member, viewer: Viewer) -> ProfilePanel | None:
    """For verifiers, never about themselves; they suspend and look back from there."""
    if not viewer.has("verifiers") or viewer.member == member:
        return None
    application = latest_application(member)
    if application is None:
        return None
    return ProfilePanel(_("Verification"), "credentials/profile_panel.html", {"application": application}, order=90)

"""Who may attend, in plain words: the audience token of a webinar as people read and choose it."""

from django.utils.translation import gettext as _

from community.core.audiences import MEMBERS, PUBLIC, VERIFIED, Viewer, name_of
from community.members.models import Profession
from webinars.policies import for_whom_tokens

Choices = list[tuple[str, str]]


def audience_label(token: str) -> str:
    """For whom a webinar is."""
    known = {
        PUBLIC: _("Everybody, also without an account"),
        MEMBERS: _("All members"),
        VERIFIED: _("Verified clinicians"),
    }
    if token in known:
        return known[token]
    prefix, _colon, value = token.partition(":")
    if prefix == "profession":
        profession = Profession.objects.filter(code=value).first()
        return _("Verified: %(profession)s") % {"profession": profession or value}
    name = name_of(token)
    return _("Members of the private group “%(name)s”") % {"name": name} if name else _("Members of a private group")


def audience_choices(viewer: Viewer, present: str = "") -> Choices:
    """What this viewer may choose, and what is chosen now."""
    tokens = for_whom_tokens(viewer)
    return [(token, audience_label(token)) for token in dict.fromkeys([*tokens, *([present] if present else [])])]

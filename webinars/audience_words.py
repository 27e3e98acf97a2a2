"""Who may attend, in plain words: the audience token of a webinar as people read and choose it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from community.core.audiences import MEMBERS, PUBLIC, VERIFIED, Viewer, name_of
from community.core.languages import letters
from community.core.unions import tokens_in
from community.members.models import Profession
from webinars.policies import GROUP, NEVER_VERIFIED, PROFESSION, groups_to_choose

Choices = list[tuple[str, str]]


def audience_label(token: str, viewer: Viewer) -> str:
    """For whom a webinar is; a private group is named to those who belong to it and to nobody else."""
    tokens = tokens_in(token)
    wide = [_wide(each) for each in (PUBLIC, MEMBERS, VERIFIED) if each in tokens]
    codes = [each.removeprefix(PROFESSION) for each in tokens if each.startswith(PROFESSION)]
    professions = [_("Verified: %(profession)s") % {"profession": ", ".join(_names(codes))}] if codes else []
    groups = dict.fromkeys(_group(each, viewer) for each in tokens if each.startswith(GROUP))
    return "; ".join([*wide, *professions, *groups])


def profession_choices() -> Choices:
    """All professions that can be verified, by name."""
    found = Profession.objects.exclude(code=NEVER_VERIFIED).names()
    return [(f"{PROFESSION}{code}", name) for code, name in found.items()]


def group_choices(viewer: Viewer, present: Iterable[str] = ()) -> Choices:
    """The private groups this viewer may choose, and those that are chosen now."""
    tokens = dict.fromkeys([*groups_to_choose(viewer), *(each for each in present if each.startswith(GROUP))])
    return [(token, _group_name(token, viewer)) for token in tokens]


def _names(codes: list[str]) -> list[str]:
    names = Profession.objects.filter(code__in=codes).names()
    return sorted((names.get(code, code) for code in codes), key=letters)


def _wide(token: str) -> str:
    return {
        PUBLIC: _("Everybody, also without an account"),
        MEMBERS: _("All members"),
        VERIFIED: _("Verified clinicians"),
    }[token]


def _group(token: str, viewer: Viewer) -> str:
    name = name_of(token) if viewer.has(token) else ""
    return _("Members of the private group “%(name)s”") % {"name": name} if name else _("Members of a private group")


def _group_name(token: str, viewer: Viewer) -> str:
    name = name_of(token) if viewer.has(token) else ""
    return name or _("A private group")

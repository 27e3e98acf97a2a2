"""Who may do what with a member's account and profile."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from community.core.actors import Actor, System, is_system
from community.core.audiences import Viewer
from community.core.policies import ALLOWED, Verdict, deny
from community.members.models import EDITORS, MODERATORS, VERIFIERS, Member

# Recovery codes alone are no factor: they stand in for one.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def may_join(by: Actor, member: Member) -> Verdict:
    """A person for themselves, or the system for the demo and for tests."""
    if is_system(by) or by is member:
        return ALLOWED
    return deny("not_yours", _("An account is made by the person it is for."))


def may_change(by: Actor, member: Member) -> Verdict:
    if is_system(by) or (by.pk == member.pk and by.is_active):
        return ALLOWED
    return deny("not_yours", _("Only the member can change this."))


def may_clear_words(by: Actor) -> Verdict:
    """Moderators, on what stands in a profile."""
    if isinstance(by, System) or by.is_moderator:
        return ALLOWED
    return deny("not_moderator", _("Only moderators can do this."))


def may_erase(by: Actor, member: Member) -> Verdict:
    """Erasure is carried out by the clock once its day has come."""
    if is_system(by):
        return ALLOWED
    return deny("not_yours", _("An account is erased two weeks after its owner asks for it."))


def may_follow(by: Member, member: Member) -> Verdict:
    if by.pk == member.pk:
        return deny("yourself", _("You cannot follow yourself."))
    if not by.is_active or not member.is_active:
        return deny("not_active", _("This account is not active."))
    return ALLOWED


def may_end(by: Member, session: UserSession) -> Verdict:
    if session.user_id == by.pk:
        return ALLOWED
    return deny("not_yours", _("This session is not yours."))


def may_read_directory(viewer: Viewer) -> Verdict:
    if viewer.is_signed_in:
        return ALLOWED
    return deny("not_signed_in", _("The directory is for members."))


def needs_second_factor(member: Member) -> bool:
    """Whoever can change what others see: staff, moderators, verifiers, editors."""
    return member.is_staff or member.is_superuser or bool(member.group_names & {MODERATORS, VERIFIERS, EDITORS})


def has_second_factor(member: Member) -> bool:
    return bool(Authenticator.objects.filter(user=member, type__in=FACTORS).exists())

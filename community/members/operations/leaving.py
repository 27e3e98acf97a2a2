"""A member leaves: a request, two weeks to think again, then erasure of the person, never of the log."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from community.core.actors import Actor
from community.core.events import record
from community.core.models import ALPHABET
from community.core.policies import require
from community.members.models import Member, MemberFollow
from community.members.policies import may_change, may_erase

GRACE = timedelta(days=14)
EMPTY = ("given_name", "family_name", "former_names", "subdivision", "institution", "orcid", "interests", "bio")


@transaction.atomic
def request_erasure(member: Member, *, by: Actor) -> Member:
    """Leave in 14 days: out of the directory now, erased then unless the member thinks again."""
    require(may_change(by, member))
    member.leaving_on, member.listed = localdate() + GRACE, False
    member.save(update_fields=["leaving_on", "listed"])
    record("members.erasure.requested", by=by, target=member)
    return member


@transaction.atomic
def withdraw_erasure(member: Member, *, by: Actor) -> Member:
    """Stay after all."""
    require(may_change(by, member))
    member.leaving_on = None
    member.save(update_fields=["leaving_on"])
    record("members.erasure.withdrawn", by=by, target=member)
    return member


@transaction.atomic
def erase_member(member: Member, *, by: Actor) -> None:
    """Take out everything that says who it was. Posts stay under "Former member"; other packages erase their part.

    They do so on the event: credentials its evidence, forums its drafts, notifications its addresses.
    """
    require(may_erase(by, member))
    _end_access(member)
    MemberFollow.objects.filter(follower=member).delete()
    MemberFollow.objects.filter(followed=member).delete()
    member.specialties.clear()
    member.groups.clear()
    _blank(member)
    member.save()
    record("members.member.erased", by=by, target=member)


def _end_access(member: Member) -> None:
    for session in UserSession.objects.filter(user=member):
        session.end()
    Authenticator.objects.filter(user=member).delete()
    EmailAddress.objects.filter(user=member).delete()
    member.set_unusable_password()
    member.is_active = member.is_staff = member.is_superuser = member.listed = False


def _blank(member: Member) -> None:
    code = get_random_string(12, ALPHABET)
    member.email, member.handle, member.name = f"{code}@erased.invalid", f"former-{code}", _("Former member")
    for name in EMPTY:
        setattr(member, name, "")
    member.coi_statement, member.coi_none, member.coi_declared_on = "", False, None
    member.profession = member.country = member.leaving_on = None
    member.languages, member.who_sees, member.time_zone, member.interface_language = [], {}, "UTC", ""

"""A person becomes a member."""

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from community.core.actors import Actor
from community.core.events import record
from community.core.languages import is_offered
from community.core.models import ALPHABET
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.members.models import Member
from community.members.policies import may_join

CONDUCT_VERSION = "2026-11"


@transaction.atomic
def join(
    member: Member, *, by: Actor, given_name: str, family_name: str, time_zone: str = "UTC", language: str = ""
) -> Member:
    """Store a new member, who has just agreed to the present code of conduct. `by` is the person or the system.

    `language` is the one the person read the site in; mails speak it from the first on.
    """
    require(may_join(by, member))
    refuse_if_not_clean("profile", given_name=given_name, family_name=family_name)
    member.given_name, member.family_name = given_name.strip(), family_name.strip()
    member.name = full_name(member)
    member.handle = new_handle(member.name)
    member.time_zone = time_zone
    member.interface_language = language if is_offered(language) else ""
    member.conduct_version = CONDUCT_VERSION
    member.save(force_insert=True)
    record("members.member.joined", by=by, target=member)
    return member


def full_name(member: Member) -> str:
    """The name that peers see: always the parts that are verified, so that nobody shows one name and proves another."""
    return f"{member.given_name} {member.family_name}".strip()[:120]


def new_handle(name: str) -> str:
    """A free handle out of the name; one that is taken or empty gets four random characters, never a number."""
    wanted = slugify(name)[:34].strip("-")
    handle = wanted or _with_chance("member")
    while Member.objects.filter(handle=handle).exists():
        handle = _with_chance(wanted or "member")
    return handle


def _with_chance(stem: str) -> str:
    return f"{stem}-{get_random_string(4, ALPHABET)}"

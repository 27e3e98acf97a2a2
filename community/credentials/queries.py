"""What a member's credential is worth at this moment, and what a post carries of it.

Everything is derived from states and dates at each call and kept nowhere: the clock may be late, the answer is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.credentials.models import Application
from community.credentials.models.register import RegisterEntry
from community.credentials.proof import Level
from community.credentials.registers import find_register
from community.credentials.states import APPROVED, BLOCKED, ONCE_APPROVED, State
from community.members.models import Member
from community.members.operations.joining import CONDUCT_VERSION

POSTING_LEVELS = (Level.VERIFIED, Level.VERIFIED_DOCUMENT)
NONE = "none"


@dataclass(frozen=True)
class Standing:
    """A member's credential now. `state` is a `State` value or "none"; `reason` is empty when one may post.

    Otherwise `reason` is one of not_verified, learner, expired, suspended, revoked, conduct, register_deactivated.
    """

    state: str = NONE
    may_post: bool = False
    reason: str = "not_verified"
    level: str = ""
    profession: str = ""
    profession_name: str = ""
    country: str = ""
    region: str = ""
    specialty: str = ""
    specialty_name: str = ""
    issuer: str = ""
    verified_on: datetime | None = None
    valid_until: datetime | None = None
    application_id: int | None = None


def standing(member: Any) -> Standing:
    """The standing of a member, in two queries (the second for the specialty, only where there is an approval)."""
    application = current_application(member)
    if application is None:
        return Standing()
    reason = why_not(application, member)
    specialty = member.specialties.order_by("name").first() if application.level else None
    return Standing(
        state=_state_now(application),
        may_post=not reason,
        reason=reason,
        level=application.level,
        profession=application.profession.code if application.profession else "",
        profession_name=application.profession.name if application.profession else "",
        country=application.country.code if application.country else "",
        region=member.subdivision or (application.country.code if application.country else ""),
        specialty=specialty.slug if specialty else "",
        specialty_name=specialty.name if specialty else "",
        issuer=issuer_of(application),
        verified_on=application.verified_at,
        valid_until=application.expires_at,
        application_id=application.pk,
    )


def snapshot(member: Any) -> dict[str, Any]:
    """What a post keeps of its author's credential at the time of writing. Never the number."""
    now_held = standing(member)
    return {
        "level": now_held.level if now_held.may_post or now_held.reason == "learner" else "",
        "profession": now_held.profession,
        "profession_name": now_held.profession_name,
        "specialty": now_held.specialty,
        "specialty_name": now_held.specialty_name,
        "country": now_held.country,
        "region": now_held.region,
        "issuer": now_held.issuer,
        "verified_on": now_held.verified_on.date().isoformat() if now_held.verified_on else None,
    }


def current_application(member: Any) -> Application | None:
    """The episode that decides what the member may do, in one query, with `entry_gone` and `overturned` known."""
    if member is None or member.pk is None:
        return None
    return _deciding(list(_all_with_facts().filter(member=member)))


def why_not(application: Application, member: Any) -> str:
    """Why this episode gives no right to post now, as a code; empty where it does."""
    if application.state in BLOCKED and not application.overturned:  # type: ignore[attr-defined]
        return str(application.state)
    if not application.is_in_force:
        return "expired" if application.state in {*APPROVED, State.EXPIRED} else "not_verified"
    if application.entry_gone:  # type: ignore[attr-defined]
        return "register_deactivated"
    if member.conduct_version != CONDUCT_VERSION:
        return "conduct"
    return "" if application.level in POSTING_LEVELS else "learner"


def applications_in_force() -> "QuerySet[Application]":
    """The rule of `standing` as SQL: approvals that hold now, of members without an open suspension."""
    return Application.objects.approved().filter(
        ~is_entry_gone(),
        ~Exists(_blocking().filter(member=OuterRef("member"))),
        member__is_active=True,
        member__conduct_version=CONDUCT_VERSION,
    )


def members_who_may_post() -> "QuerySet[Member]":
    """Everybody with the right to post now."""
    holders = applications_in_force().filter(level__in=POSTING_LEVELS).values("member")
    return Member.objects.filter(pk__in=holders)


def has_open_suspension(member: Any) -> bool:
    """Whether a suspension or revocation stands that no appeal has overturned."""
    return _blocking().filter(member=member).exists()


def open_application(member: Any) -> Application | None:
    """The episode the member is working on, if any."""
    return Application.objects.open().filter(member=member).select_related("profession", "country").first()


def latest_application(member: Any) -> Application | None:
    """The episode to show the member: the open one, else the deciding one, else the newest."""
    mine = Application.objects.filter(member=member).select_related("profession", "country")
    return open_application(member) or current_application(member) or mine.order_by("-pk").first()


def issuer_of(application: Application) -> str:
    """Who keeps the register the verification rests on, or an empty string."""
    register = find_register(application.register_slug)
    return register.authority if register else ""


def is_entry_gone() -> Exists:
    """A condition on applications: the imported register reports the number as deactivated."""
    deactivated = RegisterEntry.objects.filter(status=RegisterEntry.Status.DEACTIVATED)
    return Exists(deactivated.filter(register=OuterRef("register_slug"), number=OuterRef("number")))


def _with_facts(applications: "QuerySet[Application]") -> "QuerySet[Application]":
    """Adds what other rows know: whether the register took the entry away, and whether an appeal was granted."""
    granted = Application.objects.filter(appeal_of=OuterRef("pk"), state__in=ONCE_APPROVED)
    annotated = applications.annotate(entry_gone=is_entry_gone(), overturned=Exists(granted))
    return annotated.select_related("profession", "country")


@cache
def _all_with_facts() -> "QuerySet[Application]":
    """Built once: every request of a member asks for their own out of it."""
    return _with_facts(Application.objects.all())


def _blocking() -> "QuerySet[Application]":
    """Suspended and revoked episodes that no appeal has overturned."""
    granted = Q(appeal__isnull=False, appeal__state__in=ONCE_APPROVED)
    return Application.objects.filter(state__in=BLOCKED).exclude(granted)


def _deciding(applications: Sequence[Application]) -> Application | None:
    """A suspension decides over everything, then an approval in force, then what was approved once, then the newest."""
    ranked = sorted(applications, key=lambda each: (_rank(each), each.pk))
    return ranked[-1] if ranked else None


def _rank(application: Application) -> int:
    if application.state in BLOCKED:
        return 0 if application.overturned else 3  # type: ignore[attr-defined]
    if application.is_in_force:
        return 2
    return 1 if application.state in ONCE_APPROVED else 0


def _state_now(application: Application) -> str:
    """The state as the date has it, even before the clock has written it down."""
    has_run_out = application.state in APPROVED and not application.is_in_force
    return State.EXPIRED if has_run_out else application.state

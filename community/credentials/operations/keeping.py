"""What happens to an approval over time: suspended on a trigger, due, reminded, expired, and erased with its member."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.actors import Actor
from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.policies import require
from community.credentials import storage
from community.credentials.matching import is_register_readable, read_register
from community.credentials.models import Application, Challenge, Evidence, Kind, Standing, Vouch
from community.credentials.models.register import changed_by
from community.credentials.names import PersonName, compare_names
from community.credentials.operations.vouching import standing_vouches
from community.credentials.policies import may_suspend, system_only
from community.credentials.proof import (
    DUE_DAYS,
    RECHECK_DAYS,
    REMINDER_DAYS,
    holds_until,
    vouchers_lost,
    vouches_suffice,
)
from community.credentials.queries import is_entry_gone
from community.credentials.states import APPROVED, SUSPENSIONS, Act, ReasonCode, State, follows
from community.credentials.steps import locked, take

BATCH = 500


@transaction.atomic
def suspend_credential(application: Application, *, reason: str, by: Actor) -> Application:
    """End the right to post now. Never silently: the reason is kept and told, with the way to appeal."""
    application = locked(application)
    require(may_suspend(by, application))
    if reason not in SUSPENSIONS:
        raise Invalid({"reason": [_("Please choose a reason for the suspension.")]})
    take(application, Act.SUSPEND, by=by, reason=reason, waiting_since=now(), flag="", proposal=None, claimed_by=None)
    return application


@transaction.atomic
def suspend_member(member: Any, *, reason: str, by: Actor) -> Application | None:
    """Suspend whatever approval a member has; None when there is none. For sanctions from outside."""
    # no-require: suspend_credential asks; no-record: suspend_credential records
    approved = Application.objects.filter(member=member, state__in=APPROVED).first()
    return suspend_credential(approved, reason=reason, by=by) if approved else None


@transaction.atomic
def suspend_departed(run: Any = None, *, by: Actor) -> int:
    """Suspend approvals whose register entry is deactivated: after an import `run`, or all. Returns how many."""
    require(system_only(by))
    approved = Application.objects.filter(is_entry_gone(), state__in=APPROVED)
    departed = list(approved.filter(changed_by(run)) if run is not None else approved)
    for application in departed:
        suspend_credential(application, reason=ReasonCode.REGISTER_DEACTIVATED, by=by)
    return len(departed)


@transaction.atomic
def recheck_register(application: Application, *, by: Actor) -> bool:
    """Read an approved member's entry again. A changed one suspends; whether it still agrees is returned."""
    require(system_only(by))
    application = locked(application)
    evidence = application.evidence.filter(kind=Kind.REGISTER_BULK, standing=Standing.ACCEPTED).first()
    if evidence is None or application.state not in APPROVED:
        return True
    reading = read_register(application)
    if reading.is_match:
        evidence.checked_at = now()
        evidence.save(update_fields=["checked_at"])
        record("credentials.evidence.matched", by=by, target=evidence, register=application.register_slug)
        return True
    _lose(evidence, by=by)
    gone = reading.entry is None or not reading.is_active
    reason = ReasonCode.REGISTER_DEACTIVATED if gone else ReasonCode.REGISTER_CHANGED
    suspend_credential(application, reason=reason, by=by)
    return False


@transaction.atomic
def weigh_again(application: Application, *, reason: str, by: Actor) -> Application:
    """After evidence was lost: suspend where the rest does not carry the approval, else end it with the rest."""
    require(system_only(by))
    application = locked(application)
    if application.state not in APPROVED:
        return application
    proofs, moment = [each.proof for each in application.evidence.counting()], now()
    readable = is_register_readable(application)
    until = holds_until(proofs, moment, seeks=application.seeks, register_readable=readable)
    if until is None:
        return suspend_credential(application, reason=reason, by=by)
    application.expires_at = min(until, application.expires_at or until)
    application.save(update_fields=["expires_at"])
    record("credentials.application.saved", by=by, target=application, part="expiry")
    return application


@transaction.atomic
def count_vouchers_again(application: Application, *, by: Actor) -> Application:
    """Half or more of the vouchers gone: the peers count no more."""
    require(system_only(by))
    evidence = application.evidence.filter(kind=Kind.PEERS, standing=Standing.ACCEPTED).first()
    given = application.vouches.filter(given_at__isnull=False).count()
    left = standing_vouches(application)
    if evidence is None or not (vouchers_lost(given, len(left)) or not vouches_suffice([v.employer for v in left])):
        return application
    _lose(evidence, by=by)
    return weigh_again(application, reason=ReasonCode.VOUCHERS_LOST, by=by)


@transaction.atomic
def compare_new_name(member: Any, *, by: Actor) -> Application | None:
    """A member changed their name: unless it is still the name that was verified, it must be verified again."""
    require(system_only(by))
    # no-record: suspend_credential records; a name that still fits changes nothing
    application = Application.objects.filter(member=member, state__in=APPROVED).first()
    if application is None:
        return None
    shown = PersonName(member.given_name, member.family_name)
    verified = PersonName(application.given_name, application.family_name)
    if compare_names(shown, verified).strength == "strong":
        return application
    return suspend_credential(application, reason=ReasonCode.NAME_CHANGED, by=by)


@transaction.atomic
def pass_dates(*, by: Actor) -> int:
    """Write down what the dates already say: due 60 days before the end, expired after it. Returns the steps taken."""
    require(system_only(by))
    moment = now()
    soon = Application.objects.filter(state=State.VERIFIED, expires_at__lte=moment + timedelta(days=DUE_DAYS))
    over = Application.objects.filter(state=State.DUE, expires_at__lte=moment)
    steps = [(each, Act.FALL_DUE, "") for each in soon.order_by("pk")[:BATCH]]
    steps += [(each, Act.EXPIRE, ReasonCode.LAPSED) for each in over.order_by("pk")[:BATCH]]
    for application, act, reason in steps:
        take(locked(application), act, by=by, reason=reason)
    return len(steps)


@transaction.atomic
def remind_of_end(*, by: Actor) -> int:
    """Remind 60, 30 and 7 days before the end, each once; a clock that stood still sends only the last that is due."""
    require(system_only(by))
    sent = 0
    for days in sorted(REMINDER_DAYS):
        sent += sum(_remind(each, days, by) for each in _to_remind(days))
    return sent


@transaction.atomic
def forget_member(member_id: int, *, by: Actor) -> int:
    """The member was erased: numbers, names, addresses and files go; states, dates, hashes and decisions stay."""
    require(system_only(by))
    mine = list(Application.objects.select_for_update().filter(member=member_id))
    for application in mine:
        _forget(application, by)
    Challenge.objects.filter(application__in=mine).delete()
    Vouch.objects.filter(voucher=member_id, given_at=None).delete()
    Vouch.objects.filter(voucher=member_id).update(employer="")
    return len(mine)


def to_recheck() -> "list[Application]":
    """Approvals whose imported entry was last read a week ago."""
    limit = now() - timedelta(days=RECHECK_DAYS)
    stale = Evidence.objects.filter(kind=Kind.REGISTER_BULK, standing=Standing.ACCEPTED, checked_at__lt=limit)
    return list(Application.objects.filter(state__in=APPROVED, evidence__in=stale).order_by("pk")[:BATCH])


def _to_remind(days: int) -> "list[Application]":
    moment = now()
    ending = Application.objects.filter(
        state__in=APPROVED, expires_at__gt=moment, expires_at__lte=moment + timedelta(days=days)
    )
    return list(ending.exclude(reminded_days__lte=days).order_by("pk")[:BATCH])


def _remind(application: Application, days: int, by: Actor) -> int:
    application.reminded_days = days
    application.save(update_fields=["reminded_days"])
    record("credentials.application.reminded", by=by, target=application, days=days)
    return 1


def _lose(evidence: Evidence, *, by: Actor) -> None:
    evidence.standing = Standing.LOST
    evidence.save(update_fields=["standing"])
    record("credentials.evidence.lost", by=by, target=evidence, kind=evidence.kind)


def _forget(application: Application, by: Actor) -> None:
    for evidence in application.evidence.all():
        name = evidence.stored_name if evidence.has_file else ""
        if name:
            transaction.on_commit(partial(storage.discard, name))
            evidence.file_deleted_at = now()
        evidence.contact = evidence.contact_digest = evidence.issuer = ""
        evidence.save(update_fields=["contact", "contact_digest", "issuer", "file_deleted_at"])
    changes: dict[str, Any] = {
        "number": "",
        "given_name": "",
        "family_name": "",
        "note": "",
        "flag": "",
        "proposal": None,
    }
    if follows(application.state, Act.WITHDRAW):
        take(application, Act.WITHDRAW, by=by, reason=ReasonCode.BY_MEMBER, **changes)
        return
    for name, value in changes.items():
        setattr(application, name, value)
    application.save(update_fields=[*changes])

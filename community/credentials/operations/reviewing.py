"""What a verifier does with one application: take it up, judge evidence, ask for more, decide, decide second."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.actors import Actor
from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.policies import require
from community.credentials.matching import (
    held_classes,
    is_new_register,
    is_register_readable,
    others_with_number,
    read_register,
)
from community.credentials.models import CLASS_OF, Application, Decision, Evidence, Kind, Standing
from community.credentials.policies import may_claim, may_decide, may_second, may_settle, system_only
from community.credentials.proof import (
    POLICY_VERSION,
    EvidenceClass,
    holds_until,
    level_of,
    lifetime_of,
    needs_second_reviewer,
)
from community.credentials.queues import is_free
from community.credentials.states import APPROVED, BLOCKED, REASONS, Act, ReasonCode, State, follows
from community.credentials.steps import keep_decision, locked, take
from community.members.models import Member

# Acts a single reviewer never completes alone.
_ALWAYS_TWO = frozenset({Act.REVOKE, Act.ANNUL})
READ_BY_HAND = (Kind.REGISTER_SEEN, Kind.CALL_BACK)


@transaction.atomic
def claim_application(application: Application, *, by: Member) -> Application:
    """Take an application up, so that nobody else works on it at the same time."""
    application = locked(application)
    require(may_claim(by, application, free=is_free(application, by)))
    claim: dict[str, Any] = {"claimed_by": by, "claimed_at": now()}
    if application.state == State.SUBMITTED:
        take(application, Act.CLAIM, by=by, **claim)
        return application
    application.claimed_by, application.claimed_at = by, now()
    application.save(update_fields=["claimed_by", "claimed_at"])
    record("credentials.application.claimed", by=by, target=application)
    return application


@transaction.atomic
def release_application(application: Application, *, by: Member) -> Application:
    """Lay it back for another reviewer."""
    application = locked(application)
    require(may_decide(by, application))
    application.claimed_by = application.claimed_at = None
    application.save(update_fields=["claimed_by", "claimed_at"])
    record("credentials.application.released", by=by, target=application)
    return application


@transaction.atomic
def match_register(application: Application, *, by: Actor) -> Evidence | None:
    """Class A from the imported register: number, active state, name and profession agree, or it is no evidence."""
    require(system_only(by))
    application = locked(application)
    reading, moment = read_register(application), now()
    held = application.evidence.filter(kind=Kind.REGISTER_BULK).first()
    if not reading.is_match or reading.register is None:
        if held and held.standing == Standing.ACCEPTED:
            _lose(held, by=by, reason=ReasonCode.REGISTER_CHANGED)
        return None
    evidence = held or Evidence(application=application, letter=EvidenceClass.REGISTER, kind=Kind.REGISTER_BULK)
    evidence.issuer, evidence.standing = reading.register.authority[:120], Standing.ACCEPTED
    evidence.obtained_at = evidence.checked_at = moment
    evidence.valid_until = lifetime_of(EvidenceClass.REGISTER, moment)
    evidence.save()
    record("credentials.evidence.matched", by=by, target=evidence, register=application.register_slug)
    return evidence


@transaction.atomic
def note_reading(application: Application, *, kind: str, by: Member) -> Evidence:
    """A reviewer read the register's own page (class A) or called back at a published number (class B)."""
    application = locked(application)
    require(may_decide(by, application))
    if kind not in READ_BY_HAND:
        raise Invalid({"kind": [_("Please choose what you did.")]})
    moment = now()
    evidence = Evidence.objects.create(
        application=application,
        letter=CLASS_OF[kind],
        kind=kind,
        issuer=application.register_slug,
        standing=Standing.ACCEPTED,
        obtained_at=moment,
        checked_at=moment,
        valid_until=lifetime_of(CLASS_OF[kind], moment),
        judged_by=by,
    )
    record("credentials.evidence.added", by=by, target=evidence, kind=kind)
    return evidence


@transaction.atomic
def judge_evidence(evidence: Evidence, *, accept: bool, by: Member) -> Evidence:
    """Accept or refuse one piece of evidence; accepted, it counts from the day it was obtained until it ends."""
    application = locked(evidence.application)
    require(may_decide(by, application))
    evidence.standing = Standing.ACCEPTED if accept else Standing.REFUSED
    ends = evidence.ends_at
    evidence.valid_until = lifetime_of(evidence.letter, evidence.obtained_at, ends) if accept else None
    evidence.judged_by = by
    evidence.save(update_fields=["standing", "valid_until", "judged_by"])
    record("credentials.evidence.judged", by=by, target=evidence, standing=evidence.standing, kind=evidence.kind)
    return evidence


@transaction.atomic
def decide_application(application: Application, *, act: str, reason: str, by: Member) -> Application:
    """Decide, or propose where two reviewers are needed. Raises Invalid where the evidence does not carry it."""
    application = locked(application)
    require(may_settle(by, application) if application.state in BLOCKED else may_decide(by, application))
    step = _checked(application, act, reason)
    if needs_second(application, step):
        return _propose(application, step, reason, by)
    _carry_out(application, step, reason, by=by)
    return application


@transaction.atomic
def second_decision(application: Application, *, agree: bool, by: Member) -> Application:
    """Another reviewer agrees, and the proposal takes effect; or disagrees, and it is open again for a third look."""
    application = locked(application)
    require(may_second(by, application))
    proposal = application.proposal
    if proposal is None:
        raise Invalid(_("No decision waits for a second reviewer."))
    application.proposal = None
    application.save(update_fields=["proposal"])
    if agree:
        _checked(application, proposal.act, proposal.reason_code)
        _carry_out(application, Act(proposal.act), proposal.reason_code, by=by, seconds=proposal)
        return application
    effect = Decision.Effect.DISAGREED
    keep_decision(application, Act(proposal.act), by=by, reason=proposal.reason_code, effect=effect, seconds=proposal)
    application.claimed_by = application.claimed_at = None
    application.save(update_fields=["claimed_by", "claimed_at"])
    record("credentials.application.disagreed", by=by, target=application, act=proposal.act)
    return application


@transaction.atomic
def clear_flag(application: Application, *, by: Member) -> Application:
    """A reviewer has looked at what was flagged and leaves the verification as it is."""
    application = locked(application)
    require(may_decide(by, application))
    keep_decision(application, Act.CLAIM, by=by, reason=application.flag, effect=Decision.Effect.FLAG_CLEARED)
    record("credentials.application.flag_cleared", by=by, target=application, reason=application.flag or None)
    application.flag, application.claimed_by, application.claimed_at = "", None, None
    application.save(update_fields=["flag", "claimed_by", "claimed_at"])
    return application


@transaction.atomic
def flag_same_number(application: Application, *, by: Actor) -> int:
    """The same number on two accounts: both go to review, and a verified one keeps its right until somebody looks."""
    require(system_only(by))
    application = locked(application)
    others = others_with_number(application)
    for each in [application, *others] if others else []:
        if each.flag != ReasonCode.NUMBER_CONTESTED:
            each.flag = ReasonCode.NUMBER_CONTESTED
            each.waiting_since = each.waiting_since if each.is_open else now()
            each.save(update_fields=["flag", "waiting_since"])
            record("credentials.application.flagged", by=by, target=each, reason=each.flag)
    return len(others)


def needs_second(application: Application, act: Act) -> bool:
    """Whether this act on this application needs two reviewers."""
    if act in _ALWAYS_TWO:
        return True
    if act not in {Act.VERIFY, Act.RENEW}:
        return False
    contested = application.flag == ReasonCode.NUMBER_CONTESTED
    return needs_second_reviewer(
        held_classes(application), contested=contested, new_register=is_new_register(application)
    )


def level_now(application: Application) -> str:
    """The level that the accepted evidence reaches now, or an empty string."""
    readable = is_register_readable(application)
    return level_of(held_classes(application), seeks=application.seeks, register_readable=readable) or ""


def _checked(application: Application, act: str, reason: str) -> Act:
    """The act, if it may follow, its reason fits, and an approval is carried by evidence."""
    if act not in REASONS or act not in Act.values or not follows(application.state, Act(act)):
        raise Invalid({"act": [_("This decision is not possible now.")]})
    if reason not in REASONS[Act(act)]:
        raise Invalid({"reason": [_("Please choose a reason that fits the decision.")]})
    if Act(act) in {Act.VERIFY, Act.RENEW, Act.REINSTATE} and not level_now(application):
        raise Invalid(_("The evidence accepted so far does not carry a verification."))
    return Act(act)


def _propose(application: Application, act: Act, reason: str, by: Member) -> Application:
    effect = Decision.Effect.PROPOSED
    application.proposal = keep_decision(application, act, by=by, reason=reason, effect=effect)
    application.save(update_fields=["proposal"])
    record("credentials.application.proposed", by=by, target=application, act=act, reason=reason)
    return application


def _carry_out(application: Application, act: Act, reason: str, *, by: Actor, seconds: Decision | None = None) -> None:
    moment = now()
    changes: dict[str, Any] = {"claimed_by": None, "claimed_at": None, "flag": ""}
    if act not in {Act.ASK_MORE}:
        changes |= {"decided_at": moment, "renewal_asked_at": None}
    if act in {Act.VERIFY, Act.RENEW, Act.REINSTATE}:
        changes |= _approval(application, moment)
        _make_room(application, by=by)
    take(application, act, by=by, reason=reason, seconds=seconds, **changes)


def _approval(application: Application, moment: Any) -> dict[str, Any]:
    proofs = [evidence.proof for evidence in application.evidence.counting(moment)]
    readable = is_register_readable(application)
    until = holds_until(proofs, moment, seeks=application.seeks, register_readable=readable)
    return {
        "level": level_now(application),
        "verified_at": application.verified_at or moment,
        "expires_at": until,
        "reminded_days": None,
        "policy_version": POLICY_VERSION,
    }


def _make_room(application: Application, *, by: Actor) -> None:
    """A member has one approval: an older one (a learner's, say) gives way. Another member's same number does not."""
    older = Application.objects.select_for_update().filter(member=application.member_id, state__in=APPROVED)
    for each in older.exclude(pk=application.pk):
        take(each, Act.WITHDRAW, by=by, reason=ReasonCode.SUPERSEDED)
    if [other for other in others_with_number(application) if other.state in APPROVED]:
        raise Invalid(_("Another account is verified with this number. Suspend that one first, or reject this one."))


def _lose(evidence: Evidence, *, by: Actor, reason: str) -> None:
    evidence.standing = Standing.LOST
    evidence.save(update_fields=["standing"])
    record("credentials.evidence.lost", by=by, target=evidence, reason=reason)

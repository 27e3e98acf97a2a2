"""Who may do what about verification. Nobody decides on themselves, on whom they vouched for, or twice."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from community.core.actors import Actor, System
from community.core.policies import ALLOWED, Verdict, deny
from community.credentials.models import Application, Evidence, Vouch
from community.credentials.queries import current_application, why_not
from community.credentials.states import APPEALABLE, APPROVED, BLOCKED, Act, State, follows

Ceiling = Callable[[Any], Verdict]

_ceilings: list[Ceiling] = []


def add_ceiling(ceiling: Ceiling) -> None:
    """Let a package above limit everybody's right to post, for example while a sanction is in force."""
    if ceiling not in _ceilings:
        _ceilings.append(ceiling)


def may_post(member: Any) -> Verdict:
    """Whether the member may write now, from the credential's state and dates at this very moment (one query)."""
    if member is None or not getattr(member, "is_authenticated", False):
        return deny("not_signed_in", _("Please sign in to write."))
    if not member.is_active:
        return deny("not_active", _("This account is not active."))
    application = current_application(member)
    reason = why_not(application, member) if application else "not_verified"
    if reason:
        return deny(reason, _sentence(reason))
    return next((verdict for ceiling in _ceilings if not (verdict := ceiling(member))), ALLOWED)


def _sentence(reason: str) -> str:
    return {
        "not_verified": _("Only verified clinicians may write here. You can be verified under “Verification”."),
        "learner": _("Learners read, and ask in learner rooms."),
        "expired": _("Your verification has expired. Renew it and you can write again."),
        "suspended": _("Your verification is suspended. You see why, and how to appeal, under “Verification”."),
        "revoked": _("Your verification was revoked. You see why, and how to appeal, under “Verification”."),
        "register_deactivated": _("Your register reports your number as deactivated, so writing is paused."),
        "conduct": _("The code of conduct has changed. Please agree to the present one to go on writing."),
    }[reason]


# --- The applicant ---------------------------------------------------------------------------------------------


def may_apply(by: Actor, member: Any, blocked: bool = False) -> Verdict:
    """One applies for oneself; who is suspended or revoked appeals instead."""
    if by.pk != member.pk or not member.is_active:
        return deny("not_yours", _("Everybody applies for themselves."))
    if blocked:
        return deny("appeal_instead", _("Please appeal against the decision; a new application cannot replace it."))
    return ALLOWED


def may_edit(by: Actor, application: Application) -> Verdict:
    return _own(by, application) and _when(
        application.is_editable, _("The application is with a reviewer and cannot be changed now.")
    )


def may_add_evidence(by: Actor, application: Application) -> Verdict:
    return _own(by, application) and _when(
        application.takes_evidence, _("Nothing can be added to this application now.")
    )


def may_submit(by: Actor, application: Application) -> Verdict:
    return _own(by, application) and _when(
        application.state in {State.DRAFT, State.MORE_INFO}, _("The application was submitted already.")
    )


def may_withdraw(by: Actor, application: Application) -> Verdict:
    return _own(by, application) and _when(
        follows(application.state, Act.WITHDRAW), _("A suspended or revoked verification can only be appealed.")
    )


def may_ask_renewal(by: Actor, application: Application) -> Verdict:
    return _own(by, application) and _when(
        application.state == State.DUE, _("Your verification is not due for renewal.")
    )


def may_appeal(by: Actor, application: Application) -> Verdict:
    """Once, against a rejection, a suspension or a revocation; not against the answer to an appeal."""
    own = _own(by, application)
    if not own:
        return own
    if application.state not in APPEALABLE:
        return deny("not_now", _("There is no decision to appeal against."))
    if application.appeal_of_id or hasattr(application, "appeal"):
        return deny("appealed", _("One appeal is possible, and it was made."))
    return ALLOWED


def may_see_record(by: Actor, application: Application) -> Verdict:
    """The member's own record, or a verifier's look at it."""
    if not isinstance(by, System) and (by.pk == application.member_id or by.is_verifier):
        return ALLOWED
    return deny("not_yours", _("This record is not yours."))


# --- Peers -----------------------------------------------------------------------------------------------------


def may_answer_vouch(by: Actor, vouch: Vouch) -> Verdict:
    """The peer who was asked, and never the applicant."""
    if by.pk != vouch.voucher_id or by.pk == vouch.application.member_id:
        return deny("not_yours", _("Only the peer who was asked can answer."))
    return ALLOWED


# --- Reviewers -------------------------------------------------------------------------------------------------


def may_see_queue(by: Actor) -> Verdict:
    if isinstance(by, System) or not by.is_active or not by.is_verifier:
        return deny("not_verifier", _("Only verifiers see this."))
    return ALLOWED


def may_review(by: Actor, application: Application) -> Verdict:
    """A verifier who is not the applicant, did not vouch, and did not make the decision that is appealed."""
    queue = may_see_queue(by)
    if not queue:
        return queue
    if by.pk == application.member_id:
        return deny("own_application", _("Nobody reviews their own application."))
    if application.vouches.filter(voucher=by.pk).exists():
        return deny("is_voucher", _("You were asked to vouch for this person, so somebody else reviews."))
    appealed = application.appeal_of
    if appealed and appealed.decisions.filter(reviewer=by.pk).exists():
        return deny("decided_before", _("An appeal is reviewed by somebody who did not decide before."))
    return ALLOWED


def may_claim(by: Actor, application: Application, *, free: bool) -> Verdict:
    allowed = may_review(by, application)
    return allowed and _when(free, _("Another reviewer is working on this."), "claimed")


def may_decide(by: Actor, application: Application) -> Verdict:
    """The reviewer who has taken the application up, before anything was proposed."""
    allowed = may_review(by, application)
    if allowed and application.claimed_by_id != by.pk:
        return deny("not_claimed", _("Please take the application up first."))
    return allowed and _when(
        application.proposal_id is None, _("A decision is proposed and waits for a second reviewer."), "proposed"
    )


def may_second(by: Actor, application: Application) -> Verdict:
    """Another reviewer than the one who proposed."""
    allowed = may_review(by, application)
    if allowed and application.proposal is None:
        return deny("not_now", _("No decision waits for a second reviewer."))
    if allowed and application.proposal and application.proposal.reviewer_id == by.pk:
        return deny("same_reviewer", _("The second reviewer must be somebody else."))
    return allowed


def may_open_document(by: Actor, evidence: Evidence) -> Verdict:
    """Whoever works on the application now: the reviewer who took it up, or the second one."""
    application = evidence.application
    if application.proposal_id:
        return may_second(by, application) or may_review_again(by, application)
    return may_decide(by, application)


def may_review_again(by: Actor, application: Application) -> Verdict:
    """The reviewer who proposed may look again until the second one has decided."""
    allowed = may_review(by, application)
    return allowed and _when(application.claimed_by_id == by.pk, _("Please take the application up first."))


def may_suspend(by: Actor, application: Application) -> Verdict:
    """The system, a verifier or a moderator; never on oneself, and only what is in force."""
    if application.state not in APPROVED:
        return deny("not_now", _("There is no verification in force to suspend."))
    if isinstance(by, System):
        return ALLOWED
    if not by.is_active or by.pk == application.member_id or not (by.is_verifier or by.is_moderator):
        return deny("not_verifier", _("Only verifiers and moderators can suspend a verification."))
    return ALLOWED


def may_settle(by: Actor, application: Application) -> Verdict:
    """Whether a suspended episode may be reinstated or revoked by this reviewer."""
    return may_review(by, application) and _when(application.state in BLOCKED, _("The verification is not suspended."))


def system_only(by: Actor) -> Verdict:
    """For what only the clock, the worker or an import does."""
    return ALLOWED if isinstance(by, System) else deny("system_only", _("Only the system does this."))


def _own(by: Actor, application: Application) -> Verdict:
    if not isinstance(by, System) and by.is_active and by.pk == application.member_id:
        return ALLOWED
    return deny("not_yours", _("This application is not yours."))


def _when(condition: bool, reason: str, code: str = "not_now") -> Verdict:
    return ALLOWED if condition else deny(code, reason)

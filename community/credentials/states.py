"""The life of one verification as data: states, acts, reason codes and the table of what may follow what.

Pure Python, no database. Operations ask `after()` for the next state; nothing else writes a state.
Source of the graph: FHIR R4 VerificationResult.status, widened by suspension, revocation and withdrawal.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for a reviewer")
    IN_REVIEW = "in_review", _("In review")
    MORE_INFO = "more_info", _("More is needed from you")
    VERIFIED = "verified", _("Verified")
    REJECTED = "rejected", _("Not verified")
    DUE = "due", _("Renewal is due")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENTERED_IN_ERROR = "entered_in_error", _("Entered in error")


class Act(TextChoices):
    SUBMIT = "submit", _("submitted")
    CLAIM = "claim", _("taken up")
    ASK_MORE = "ask_more", _("more requested")
    ANSWER = "answer", _("answered")
    VERIFY = "verify", _("verified")
    REJECT = "reject", _("rejected")
    FALL_DUE = "fall_due", _("renewal fell due")
    RENEW = "renew", _("renewed")
    EXPIRE = "expire", _("expired")
    SUSPEND = "suspend", _("suspended")
    REINSTATE = "reinstate", _("reinstated")
    REVOKE = "revoke", _("revoked")
    WITHDRAW = "withdraw", _("withdrawn")
    ANNUL = "annul", _("marked as entered in error")


OPEN = frozenset({State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.MORE_INFO})
APPROVED = frozenset({State.VERIFIED, State.DUE})
BLOCKED = frozenset({State.SUSPENDED, State.REVOKED})
APPEALABLE = frozenset({State.REJECTED, State.SUSPENDED, State.REVOKED})
ONCE_APPROVED = APPROVED | BLOCKED | {State.EXPIRED}

# Withdrawing is a way out of everything but a sanction: whoever is suspended appeals, and cannot shed the
# suspension by starting afresh.
_MAY_WITHDRAW = frozenset(State) - BLOCKED - {State.WITHDRAWN, State.ENTERED_IN_ERROR}
_MAY_ANNUL = frozenset(State) - {State.ENTERED_IN_ERROR}

TRANSITIONS: dict[Act, tuple[frozenset[State], State]] = {
    Act.SUBMIT: (frozenset({State.DRAFT}), State.SUBMITTED),
    Act.CLAIM: (frozenset({State.SUBMITTED}), State.IN_REVIEW),
    Act.ASK_MORE: (frozenset({State.IN_REVIEW}), State.MORE_INFO),
    Act.ANSWER: (frozenset({State.MORE_INFO}), State.IN_REVIEW),
    Act.VERIFY: (frozenset({State.IN_REVIEW}), State.VERIFIED),
    Act.REJECT: (frozenset({State.IN_REVIEW}), State.REJECTED),
    Act.FALL_DUE: (frozenset({State.VERIFIED}), State.DUE),
    Act.RENEW: (frozenset({State.DUE}), State.VERIFIED),
    Act.EXPIRE: (frozenset({State.DUE}), State.EXPIRED),
    Act.SUSPEND: (APPROVED, State.SUSPENDED),
    Act.REINSTATE: (frozenset({State.SUSPENDED}), State.VERIFIED),
    Act.REVOKE: (frozenset({State.SUSPENDED}), State.REVOKED),
    Act.WITHDRAW: (_MAY_WITHDRAW, State.WITHDRAWN),
    Act.ANNUL: (_MAY_ANNUL, State.ENTERED_IN_ERROR),
}


class Forbidden(Exception):
    """The table has no such step; a caller that meets this has skipped its policy."""


def follows(state: str, act: Act) -> bool:
    return state in TRANSITIONS[act][0]


def after(state: str, act: Act) -> State:
    """The state that `act` leads to from `state`. Raises Forbidden where the table has no such step."""
    sources, target = TRANSITIONS[act]
    if state not in sources:
        raise Forbidden(f"{act} does not follow {state}")
    return target


class ReasonCode(TextChoices):
    """Why a decision was made. The only words about a decision that the event log keeps."""

    COMPLETE = "complete", _("The evidence is complete and agrees")
    CHECKED_AGAIN = "checked_again", _("Checked again and in order")
    APPEAL_GRANTED = "appeal_granted", _("The appeal was granted")

    NEED_DOCUMENT = "need_document", _("Please add a document: licence, badge, certificate or employer letter")
    NEED_CLEARER = "need_clearer", _("Please add a clearer or complete copy of the document")
    NEED_CONTROL = "need_control", _("Please prove that you are this person: a code, a document or two peers")
    NEED_NAME = "need_name", _("Please show how your name and the name on the register belong together")
    NEED_NUMBER = "need_number", _("Please check the register and the number you gave")

    NUMBER_UNKNOWN = "number_unknown", _("The register does not show an active entry that matches")
    NAME_MISMATCH = "name_mismatch", _("The name does not agree with the register or the document")
    DOCUMENT_DOUBTFUL = "document_doubtful", _("The document could not be accepted as genuine")
    DOCUMENT_EXPIRED = "document_expired", _("The document is out of date")
    NOT_ELIGIBLE = "not_eligible", _("The profession or training is not one this community verifies")
    NUMBER_OF_OTHER = "number_of_other", _("The number belongs to another person")
    NO_ANSWER = "no_answer", _("What was asked for did not arrive")

    REGISTER_DEACTIVATED = "register_deactivated", _("The register reports the number as deactivated")
    REGISTER_CHANGED = "register_changed", _("The entry on the register has changed")
    CONTACT_BOUNCED = "contact_bounced", _("The address that proved control no longer accepts mail")
    VOUCHERS_LOST = "vouchers_lost", _("Half or more of the peers who vouched no longer stand for it")
    NAME_CHANGED = "name_changed", _("The name on the account was changed and needs to be checked again")
    NUMBER_CONTESTED = "number_contested", _("Another account claims the same number")
    SANCTION = "sanction", _("A moderator's decision under the code of conduct")

    FRAUD = "fraud", _("The verification was obtained by deception")
    STRUCK_OFF = "struck_off", _("The register has removed the entry")

    LAPSED = "lapsed", _("The evidence is older than its lifetime")
    BY_MEMBER = "by_member", _("At the member's own wish")
    SUPERSEDED = "superseded", _("Replaced by a newer verification")
    WRONG_ACCOUNT = "wrong_account", _("Recorded on the wrong account")
    REVIEWER_ERROR = "reviewer_error", _("A reviewer's mistake")


_R = ReasonCode
SUSPENSIONS = (
    _R.REGISTER_DEACTIVATED, _R.REGISTER_CHANGED, _R.CONTACT_BOUNCED, _R.VOUCHERS_LOST, _R.NAME_CHANGED,
    _R.NUMBER_CONTESTED, _R.SANCTION,
)  # fmt: skip
REASONS: dict[Act, tuple[ReasonCode, ...]] = {
    Act.VERIFY: (_R.COMPLETE, _R.APPEAL_GRANTED),
    Act.RENEW: (_R.COMPLETE, _R.CHECKED_AGAIN),
    Act.ASK_MORE: (_R.NEED_DOCUMENT, _R.NEED_CLEARER, _R.NEED_CONTROL, _R.NEED_NAME, _R.NEED_NUMBER),
    Act.REJECT: (
        _R.NUMBER_UNKNOWN, _R.NAME_MISMATCH, _R.DOCUMENT_DOUBTFUL, _R.DOCUMENT_EXPIRED, _R.NOT_ELIGIBLE,
        _R.NUMBER_OF_OTHER, _R.NO_ANSWER,
    ),
    Act.SUSPEND: SUSPENSIONS,
    Act.REINSTATE: (_R.CHECKED_AGAIN, _R.APPEAL_GRANTED),
    Act.REVOKE: (_R.FRAUD, _R.STRUCK_OFF, _R.SANCTION),
    Act.EXPIRE: (_R.LAPSED,),
    Act.WITHDRAW: (_R.BY_MEMBER, _R.SUPERSEDED),
    Act.ANNUL: (_R.WRONG_ACCOUNT, _R.REVIEWER_ERROR),
}  # fmt: skip

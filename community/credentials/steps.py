"""The one place that writes a state: lock, look into the table, save, keep the decision, record, wake open sockets."""

from typing import Any

from community.core.actors import Actor, System
from community.core.events import record
from community.core.models import Event
from community.credentials.models import Application, Decision
from community.credentials.proof import POLICY_VERSION
from community.credentials.states import Act, after
from community.live.operations import recheck

VERB_OF: dict[Act, str] = {
    Act.SUBMIT: "submitted",
    Act.CLAIM: "claimed",
    Act.ASK_MORE: "more_asked",
    Act.ANSWER: "answered",
    Act.VERIFY: "verified",
    Act.REJECT: "rejected",
    Act.FALL_DUE: "due",
    Act.RENEW: "renewed",
    Act.EXPIRE: "expired",
    Act.SUSPEND: "suspended",
    Act.REINSTATE: "reinstated",
    Act.REVOKE: "revoked",
    Act.WITHDRAW: "withdrawn",
    Act.ANNUL: "annulled",
}
# What the applicant does, and taking up, are steps but no decisions.
_NO_DECISION = frozenset({Act.SUBMIT, Act.CLAIM, Act.ANSWER})
_ENDS_OR_GIVES_RIGHT = frozenset(
    {Act.VERIFY, Act.RENEW, Act.EXPIRE, Act.SUSPEND, Act.REINSTATE, Act.REVOKE, Act.WITHDRAW, Act.ANNUL}
)


def locked(application: Application) -> Application:
    """The row as it is now, locked until the transaction ends."""
    return Application.objects.select_for_update().get(pk=application.pk)


def take(
    application: Application,
    act: Act,
    *,
    by: Actor,
    reason: str = "",
    seconds: Decision | None = None,
    **changes: Any,
) -> Event:
    """Take one step of a locked application and save `changes` with it; Forbidden where the table has none."""
    before, application.state = application.state, after(application.state, act)
    application.reason_code = reason
    for name, value in changes.items():
        setattr(application, name, value)
    application.save(update_fields=["state", "reason_code", *changes])
    if act not in _NO_DECISION:
        keep_decision(application, act, by=by, reason=reason, before=before, seconds=seconds)
    if act in _ENDS_OR_GIVES_RIGHT:
        recheck(application.member, by=by)
    return record(
        f"credentials.application.{VERB_OF[act]}",
        by=by,
        target=application,
        before=before,
        after=application.state,
        reason=reason or None,
        policy=POLICY_VERSION,
        member=application.member_id,
    )


def keep_decision(
    application: Application,
    act: Act,
    *,
    by: Actor,
    reason: str,
    before: str | None = None,
    effect: str = Decision.Effect.DONE,
    seconds: Decision | None = None,
) -> Decision:
    """Write the append-only row of a decision. One without effect leaves the state as it is."""
    return Decision.objects.create(
        application=application,
        reviewer=None if isinstance(by, System) else by,
        act=act,
        effect=effect,
        reason_code=reason,
        from_state=before or application.state,
        to_state=application.state,
        seconds=seconds,
    )

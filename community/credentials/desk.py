"""What a verifier's page about one application shows: the claim beside the register row, keys and decisions."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from community.core.errors import Missing
from community.credentials import matching
from community.credentials.models import Application, Evidence, ReviewedDomain
from community.credentials.names import normalise
from community.credentials.operations.reviewing import level_now, needs_second
from community.credentials.policies import may_decide, may_review, may_second, may_settle
from community.credentials.proof import missing_from
from community.credentials.registers import professions_of
from community.credentials.states import BLOCKED, REASONS, Act, ReasonCode, State, follows
from community.members.models import Profession

GRANT_SECONDS = 600
_SALT = "credentials.evidence"
_DECIDING = (Act.VERIFY, Act.RENEW, Act.REINSTATE, Act.ASK_MORE, Act.REJECT, Act.REVOKE)
_KEYS = {Act.VERIFY: "vb", Act.RENEW: "vb", Act.REINSTATE: "vb", Act.ASK_MORE: "12345", Act.REJECT: "qwertyu",
         Act.REVOKE: "xzm"}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One decision with its reason, on one key."""

    key: str
    act: str
    act_label: str
    reason: str
    label: str
    may: bool
    needs_second: bool


@dataclass(frozen=True)
class Row:
    """One line of the comparison: what was claimed, what the register says, and whether the two agree."""

    label: str
    claimed: list[tuple[str, bool]]
    registered: list[tuple[str, bool]]
    agrees: bool | None


def find_application(member: Any, public_id: str) -> Application:
    """An application this verifier may review; anything else is Missing, as if it were not there."""
    rows = Application.objects.select_related(
        "member__profession", "profession", "country", "claimed_by", "proposal__reviewer", "appeal_of"
    )
    found = rows.filter(public_id=public_id).first()
    if found is None or not may_review(member, found):
        raise Missing
    return found


def find_evidence(member: Any, application_id: str, public_id: str) -> Evidence:
    application = find_application(member, application_id)
    found = application.evidence.filter(public_id=public_id).first()
    if found is None:
        raise Missing
    return found


def find_domain(pk: int) -> ReviewedDomain:
    found = ReviewedDomain.objects.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def page_of(application: Application, member: Any) -> dict[str, Any]:
    """Everything the page shows."""
    reading = matching.read_register(application)
    held = matching.held_classes(application)
    readable = matching.is_register_readable(application)
    return {
        "application": application,
        "register": reading.register,
        "entry": reading.entry,
        "names": reading.names,
        "rows": comparison(application, reading),
        "warnings": matching.warnings_about(application, reading),
        "others": matching.others_with_number(application),
        "evidence": application.evidence.select_related("judged_by"),
        "vouches": application.vouches.select_related("voucher__profession"),
        "history": application.decisions.select_related("reviewer").order_by("-pk"),
        "level": level_now(application),
        "missing": missing_from(held, seeks=application.seeks, register_readable=readable),
        "is_mine": bool(may_decide(member, application)),
        "may_second": bool(may_second(member, application)),
        "choices": choices_for(application, member),
    }


def comparison(application: Application, reading: matching.RegisterReading) -> list[Row]:
    """Claim and register entry side by side; words that stand on one side only are marked."""
    entry, profession = reading.entry, application.profession
    registered = f"{entry.given_name} {entry.family_name}" if entry else ""
    others = "; ".join(f"{given} {family}" for given, family in entry.other_names) if entry else ""
    shown = str(application.member)
    return [
        _row(_("Name"), application.name_claimed, registered, reading.names.strength == "strong" if entry else None),
        _row(_("Name peers see"), shown, others, matching.account_name_agrees(application)),
        _row(_("Profession"), str(profession or ""), _professions(entry), reading.profession_fits if entry else None),
        _row(_("Number"), application.number, entry.number if entry else "",
             entry is not None if matching.is_register_readable(application) else None),
        _row(_("Status"), "", entry.get_status_display() if entry else _("Not in the imported register"),
             reading.is_active if entry else None),
        _row(_("Last change"), "", str(entry.updated_on or "") if entry else "", None),
    ]  # fmt: skip


def choices_for(application: Application, member: Any) -> list[Choice]:
    """The decisions that may follow now, each with its key."""
    allowed = may_settle(member, application) if application.state in BLOCKED else may_decide(member, application)
    if not allowed:
        return []
    level = level_now(application)
    found = []
    for act in (act for act in _DECIDING if follows(application.state, act)):
        carries = bool(level) or act not in {Act.VERIFY, Act.RENEW, Act.REINSTATE}
        two = needs_second(application, act)
        found += [
            Choice(key, act, str(act.label), reason, str(reason.label), carries, two)
            for key, reason in zip(_KEYS[act], REASONS[act], strict=True)
            if reason != ReasonCode.APPEAL_GRANTED or application.appeal_of_id
        ]
    return found


def grant_for(evidence: Evidence, member: Any) -> str:
    """A ticket for the pages of one document, for one reviewer and ten minutes."""
    return signing.dumps([evidence.pk, member.pk], salt=_SALT)


def is_granted(grant: str, evidence: Evidence, member: Any) -> bool:
    try:
        return bool(signing.loads(grant, salt=_SALT, max_age=GRANT_SECONDS) == [evidence.pk, member.pk])
    except signing.BadSignature:
        return False


def reason_to_open(application: Application) -> str:
    """The usual reason in this state; the reviewer can choose another."""
    if application.proposal_id:
        return "second_opinion"
    if application.appeal_of_id:
        return "appeal"
    return "renewal" if application.state == State.DUE else "decide"


def _row(label: str, claimed: str, registered: str, agrees: bool | None) -> Row:
    return Row(str(label), _marked(claimed, registered), _marked(registered, claimed), agrees)


def _marked(text: str, other: str) -> list[tuple[str, bool]]:
    """The words of a text, each with whether it is missing from a given other side."""
    known = set(normalise(other).split())
    return [(word, bool(known) and not set(normalise(word).split()) <= known) for word in text.split()]


def _professions(entry: Any) -> str:
    if entry is None:
        return ""
    names = Profession.objects.filter(code__in=professions_of(entry.register, entry.codes)).names()
    return ", ".join(names.values()) or entry.codes

"""What an applicant does: begin, fill in, submit, withdraw, appeal, ask for renewal."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.credentials.models import Application, Evidence, Standing
from community.credentials.policies import (
    may_appeal,
    may_apply,
    may_ask_renewal,
    may_edit,
    may_see_record,
    may_submit,
    may_withdraw,
)
from community.credentials.proof import EvidenceClass, Seeks
from community.credentials.queries import applications_in_force, has_open_suspension, open_application
from community.credentials.registers import check_number, find_register
from community.credentials.states import Act, ReasonCode, State
from community.credentials.steps import locked, take
from community.live.operations import recheck
from community.members.models import Country, Member, Profession
from community.members.operations.joining import CONDUCT_VERSION

NUMBERS_A_DAY = "8/day"
SUBMISSIONS_A_MONTH = "6/30 days"
CLAIMED = ("seeks", "profession", "country", "register_slug", "number", "given_name", "family_name", "note")


@dataclass(frozen=True)
class Claim:
    """Who the applicant says they are."""

    seeks: str
    given_name: str
    family_name: str
    profession: Profession | None
    country: Country | None
    note: str = ""


@transaction.atomic
def start_application(member: Any, *, by: Member) -> Application:
    """The member's open application, or a new one that keeps what an earlier one said and proved."""
    require(may_apply(by, member, blocked=has_open_suspension(member)))
    unfinished = open_application(member)
    if unfinished:
        return unfinished
    earlier = Application.objects.filter(member=member).order_by("-pk").first()
    application = Application.objects.create(member=member, **_claim_of(member, earlier))
    record("credentials.application.started", by=by, target=application)
    if earlier:
        _carry_evidence(earlier, application)
    return application


@transaction.atomic
def save_claim(application: Application, claim: Claim, *, by: Member) -> Application:
    """Keep who the applicant says they are. Changing country or profession asks for the register again."""
    application = locked(application)
    require(may_edit(by, application))
    refuse_if_not_clean("application_note", given_name=claim.given_name, family_name=claim.family_name, note=claim.note)
    if (application.country, application.profession) != (claim.country, claim.profession):
        application.register_slug = application.number = ""
    for name in ("seeks", "given_name", "family_name", "profession", "country", "note"):
        setattr(application, name, getattr(claim, name))
    application.save(update_fields=[*CLAIMED])
    record("credentials.application.saved", by=by, target=application, part="claim")
    return application


@transaction.atomic
def save_registration(application: Application, *, register_slug: str, number: str, by: Member) -> Application:
    """Keep register and number. Only the number's form is checked here: whether it exists, a reviewer sees later."""
    application = locked(application)
    require(may_edit(by, application))
    normalised = _checked_number(register_slug, number)
    if (application.register_slug, application.number) != (register_slug, normalised):
        spend("credentials.number", application.member_id, NUMBERS_A_DAY)
        application.register_slug, application.number = register_slug, normalised
        application.save(update_fields=["register_slug", "number"])
        application.evidence.filter(letter=EvidenceClass.REGISTER).update(standing=Standing.LOST)
    record("credentials.application.saved", by=by, target=application, part="registration")
    return application


@transaction.atomic
def submit_application(application: Application, *, by: Member) -> Application:
    """Hand the application over, or answer what was asked for. The register is read afterwards, by the worker."""
    application = locked(application)
    require(may_submit(by, application))
    _require_complete(application)
    spend("credentials.submit", application.member_id, SUBMISSIONS_A_MONTH)
    moment = now()
    act = Act.SUBMIT if application.state == State.DRAFT else Act.ANSWER
    take(application, act, by=by, submitted_at=moment, waiting_since=moment)
    return application


@transaction.atomic
def withdraw_application(application: Application, *, by: Member) -> Application:
    """Take back an application, or give up a verification."""
    application = locked(application)
    require(may_withdraw(by, application))
    take(application, Act.WITHDRAW, by=by, reason=ReasonCode.BY_MEMBER, flag="", proposal=None)
    return application


@transaction.atomic
def appeal_decision(application: Application, *, note: str, by: Member) -> Application:
    """The one appeal: a new episode with the same claim and evidence, waiting for another reviewer."""
    application = locked(application)
    require(may_appeal(by, application))
    refuse_if_not_clean("application_note", note=note)
    if open_application(application.member):
        raise Invalid(_("Please withdraw your open application first."))
    claim = {name: getattr(application, name) for name in CLAIMED} | {"note": note}
    appeal = Application.objects.create(member=application.member, appeal_of=application, **claim)
    _carry_evidence(application, appeal)
    record("credentials.application.appealed", by=by, target=application, appeal=appeal.pk)
    moment = now()
    take(locked(appeal), Act.SUBMIT, by=by, submitted_at=moment, waiting_since=moment)
    return appeal


@transaction.atomic
def ask_renewal(application: Application, *, by: Member) -> Application:
    """Ask a reviewer to look at an approval that ends soon. It stays in force meanwhile."""
    application = locked(application)
    require(may_ask_renewal(by, application))
    application.renewal_asked_at = application.waiting_since = now()
    application.save(update_fields=["renewal_asked_at", "waiting_since"])
    record("credentials.application.renewal_asked", by=by, target=application)
    return application


@transaction.atomic
def agree_conduct(member: Member, *, by: Member) -> Member:
    """Agree to the present code of conduct; a verification in force counts again from this moment."""
    require(may_apply(by, member))
    member.conduct_version = CONDUCT_VERSION
    member.save(update_fields=["conduct_version"])
    record("credentials.conduct.agreed", by=by, target=member, version=CONDUCT_VERSION)
    recheck(member, by=by)
    return member


@transaction.atomic
def export_record(application: Application, *, by: Member) -> Application:
    """Let the member, or a verifier, take the verification record away; the log says who did."""
    require(may_see_record(by, application))
    record("credentials.application.exported", by=by, target=application)
    return application


def _claim_of(member: Any, earlier: Application | None) -> dict[str, Any]:
    if earlier:
        return {name: getattr(earlier, name) for name in CLAIMED if name != "note"}
    names = {"given_name": member.given_name, "family_name": member.family_name}
    return {**names, "profession": member.profession, "country": member.country}


def _carry_evidence(earlier: Application, later: Application) -> None:
    """Evidence moves with its file to the newer episode, unless the earlier one still rests on it.

    Addresses proved and documents sent need not be proved and sent again; what a register said is read anew.
    """
    if applications_in_force().filter(pk=earlier.pk).exists():
        return
    kept = [Standing.OFFERED, Standing.ACCEPTED]
    moved = earlier.evidence.exclude(letter=EvidenceClass.REGISTER).filter(standing__in=kept, file_deleted_at=None)
    for evidence in moved:
        _copy(evidence, later)
    earlier.vouches.given().update(application=later)


def _copy(evidence: Evidence, later: Application) -> None:
    """The file goes with the copy: one file belongs to one row, and is deleted once."""
    fields = ("letter", "kind", "issuer", "standing", "obtained_at", "ends_on", "valid_until", "contact",
              "contact_digest", "sha256", "size", "pages", "media_type")  # fmt: skip
    stored, evidence.stored_name = evidence.stored_name, ""
    evidence.save(update_fields=["stored_name"])
    values = {name: getattr(evidence, name) for name in fields}
    Evidence.objects.create(application=later, stored_name=stored, **values)


def _checked_number(register_slug: str, number: str) -> str:
    register = find_register(register_slug)
    if register is None:
        raise Invalid({"register_slug": [_("Please choose your register from the list.")]})
    verdict = check_number(register, number)
    if not verdict.ok:
        raise Invalid({"number": [str(verdict.problem)]})
    return verdict.normalised


def _require_complete(application: Application) -> None:
    """Only what is needed to begin a review; the evidence itself may still come in while it waits."""
    missing = {}
    if not (application.given_name and application.family_name):
        missing["name"] = [_("Your name as it stands on your registration or enrolment is missing.")]
    if not (application.profession and application.country):
        missing["profession"] = [_("Your profession and country are missing.")]
    if application.seeks == Seeks.CLINICIAN and not application.number:
        missing["number"] = [_("Your register and registration number are missing.")]
    if missing:
        raise Invalid(missing)

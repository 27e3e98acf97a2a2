"""Proof of control: a one-time code to an institutional address or to a contact that a register publishes."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from community.core.actors import SYSTEM, Actor
from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.languages import speaking_to
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.core.tasks import job
from community.credentials.control import (
    CODE_LIFETIME,
    CODE_TRIES,
    FREE_MAIL,
    digest_of_address,
    digest_of_code,
    domain_of,
    is_code,
    new_code,
    normal_address,
    parents_of,
)
from community.credentials.models import Application, Challenge, Evidence, Kind, ReviewedDomain, Standing
from community.credentials.policies import may_add_evidence, may_decide, may_see_queue, system_only
from community.credentials.proof import EvidenceClass, lifetime_of
from community.credentials.steps import locked
from community.members.models import Member

CODES_AN_HOUR = "5/hour"
CODES_TO_AN_ADDRESS = "3/hour"
WRONG_CODES_A_DAY = "30/day"


@transaction.atomic
def ask_code(application: Application, *, address: str, by: Member) -> Challenge:
    """Send a code to an institutional address of the applicant. Free mail is refused; unknown domains go to a human."""
    application = locked(application)
    require(may_add_evidence(by, application))
    address = _institutional(address)
    spend("credentials.code", application.member_id, CODES_AN_HOUR)
    spend("credentials.code_to", digest_of_address(address), CODES_TO_AN_ADDRESS)
    challenge = Challenge.objects.create(application=application, kind=Kind.INSTITUTION_MAIL, address=address)
    record("credentials.code.asked", by=by, target=challenge, kind=challenge.kind)
    issue_code.enqueue(challenge.pk)
    return challenge


@transaction.atomic
def offer_contact(application: Application, *, address: str, by: Member) -> Challenge:
    """A reviewer found a contact that register or employer publishes; the applicant may have a code sent there."""
    application = locked(application)
    require(may_decide(by, application))
    address = _address(address)
    application.challenges.filter(kind=Kind.REGISTER_CONTACT, passed_at=None).delete()
    challenge = Challenge.objects.create(application=application, kind=Kind.REGISTER_CONTACT, address=address)
    record("credentials.code.asked", by=by, target=challenge, kind=challenge.kind)
    return challenge


@transaction.atomic
def send_offered_code(challenge: Challenge, *, by: Member) -> Challenge:
    """The applicant is ready: send the code to the published contact, or a fresh one to the address given before."""
    application = locked(challenge.application)
    require(may_add_evidence(by, application))
    spend("credentials.code", application.member_id, CODES_AN_HOUR)
    spend("credentials.code_to", digest_of_address(challenge.address), CODES_TO_AN_ADDRESS)
    record("credentials.code.asked", by=by, target=challenge, kind=challenge.kind)
    issue_code.enqueue(challenge.pk)
    return challenge


@job(queue="mail", retries=3)
def issue_code(challenge_id: int) -> None:
    """Make the code and mail it at once, so that it is in no task argument and in no table."""
    challenge = Challenge.objects.select_related("application").get(pk=challenge_id)
    if challenge.passed_at is None:
        _mail_code(challenge, _renew_code(challenge, by=SYSTEM))


@transaction.atomic
def enter_code(challenge: Challenge, *, code: str, by: Member) -> Evidence | None:
    """Check a code: five tries, ten minutes. The evidence when it is right, else None; tries count either way."""
    application = locked(challenge.application)
    require(may_add_evidence(by, application))
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    _require_open(challenge)
    spend("credentials.wrong_code", application.member_id, WRONG_CODES_A_DAY)
    challenge.tries += 1
    challenge.save(update_fields=["tries"])
    if not is_code(challenge.public_id, code, challenge.digest):
        record("credentials.code.failed", by=by, target=challenge, tries=challenge.tries)
        return None
    return _pass(application, challenge, by=by)


@transaction.atomic
def review_domain(domain: ReviewedDomain, *, verdict: str, institution: str, by: Member) -> ReviewedDomain:
    """Decide about a mail domain; what its addresses have proved so far counts, or not, from now on."""
    require(may_see_queue(by))
    refuse_if_not_clean("application_note", institution=institution)
    domain.verdict, domain.institution, domain.reviewed_at = verdict, institution.strip(), now()
    domain.save(update_fields=["verdict", "institution", "reviewed_at"])
    record("credentials.domain.reviewed", by=by, target=domain, verdict=verdict)
    _judge_waiting(domain)
    return domain


@transaction.atomic
def note_bounce(address: str, *, by: Actor) -> int:
    """An address that proved control bounced: its evidence is lost. Returns how many pieces; others suspend on it."""
    require(system_only(by))
    counted = Evidence.objects.filter(contact_digest=digest_of_address(address), standing=Standing.ACCEPTED)
    lost = list(counted.select_related("application"))
    for evidence in lost:
        evidence.standing = Standing.LOST
        evidence.save(update_fields=["standing"])
        record("credentials.evidence.lost", by=by, target=evidence, reason="contact_bounced")
    return len(lost)


def _address(address: str) -> str:
    try:
        validate_email(address.strip())
    except ValidationError:
        raise Invalid({"address": [_("Please enter an e-mail address.")]}) from None
    return normal_address(address)


def _institutional(address: str) -> str:
    address = _address(address)
    domain = domain_of(address)
    if domain in FREE_MAIL or _verdict_on(domain) == ReviewedDomain.Verdict.REFUSED:
        raise Invalid({"address": [_("Anybody can have an address there. Please use one of your institution.")]})
    return address


def _verdict_on(domain: str) -> str:
    """What was decided about this domain or the nearest one above it; unknown ones are put on the list to look at."""
    known = {each.domain: each for each in ReviewedDomain.objects.filter(domain__in=parents_of(domain))}
    decided = [known[name] for name in parents_of(domain) if name in known and known[name].reviewed_at]
    if decided:
        return decided[0].verdict
    ReviewedDomain.objects.get_or_create(domain=domain)
    return ReviewedDomain.Verdict.PENDING


def _renew_code(challenge: Challenge, *, by: Actor) -> str:
    code, moment = new_code(), now()
    with transaction.atomic():
        challenge.digest = digest_of_code(challenge.public_id, code)
        challenge.sent_at, challenge.expires_at, challenge.tries = moment, moment + CODE_LIFETIME, 0
        challenge.save(update_fields=["digest", "sent_at", "expires_at", "tries"])
        record("credentials.code.sent", by=by, target=challenge, kind=challenge.kind)
    return code


def _mail_code(challenge: Challenge, code: str) -> None:
    context = {"code": f"{code[:4]} {code[4:]}", "minutes": int(CODE_LIFETIME.total_seconds() // 60)}
    with speaking_to(challenge.application.member):
        send_mail(
            subject=_("Your code for Collegium"),
            message=render_to_string("credentials/code_email.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            recipient_list=[challenge.address],
        )


def _require_open(challenge: Challenge) -> None:
    if challenge.passed_at or not challenge.digest or not challenge.expires_at:
        raise Invalid({"code": [_("No code waits to be entered. Please have one sent.")]})
    if challenge.tries >= CODE_TRIES or challenge.expires_at <= now():
        raise Invalid({"code": [_("This code has run out. Please have a new one sent.")]})


def _pass(application: Application, challenge: Challenge, *, by: Member) -> Evidence:
    moment = now()
    challenge.passed_at, challenge.digest = moment, ""
    challenge.save(update_fields=["passed_at", "digest"])
    counts = challenge.kind == Kind.REGISTER_CONTACT or _is_medical(challenge.address)
    evidence = Evidence.objects.create(
        application=application,
        letter=EvidenceClass.CONTROL,
        kind=challenge.kind,
        issuer=domain_of(challenge.address),
        standing=Standing.ACCEPTED if counts else Standing.OFFERED,
        obtained_at=moment,
        valid_until=lifetime_of(EvidenceClass.CONTROL, moment),
        contact=challenge.address,
        contact_digest=digest_of_address(challenge.address),
    )
    record("credentials.code.passed", by=by, target=challenge, kind=challenge.kind)
    record("credentials.evidence.added", by=by, target=evidence, kind=challenge.kind)
    return evidence


def _is_medical(address: str) -> bool:
    return _verdict_on(domain_of(address)) == ReviewedDomain.Verdict.MEDICAL


def _judge_waiting(domain: ReviewedDomain) -> None:
    standing = {
        ReviewedDomain.Verdict.MEDICAL: Standing.ACCEPTED,
        ReviewedDomain.Verdict.REFUSED: Standing.REFUSED,
    }.get(ReviewedDomain.Verdict(domain.verdict))
    if standing:
        offered = Evidence.objects.filter(kind=Kind.INSTITUTION_MAIL, issuer=domain.domain, standing=Standing.OFFERED)
        offered.update(standing=standing)

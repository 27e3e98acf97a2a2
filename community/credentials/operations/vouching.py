"""Peers who vouch: asked, given, declined, taken back, and what follows when they no longer stand."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.credentials.models import Application, Evidence, Kind, Known, Standing, Vouch
from community.credentials.policies import may_add_evidence, may_answer_vouch
from community.credentials.proof import (
    VOUCH_WINDOW,
    VOUCHER_SENIORITY,
    VOUCHES_PER_WINDOW,
    EvidenceClass,
    lifetime_of,
    vouches_suffice,
)
from community.credentials.queries import POSTING_LEVELS, applications_in_force, members_who_may_post
from community.credentials.states import OPEN, State
from community.credentials.steps import locked
from community.members.models import Member

ASKED_A_DAY = "10/day"
MOST_ASKED = 6


@transaction.atomic
def ask_peer(application: Application, *, handle: str, by: Member) -> Vouch | None:
    """Ask a peer by handle. Who is no verified peer is not asked, and the applicant is not told which it was."""
    application = locked(application)
    require(may_add_evidence(by, application))
    spend("credentials.vouch", application.member_id, ASKED_A_DAY)
    if application.vouches.count() >= MOST_ASKED:
        raise Invalid({"handle": [_("You have asked six colleagues; please wait for their answers.")]})
    peer = members_who_may_post().filter(handle__iexact=handle.strip().lstrip("@")).exclude(pk=by.pk).first()
    if peer is None:
        return None
    vouch, is_new = Vouch.objects.get_or_create(application=application, voucher=peer)
    if is_new:
        record("credentials.vouch.asked", by=by, target=vouch, application=application.pk)
    return vouch


@transaction.atomic
def give_vouch(vouch: Vouch, *, known: str, employer: str, by: Member) -> Vouch:
    """Vouch for a colleague. Raises Invalid where the rules for vouching are not met."""
    application = locked(vouch.application)
    require(may_answer_vouch(by, vouch))
    Member.objects.select_for_update().get(pk=by.pk)  # serialises this voucher's own count
    if known not in Known.values:
        raise Invalid({"known": [_("Please say how you know this person.")]})
    if not employer.strip():
        raise Invalid({"employer": [_("Please say where you work.")]})
    refuse_if_not_clean("application_note", employer=employer)
    why_not = _why_not_vouch(by, application)
    if why_not:
        raise Invalid(why_not)
    vouch.known, vouch.employer, vouch.given_at = known, employer.strip(), now()
    vouch.declined_at = vouch.withdrawn_at = None
    vouch.save(update_fields=["known", "employer", "given_at", "declined_at", "withdrawn_at"])
    record("credentials.vouch.given", by=by, target=vouch, application=application.pk, known=known)
    _count(application)
    return vouch


@transaction.atomic
def decline_vouch(vouch: Vouch, *, by: Member) -> Vouch:
    """Say no. The applicant only sees that the request is closed."""
    require(may_answer_vouch(by, vouch))
    if vouch.given_at:
        raise Invalid(_("You have vouched already; you can take it back."))
    vouch.declined_at = now()
    vouch.save(update_fields=["declined_at"])
    record("credentials.vouch.declined", by=by, target=vouch, application=vouch.application_id)
    return vouch


@transaction.atomic
def withdraw_vouch(vouch: Vouch, *, by: Member) -> Vouch:
    """Take a vouch back. Where half of a member's vouchers are lost, the verification is suspended."""
    application = locked(vouch.application)
    require(may_answer_vouch(by, vouch))
    if not vouch.given_at or vouch.withdrawn_at:
        raise Invalid(_("There is nothing to take back."))
    vouch.withdrawn_at = now()
    vouch.save(update_fields=["withdrawn_at"])
    record("credentials.vouch.withdrawn", by=by, target=vouch, application=application.pk)
    if application.state in OPEN:
        _count(application)
    return vouch


def standing_vouches(application: Application) -> list[Vouch]:
    """Vouches that were given, not taken back, by peers who may post now and share the profession."""
    peers = applications_in_force().filter(level__in=POSTING_LEVELS, profession=application.profession)
    return list(application.vouches.given().filter(voucher__in=peers.values("member")))


def _why_not_vouch(voucher: Any, application: Application) -> str:
    """The rule that stands in the way, as a sentence, or an empty string."""
    own = applications_in_force().filter(member=voucher, level__in=POSTING_LEVELS).first()
    if application.state not in OPEN | {State.DUE}:
        return _("This application was decided meanwhile.")
    if own is None or not _is_senior(own):
        return _("You can vouch once you have been verified for 90 days.")
    if own.profession_id != application.profession_id:
        return _("Only peers of the same profession can vouch.")
    if Vouch.objects.given().filter(application__member=voucher, voucher=application.member_id).exists():
        return _("This person vouched for you, so you cannot vouch for them.")
    if _given_lately(voucher) >= VOUCHES_PER_WINDOW:
        return _("You have vouched three times in 90 days. Please try again later.")
    return ""


def _is_senior(application: Application) -> bool:
    """Whether the member's verification, through renewals, began at least 90 days ago."""
    return application.verified_at is not None and application.verified_at <= now() - VOUCHER_SENIORITY


def _given_lately(voucher: Any) -> int:
    """Vouches in the window. One taken back still counts: giving and taking back is no way round the limit."""
    return Vouch.objects.filter(voucher=voucher, given_at__gt=now() - VOUCH_WINDOW).count()


def _count(application: Application) -> None:
    """Keep the one piece of class-D evidence in step with the vouches that stand."""
    vouches = standing_vouches(application)
    enough = vouches_suffice([vouch.employer for vouch in vouches])
    held = application.evidence.filter(kind=Kind.PEERS).first()
    if not enough:
        if held:
            held.standing = Standing.LOST
            held.save(update_fields=["standing"])
        return
    since: datetime = min(vouch.given_at for vouch in vouches if vouch.given_at)
    values = {"standing": Standing.ACCEPTED, "valid_until": lifetime_of(EvidenceClass.VOUCHING, since)}
    Evidence.objects.update_or_create(
        application=application,
        kind=Kind.PEERS,
        defaults={"letter": EvidenceClass.VOUCHING, "obtained_at": since, **values},
    )

"""What follows from events: registers read, doubles flagged, approvals weighed again, and people told."""

from community.core.actors import SYSTEM
from community.core.audiences import members_in
from community.core.events import on
from community.core.models import Event
from community.core.notices import tell
from community.credentials.models import Application, Evidence, Vouch
from community.credentials.models.register import changed_by
from community.credentials.operations import (
    compare_new_name,
    count_vouchers_again,
    flag_same_number,
    forget_member,
    match_register,
    recheck_register,
    suspend_departed,
    weigh_again,
)
from community.credentials.proof import Level
from community.credentials.states import APPROVED, OPEN, ReasonCode
from community.members.models import Member

NOTICE_OF = {
    "credentials.application.more_asked": "credentials.more_asked",
    "credentials.application.rejected": "credentials.rejected",
    "credentials.application.reminded": "credentials.due",
    "credentials.application.renewed": "credentials.renewed",
    "credentials.application.expired": "credentials.expired",
    "credentials.application.suspended": "credentials.suspended",
    "credentials.application.reinstated": "credentials.reinstated",
    "credentials.application.revoked": "credentials.revoked",
}


@on("credentials.application.submitted", "credentials.application.answered")
def read_the_register(event: Event) -> None:
    """Here and not in the request, so that the applicant's page answers the same whether or not the number exists."""
    application = _application(event)
    if application and application.state in OPEN:
        match_register(application, by=SYSTEM)
        flag_same_number(application, by=SYSTEM)


@on("credentials.application.submitted", "credentials.application.answered", "credentials.application.flagged")
def tell_verifiers(event: Event) -> None:
    application = _application(event)
    if application:
        for verifier in members_in("verifiers").exclude(pk=application.member_id):
            tell(verifier, "credentials.waiting", target=application, event_id=event.pk)


@on(*NOTICE_OF)
def tell_applicant(event: Event) -> None:
    application = _application(event)
    if application:
        tell(application.member, NOTICE_OF[event.verb], target=application, event_id=event.pk)


@on("credentials.application.verified")
def tell_verified(event: Event) -> None:
    application = _application(event)
    if application:
        kind = "credentials.learner" if application.level == Level.LEARNER else "credentials.verified"
        tell(application.member, kind, target=application, event_id=event.pk)


@on("credentials.vouch.asked")
def tell_voucher(event: Event) -> None:
    vouch = Vouch.objects.select_related("voucher", "application__member").filter(pk=event.target_id).first()
    if vouch:
        tell(vouch.voucher, "credentials.vouch_asked", target=vouch, event_id=event.pk, actor=vouch.application.member)


@on("credentials.evidence.lost")
def weigh_after_bounce(event: Event) -> None:
    """Only for a bounced address: the other losses are weighed in the operation that finds them."""
    if event.facts.get("reason") == ReasonCode.CONTACT_BOUNCED:
        evidence = Evidence.objects.select_related("application").filter(pk=event.target_id).first()
        if evidence:
            weigh_again(evidence.application, reason=ReasonCode.CONTACT_BOUNCED, by=SYSTEM)


@on("credentials.vouch.withdrawn")
def weigh_after_withdrawn_vouch(event: Event) -> None:
    vouch = Vouch.objects.select_related("application").filter(pk=event.target_id).first()
    if vouch:
        count_vouchers_again(vouch.application, by=SYSTEM)


@on("credentials.application.suspended", "credentials.application.revoked", "credentials.application.expired")
def weigh_those_vouched_for(event: Event) -> None:
    """A voucher who may no longer post no longer stands for anybody."""
    application = _application(event)
    if application:
        carried = Application.objects.filter(vouches__voucher=application.member_id, state__in=APPROVED).distinct()
        for each in carried:
            count_vouchers_again(each, by=SYSTEM)


@on("credentials.register.imported")
def look_at_changed_entries(event: Event) -> None:
    """First those the register has deactivated, then those whose entry reads differently now."""
    run = int(event.target_id)
    suspend_departed(run, by=SYSTEM)
    for application in Application.objects.filter(changed_by(run), state__in=APPROVED).iterator():
        recheck_register(application, by=SYSTEM)


@on("members.name.changed")
def look_at_new_name(event: Event) -> None:
    member = Member.objects.filter(pk=event.target_id).first()
    if member:
        compare_new_name(member, by=SYSTEM)


@on("members.member.erased")
def forget_erased(event: Event) -> None:
    forget_member(int(event.target_id), by=SYSTEM)


def _application(event: Event) -> Application | None:
    return Application.objects.select_related("member").filter(pk=event.target_id).first()

"""Small acts that leave an event: exports, renewals, codes offered, conduct agreed, vouches declined."""

import pytest

from community.core.actors import SYSTEM
from community.core.models import Event
from community.credentials.models import Application, Kind, ReviewedDomain, Vouch
from community.credentials.operations import (
    add_document,
    agree_conduct,
    ask_renewal,
    claim_application,
    decline_vouch,
    export_record,
    give_vouch,
    offer_contact,
    recheck_register,
    release_application,
    remove_document,
    review_domain,
    send_offered_code,
    suspend_member,
    weigh_again,
    withdraw_vouch,
)
from community.credentials.operations.documents import Upload
from community.credentials.states import State
from tests.factories.credentials import make_application, make_member, make_verified, make_verifier, photo, submit

pytestmark = pytest.mark.django_db


def recorded(verb: str) -> int:
    return Event.objects.filter(verb=verb).count()


def test_small_acts_leave_their_events() -> None:
    due, verifier, member = make_verified(days=20), make_verifier(), make_member()
    Application.objects.filter(pk=due.pk).update(state=State.DUE)
    ask_renewal(due, by=due.member)
    export_record(due, by=due.member)
    agree_conduct(member, by=member)
    weigh_again(due, reason="contact_bounced", by=SYSTEM)
    recheck_register(due, by=SYSTEM)
    application = make_application()
    evidence = add_document(application, Upload(Kind.LICENCE, "a.jpg", photo()), by=application.member)
    remove_document(evidence, by=application.member)
    review_domain(ReviewedDomain.objects.create(domain="x.example"), verdict="refused", institution="", by=verifier)

    assert [
        recorded("credentials.application.renewal_asked"),
        recorded("credentials.application.exported"),
        recorded("credentials.conduct.agreed"),
        recorded("credentials.application.suspended"),
        recorded("credentials.evidence.removed"),
        recorded("credentials.domain.reviewed"),
    ] == [1, 1, 1, 1, 1, 1]


def test_a_published_contact_is_offered_and_sent_to() -> None:
    application, verifier = submit(make_application()), make_verifier()
    claim_application(application, by=verifier)
    challenge = offer_contact(application, address="desk@hospital.example", by=verifier)
    release_application(application, by=verifier)
    Application.objects.filter(pk=application.pk).update(state=State.MORE_INFO)

    send_offered_code(challenge, by=application.member)

    assert recorded("credentials.code.asked") == 2
    assert recorded("credentials.application.released") == 1


def test_a_vouch_is_declined_or_taken_back() -> None:
    application, peer, other = make_application(), make_verified().member, make_verified().member
    declined, given = (Vouch.objects.create(application=application, voucher=each) for each in (peer, other))
    decline_vouch(declined, by=peer)
    withdraw_vouch(give_vouch(given, known="colleague", employer="North clinic", by=other), by=other)
    suspended = suspend_member(peer, reason="sanction", by=SYSTEM)

    assert suspended and suspended.state == State.SUSPENDED
    assert (recorded("credentials.vouch.declined"), recorded("credentials.vouch.withdrawn")) == (1, 1)

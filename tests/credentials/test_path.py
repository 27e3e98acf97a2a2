"""The whole path of a clinician, from a draft to the right to post and out of it again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from community.core.actors import SYSTEM
from community.core.clock import now
from community.core.errors import Invalid, Refused
from community.core.models import Event
from community.credentials.models import Application, Decision, Kind, RegisterEntry, ReviewedDomain, Standing
from community.credentials.operations import (
    Claim,
    appeal_decision,
    ask_code,
    claim_application,
    decide_application,
    enter_code,
    pass_dates,
    save_claim,
    save_registration,
    second_decision,
    start_application,
    submit_application,
    suspend_credential,
    withdraw_application,
)
from community.credentials.policies import may_post
from community.credentials.queries import snapshot, standing
from community.credentials.states import Act, ReasonCode, State
from tests.factories.credentials import (
    RegisterEntryFactory,
    add_evidence,
    make_application,
    make_member,
    make_verified,
    make_verifier,
    submit,
)

pytestmark = pytest.mark.django_db

RunJobs = Callable[[], int]


def code_in_mail() -> str:
    words = mail.outbox[-1].body.split()
    digits = [word for word in words if word.isdigit() and len(word) == 4]
    return "".join(digits[:2])


def make_registers_known() -> None:
    """Three approvals make a register an old acquaintance, so that one reviewer is enough."""
    for _ in range(3):
        make_verified()


def test_from_sign_up_to_the_right_to_post(run_jobs: RunJobs) -> None:
    make_registers_known()
    member, verifier = make_member("Amélie", "van der Berg"), make_verifier()
    entry = RegisterEntryFactory(given_name="AMELIE", family_name="VAN DER BERG")
    ReviewedDomain.objects.create(
        domain="hospital.example", verdict=ReviewedDomain.Verdict.MEDICAL, reviewed_at=now(), institution="Hospital"
    )
    assert may_post(member).code == "not_verified"

    application = start_application(member, by=member)
    claim = Claim("clinician", member.given_name, member.family_name, member.profession, member.country)
    save_claim(application, claim, by=member)
    save_registration(application, register_slug="npi", number=f" {entry.number} ", by=member)
    challenge = ask_code(application, address="a.berg@mail.hospital.example", by=member)
    run_jobs()
    challenge.refresh_from_db()
    assert enter_code(challenge, code="0000 0000", by=member) is None
    assert enter_code(challenge, code=code_in_mail(), by=member)
    submit(application, run_jobs)
    assert may_post(member).code == "not_verified"

    claim_application(application, by=verifier)
    decided = decide_application(application, act=Act.VERIFY, reason=ReasonCode.COMPLETE, by=verifier)

    assert (decided.state, decided.level) == (State.VERIFIED, "verified")
    assert may_post(member)
    held = standing(member)
    assert (held.state, held.may_post, held.profession, held.issuer) == (
        "verified",
        True,
        "2212",
        "Centers for Medicare & Medicaid Services, NPPES",
    )
    assert "number" not in snapshot(member)
    assert entry.number not in str(snapshot(member))
    with time_machine.travel(now() + timedelta(days=366)):
        assert may_post(member).code == "expired"
        assert standing(member).state == "expired"


def test_a_register_match_alone_cannot_be_approved(run_jobs: RunJobs) -> None:
    member, verifier = make_member(), make_verifier()
    entry = RegisterEntryFactory()
    application = submit(make_application(member, number=entry.number), run_jobs)
    claim_application(application, by=verifier)

    with pytest.raises(Invalid):
        decide_application(application, act=Act.VERIFY, reason=ReasonCode.COMPLETE, by=verifier)

    assert application.evidence.get().letter == "A"
    assert not may_post(member)


def test_documents_without_a_register_need_two_reviewers(run_jobs: RunJobs) -> None:
    first, second = make_verifier(), make_verifier()
    application = submit(make_application(register_slug="gmc", number="1234567"), run_jobs)
    add_evidence(application, Kind.LICENCE)
    add_evidence(application, Kind.INSTITUTION_MAIL)
    claim_application(application, by=first)

    proposed = decide_application(application, act=Act.VERIFY, reason=ReasonCode.COMPLETE, by=first)
    assert proposed.state == State.IN_REVIEW
    assert not may_post(application.member)
    with pytest.raises(Refused) as same:
        second_decision(application, agree=True, by=first)
    assert same.value.code == "same_reviewer"
    decided = second_decision(application, agree=True, by=second)

    assert (decided.state, decided.level) == (State.VERIFIED, "verified_document")
    assert list(application.decisions.values_list("effect", "reviewer", "seconds__reviewer")) == [
        ("proposed", first.pk, None),
        ("done", second.pk, first.pk),
    ]


def test_a_second_reviewer_who_disagrees_opens_it_again(run_jobs: RunJobs) -> None:
    first, second = make_verifier(), make_verifier()
    application = submit(make_application(register_slug="gmc", number="1234567"), run_jobs)
    add_evidence(application, Kind.LICENCE)
    add_evidence(application, Kind.INSTITUTION_MAIL)
    claim_application(application, by=first)
    decide_application(application, act=Act.VERIFY, reason=ReasonCode.COMPLETE, by=first)

    second_decision(application, agree=False, by=second)

    application.refresh_from_db()
    assert (application.state, application.proposal, application.claimed_by) == (State.IN_REVIEW, None, None)
    assert not may_post(application.member)


def test_more_is_asked_and_answered(run_jobs: RunJobs) -> None:
    verifier = make_verifier()
    application = submit(make_application(), run_jobs)
    claim_application(application, by=verifier)

    asked = decide_application(application, act=Act.ASK_MORE, reason=ReasonCode.NEED_DOCUMENT, by=verifier)
    assert (asked.state, asked.reason_code) == (State.MORE_INFO, "need_document")
    answered = submit_application(asked, by=application.member)

    assert (answered.state, answered.claimed_by) == (State.IN_REVIEW, None)


def test_a_suspension_ends_the_right_and_an_appeal_gives_it_back(run_jobs: RunJobs) -> None:
    first, second = make_verifier(), make_verifier()
    make_registers_known()
    entry = RegisterEntryFactory()
    application = make_verified(make_member(), number=entry.number)
    member = application.member
    suspend_credential(application, reason=ReasonCode.SANCTION, by=first)
    assert may_post(member).code == "suspended"

    appeal = appeal_decision(application, note="The complaint concerned another person.", by=member)
    run_jobs()
    with pytest.raises(Refused) as refused:
        claim_application(appeal, by=first)
    assert refused.value.code == "decided_before"
    claim_application(appeal, by=second)
    decide_application(appeal, act=Act.VERIFY, reason=ReasonCode.APPEAL_GRANTED, by=second)

    assert may_post(member)
    assert Application.objects.get(pk=application.pk).state == State.SUSPENDED


def test_only_one_appeal(run_jobs: RunJobs) -> None:
    application = make_verified()
    suspend_credential(application, reason=ReasonCode.SANCTION, by=make_verifier())
    appeal = appeal_decision(application, note="", by=application.member)
    second = make_verifier()
    claim_application(appeal, by=second)
    decide_application(appeal, act=Act.REJECT, reason=ReasonCode.NO_ANSWER, by=second)

    for decided in (application, Application.objects.get(pk=appeal.pk)):
        with pytest.raises(Refused) as refused:
            appeal_decision(decided, note="", by=application.member)
        assert refused.value.code == "appealed"
    assert may_post(application.member).code == "suspended"


def test_a_suspended_member_cannot_start_afresh_or_withdraw() -> None:
    application = make_verified()
    suspend_credential(application, reason=ReasonCode.SANCTION, by=SYSTEM)

    with pytest.raises(Refused) as afresh:
        start_application(application.member, by=application.member)
    with pytest.raises(Refused):
        withdraw_application(application, by=application.member)

    assert afresh.value.code == "appeal_instead"


def test_revoking_takes_two(run_jobs: RunJobs) -> None:
    first, second = make_verifier(), make_verifier()
    application = make_verified()
    suspend_credential(application, reason=ReasonCode.REGISTER_CHANGED, by=first)

    decide_application(application, act=Act.REVOKE, reason=ReasonCode.STRUCK_OFF, by=first)
    assert standing(application.member).state == State.SUSPENDED
    second_decision(application, agree=True, by=second)

    assert standing(application.member).state == State.REVOKED


def test_a_rejected_applicant_keeps_everything_for_the_next_try(run_jobs: RunJobs) -> None:
    verifier = make_verifier()
    application = submit(make_application(), run_jobs)
    add_evidence(application, Kind.INSTITUTION_MAIL, contact_digest="d" * 64)
    claim_application(application, by=verifier)
    decide_application(application, act=Act.REJECT, reason=ReasonCode.NUMBER_UNKNOWN, by=verifier)

    again = start_application(application.member, by=application.member)

    assert (again.number, again.state) == (application.number, State.DRAFT)
    assert [(each.kind, each.standing) for each in again.evidence.all()] == [(Kind.INSTITUTION_MAIL, Standing.ACCEPTED)]


def test_the_dates_alone_make_it_due_and_expired() -> None:
    application = make_verified(days=70)

    with time_machine.travel(now() + timedelta(days=11)):
        assert pass_dates(by=SYSTEM) == 1
        application.refresh_from_db()
        assert (application.state, bool(may_post(application.member))) == (State.DUE, True)
    with time_machine.travel(now() + timedelta(days=71)):
        assert may_post(application.member).code == "expired"
        pass_dates(by=SYSTEM)
        application.refresh_from_db()
        assert application.state == State.EXPIRED


def test_each_step_is_an_event_that_replays_to_the_state(run_jobs: RunJobs) -> None:
    verifier = make_verifier()
    application = submit(make_application(), run_jobs)
    claim_application(application, by=verifier)
    decide_application(application, act=Act.REJECT, reason=ReasonCode.NO_ANSWER, by=verifier)

    events = Event.objects.filter(target_type="credentials.application", target_id=str(application.pk))
    steps = [(event.facts["before"], event.facts["after"]) for event in events.order_by("id")]

    assert steps == [("draft", "submitted"), ("submitted", "in_review"), ("in_review", "rejected")]


def test_a_deactivated_entry_ends_the_right_at_once() -> None:
    entry = RegisterEntryFactory()
    application = make_verified(number=entry.number)
    assert may_post(application.member)

    RegisterEntry.objects.filter(pk=entry.pk).update(status=RegisterEntry.Status.DEACTIVATED)

    assert may_post(application.member).code == "register_deactivated"


def test_decisions_are_append_only() -> None:
    application = make_verified()
    suspend_credential(application, reason=ReasonCode.SANCTION, by=SYSTEM)
    decision = Decision.objects.get()

    with pytest.raises(Exception, match="append-only"):
        Decision.objects.filter(pk=decision.pk).update(reason_code="fraud")

"""Who may not: every denied path of separation of duties, and what nobody learns."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from community.core.actors import SYSTEM
from community.core.clock import now
from community.core.errors import Invalid, Refused, TooMany
from community.credentials.models import Application, Kind, Vouch
from community.credentials.operations import (
    add_document,
    ask_peer,
    claim_application,
    clear_flag,
    decide_application,
    flag_same_number,
    give_vouch,
    judge_evidence,
    match_register,
    note_reading,
    offer_contact,
    open_document,
    release_application,
    remind_of_end,
    save_registration,
    second_decision,
    submit_application,
    suspend_credential,
)
from community.credentials.operations.documents import Upload
from community.credentials.policies import may_post
from community.credentials.queues import queue_for
from community.credentials.states import Act, ReasonCode, State
from tests.factories.credentials import (
    RegisterEntryFactory,
    add_evidence,
    make_application,
    make_member,
    make_verified,
    make_verifier,
    npi,
    photo,
    submit,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]


def code_of(operation: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        operation()
    return refused.value.code


REVIEWING: dict[str, Callable[[Application, Any], Any]] = {
    "claim": lambda application, by: claim_application(application, by=by),
    "release": lambda application, by: release_application(application, by=by),
    "decide": lambda application, by: decide_application(application, act=Act.REJECT, reason="no_answer", by=by),
    "second": lambda application, by: second_decision(application, agree=True, by=by),
    "judge": lambda application, by: judge_evidence(application.evidence.first(), accept=True, by=by),
    "open": lambda application, by: open_document(application.evidence.first(), reason="decide", by=by),
    "reading": lambda application, by: note_reading(application, kind=Kind.REGISTER_SEEN, by=by),
    "contact": lambda application, by: offer_contact(application, address="desk@hospital.example", by=by),
    "clear": lambda application, by: clear_flag(application, by=by),
}


@pytest.fixture
def waiting() -> Application:
    """An application of a verifier, for which another verifier was asked to vouch."""
    application = make_application(make_verifier(), state=State.SUBMITTED, submitted_at=now(), waiting_since=now())
    add_evidence(application, Kind.LICENCE)
    return application


@pytest.mark.parametrize("name", REVIEWING)
@pytest.mark.parametrize("who", ["applicant", "voucher", "member", "moderator", "system", "inactive"])
def test_who_never_reviews(name: str, who: str, waiting: Application) -> None:
    voucher = make_verifier()
    Vouch.objects.create(application=waiting, voucher=voucher)
    person = {
        "applicant": waiting.member,
        "voucher": voucher,
        "member": make_verified().member,
        "moderator": MemberFactory(in_groups=["Moderators"]),
        "system": SYSTEM,
        "inactive": make_verifier(is_active=False),
    }[who]

    code = code_of(lambda: REVIEWING[name](waiting, person))

    assert code == {"applicant": "own_application", "voucher": "is_voucher"}.get(who, "not_verifier")
    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED


@pytest.mark.parametrize("name", sorted(set(REVIEWING) - {"claim", "second"}))
def test_who_has_not_taken_it_up_does_not_decide(name: str, waiting: Application) -> None:
    claim_application(waiting, by=make_verifier())

    assert code_of(lambda: REVIEWING[name](waiting, make_verifier())) == "not_claimed"


def test_one_at_a_time_until_the_claim_lapses(waiting: Application) -> None:
    claim_application(waiting, by=make_verifier())
    other = make_verifier()

    assert code_of(lambda: claim_application(waiting, by=other)) == "claimed"
    with time_machine.travel(now() + timedelta(hours=1)):
        assert claim_application(waiting, by=other).claimed_by == other


@pytest.mark.parametrize("who", ["other", "verifier", "system"])
def test_only_the_applicant_applies(who: str) -> None:
    application = make_application()
    by = {"other": make_member(), "verifier": make_verifier(), "system": SYSTEM}[who]
    upload = Upload(Kind.LICENCE, "a.jpg", photo())

    assert [
        code_of(lambda: submit_application(application, by=by)),
        code_of(lambda: save_registration(application, register_slug="npi", number=npi(1), by=by)),
        code_of(lambda: add_document(application, upload, by=by)),
        code_of(lambda: ask_peer(application, handle="x", by=by)),
    ] == ["not_yours"] * 4


def test_what_only_the_system_does_no_person_does() -> None:
    application, verifier = make_verified(), make_verifier()

    assert code_of(lambda: match_register(application, by=verifier)) == "system_only"
    assert code_of(lambda: flag_same_number(application, by=verifier)) == "system_only"
    assert code_of(lambda: remind_of_end(by=verifier)) == "system_only"


def test_nobody_suspends_themselves_and_members_suspend_nobody() -> None:
    own = make_verified(make_verifier())

    assert code_of(lambda: suspend_credential(own, reason="sanction", by=own.member)) == "not_verifier"
    assert code_of(lambda: suspend_credential(own, reason="sanction", by=make_member())) == "not_verifier"
    moderator = MemberFactory(in_groups=["Moderators"])
    assert suspend_credential(own, reason=ReasonCode.SANCTION, by=moderator).state == State.SUSPENDED


def test_the_queue_hides_what_one_may_not_review(waiting: Application) -> None:
    voucher = make_verifier()
    Vouch.objects.create(application=waiting, voucher=voucher)

    assert [list(queue_for(each)) for each in (waiting.member, voucher, make_verifier())] == [[], [], [waiting]]


# --- The same number twice, and no oracle ----------------------------------------------------------------------


def test_the_same_number_brings_both_to_review_and_leaves_the_first_its_right(run_jobs: RunJobs) -> None:
    entry = RegisterEntryFactory()
    first = make_verified(number=entry.number)
    later = submit(make_application(number=entry.number), run_jobs)
    first.refresh_from_db()

    assert (first.flag, later.flag) == (ReasonCode.NUMBER_CONTESTED, ReasonCode.NUMBER_CONTESTED)
    assert may_post(first.member)
    assert set(queue_for(make_verifier())) == {first, later}


def test_a_contested_number_is_never_verified_twice(run_jobs: RunJobs) -> None:
    entry, one, two = RegisterEntryFactory(), make_verifier(), make_verifier()
    make_verified(number=entry.number)
    later = submit(make_application(number=entry.number), run_jobs)
    add_evidence(later, Kind.LICENCE)
    claim_application(later, by=one)

    proposed = decide_application(later, act=Act.VERIFY, reason=ReasonCode.COMPLETE, by=one)
    with pytest.raises(Invalid):
        second_decision(proposed, agree=True, by=two)

    assert not may_post(later.member)


def test_a_flag_that_was_looked_at_is_cleared(run_jobs: RunJobs) -> None:
    entry = RegisterEntryFactory()
    first = make_verified(number=entry.number)
    submit(make_application(number=entry.number), run_jobs)
    verifier = make_verifier()

    clear_flag(claim_application(first, by=verifier), by=verifier)

    first.refresh_from_db()
    assert (first.flag, first.state, bool(may_post(first.member))) == ("", State.VERIFIED, True)


def test_numbers_cannot_be_tried_out() -> None:
    application = make_application()
    for serial in range(8):
        save_registration(application, register_slug="npi", number=npi(serial), by=application.member)

    with pytest.raises(TooMany):
        save_registration(application, register_slug="npi", number=npi(99), by=application.member)


def test_the_request_itself_reads_no_register(django_assert_num_queries: Any) -> None:
    known, unknown = RegisterEntryFactory(), npi(3)
    one, two = make_application(number=known.number), make_application(number=unknown)
    assert one.evidence.count() == two.evidence.count() == 0

    for application in (one, two):
        submit_application(application, by=application.member)

    assert one.evidence.count() == two.evidence.count() == 0


# --- Vouching --------------------------------------------------------------------------------------------------


def vouch_for(application: Application, peer: Any, employer: str = "North clinic") -> Vouch:
    vouch, _new = Vouch.objects.get_or_create(application=application, voucher=peer)
    return give_vouch(vouch, known="colleague", employer=employer, by=peer)


def test_two_peers_of_two_employers_count() -> None:
    application = make_application()
    vouch_for(application, make_verified().member, "North clinic")
    assert application.evidence.count() == 0

    vouch_for(application, make_verified().member, "South clinic")

    assert application.evidence.get().letter == "D"


def test_two_peers_of_one_employer_do_not() -> None:
    application = make_application()
    for _ in range(2):
        vouch_for(application, make_verified().member)

    assert application.evidence.count() == 0


def test_who_may_not_vouch() -> None:
    application = make_application()
    young = make_verified(since_days=30).member
    dentist = make_verified().member
    other = Application.objects.get(member=dentist)
    other.profession_id = make_member().profession_id - 1  # type: ignore[operator]
    other.save(update_fields=["profession"])

    for peer in (young, dentist, make_member()):
        with pytest.raises(Invalid):
            vouch_for(application, peer)


def test_no_vouching_in_return() -> None:
    peer = make_verified().member
    Vouch.objects.create(
        application=Application.objects.get(member=peer), voucher=(member := make_member()), known="colleague",
        given_at=now(),
    )  # fmt: skip

    with pytest.raises(Invalid):
        vouch_for(make_application(member), peer)


def test_three_vouches_in_ninety_days() -> None:
    peer = make_verified().member
    for _ in range(3):
        vouch_for(make_application(), peer)

    with pytest.raises(Invalid):
        vouch_for(make_application(), peer)
    with time_machine.travel(now() + timedelta(days=91)):
        assert vouch_for(make_application(), peer).given_at

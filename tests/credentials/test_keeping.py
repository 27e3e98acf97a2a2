"""Approvals over time: triggers, reminders, files deleted in time, erasure, tokens both ways."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings

from community.core.actors import SYSTEM
from community.core.audiences import members_in, viewer_of
from community.core.clock import now
from community.core.events import record
from community.core.models import Event
from community.credentials.control import digest_of_address
from community.credentials.models import (
    Application,
    Evidence,
    Kind,
    RegisterEntry,
    RegisterImport,
    Standing,
    Vouch,
)
from community.credentials.operations import (
    add_document,
    ask_code,
    claim_application,
    decide_application,
    enter_code,
    forget_member,
    note_bounce,
    pass_dates,
    purge_documents,
    remind_of_end,
    suspend_credential,
)
from community.credentials.operations.documents import Upload
from community.credentials.policies import may_post
from community.credentials.queries import standing
from community.credentials.states import Act, ReasonCode, State
from community.members.models import Profession
from community.members.panels import exported_sections
from tests.credentials.test_path import code_in_mail
from tests.factories.credentials import (
    RegisterEntryFactory,
    add_evidence,
    make_application,
    make_member,
    make_verified,
    make_verifier,
    photo,
    submit,
)

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]


def state_of(application: Application) -> tuple[str, str]:
    application.refresh_from_db()
    return application.state, application.reason_code


def test_a_deactivation_import_suspends(run_jobs: RunJobs) -> None:
    entry = RegisterEntryFactory()
    application = make_verified(number=entry.number)
    run = RegisterImport.objects.create(register="npi", kind="nppes-deactivated", file_name="x", digest="1" * 64)
    RegisterEntry.objects.filter(pk=entry.pk).update(status=RegisterEntry.Status.DEACTIVATED, changed_in=run)
    assert may_post(application.member).code == "register_deactivated"

    record("credentials.register.imported", by=SYSTEM, target=run, register="npi")
    run_jobs()

    assert state_of(application) == (State.SUSPENDED, ReasonCode.REGISTER_DEACTIVATED)


def test_a_changed_entry_suspends(run_jobs: RunJobs) -> None:
    entry = RegisterEntryFactory()
    application = make_verified(number=entry.number)
    run = RegisterImport.objects.create(register="npi", kind="nppes", file_name="x", digest="1" * 64)
    RegisterEntry.objects.filter(pk=entry.pk).update(family_name="Somebody-Else", changed_in=run)

    record("credentials.register.imported", by=SYSTEM, target=run, register="npi")
    run_jobs()

    assert state_of(application) == (State.SUSPENDED, ReasonCode.REGISTER_CHANGED)


def test_an_unchanged_entry_is_only_noted(run_jobs: RunJobs) -> None:
    entry = RegisterEntryFactory()
    application = make_verified(number=entry.number)
    run = RegisterImport.objects.create(register="npi", kind="nppes", file_name="x", digest="1" * 64)
    RegisterEntry.objects.filter(pk=entry.pk).update(changed_in=run)

    record("credentials.register.imported", by=SYSTEM, target=run, register="npi")
    run_jobs()

    assert state_of(application)[0] == State.VERIFIED


def test_a_bounced_address_suspends_where_nothing_else_carries(run_jobs: RunJobs) -> None:
    weak, strong = make_verified(), make_verified()
    add_evidence(strong, Kind.LICENCE)
    for application in (weak, strong):
        address = application.evidence.get(kind=Kind.INSTITUTION_MAIL)
        address.contact_digest = digest_of_address("ines@hospital.example")
        address.save()

    assert note_bounce("INES@hospital.example ", by=SYSTEM) == 2
    run_jobs()

    assert state_of(weak) == (State.SUSPENDED, ReasonCode.CONTACT_BOUNCED)
    assert state_of(strong)[0] == State.VERIFIED


def test_vouchers_who_lose_their_standing_take_the_approval_with_them(run_jobs: RunJobs) -> None:
    application = make_verified()
    application.evidence.filter(kind=Kind.INSTITUTION_MAIL).delete()
    add_evidence(application, Kind.PEERS)
    peers = [make_verified() for _ in range(2)]
    for number, peer in enumerate(peers):
        Vouch.objects.create(
            application=application, voucher=peer.member, known="colleague", employer=f"Clinic {number}", given_at=now()
        )

    suspend_credential(peers[0], reason=ReasonCode.SANCTION, by=SYSTEM)
    run_jobs()

    assert state_of(application) == (State.SUSPENDED, ReasonCode.VOUCHERS_LOST)


@pytest.mark.parametrize(("family", "expected"), [("Duarte", State.VERIFIED), ("Somebody", State.SUSPENDED)])
def test_a_new_name_is_verified_again(family: str, expected: State, run_jobs: RunJobs) -> None:
    application = make_verified()
    member = application.member
    member.family_name = family
    member.save()

    record("members.name.changed", by=member, target=member)
    run_jobs()

    assert state_of(application)[0] == expected


def test_reminders_come_once_at_sixty_thirty_and_seven_days() -> None:
    make_verified(days=61)
    start, sent = now(), []
    for day in (0, 2, 3, 32, 33, 55, 56, 60):
        with time_machine.travel(start + timedelta(days=day)):
            remind_of_end(by=SYSTEM)
            sent.append(Event.objects.filter(verb="credentials.application.reminded").count())

    assert sent == [0, 1, 1, 2, 2, 3, 3, 3]


def test_a_clock_that_stood_still_sends_one_reminder() -> None:
    make_verified(days=5)
    for _ in range(2):
        remind_of_end(by=SYSTEM)

    assert [event.facts["days"] for event in Event.objects.filter(verb="credentials.application.reminded")] == [7]


def test_no_approval_is_ended_silently(run_jobs: RunJobs) -> None:
    application = make_verified()
    suspend_credential(application, reason=ReasonCode.REGISTER_CHANGED, by=SYSTEM)
    run_jobs()

    assert application.decisions.get().reason_code == ReasonCode.REGISTER_CHANGED
    assert application.member.notifications.filter(kind="credentials.suspended").count() == 1


def test_files_go_within_thirty_days_of_the_decision(run_jobs: RunJobs) -> None:
    application, verifier = make_application(), make_verifier()
    upload = Upload(Kind.LICENCE, "licence.jpg", photo(), issuer="Board")
    evidence = add_document(application, upload, by=application.member)
    path = next(Path(settings.PRIVATE_ROOT).rglob(evidence.stored_name))
    submit(application, run_jobs)
    claim_application(application, by=verifier)
    decide_application(application, act=Act.REJECT, reason=ReasonCode.NO_ANSWER, by=verifier)

    with time_machine.travel(now() + timedelta(days=10)):
        assert purge_documents(by=SYSTEM) == 0
    with time_machine.travel(now() + timedelta(days=29)):
        assert purge_documents(by=SYSTEM) == 1
        assert purge_documents(by=SYSTEM) == 0

    kept = Evidence.objects.get(pk=evidence.pk)
    assert kept.file_deleted_at
    assert (kept.sha256, kept.media_type, kept.issuer) == (evidence.sha256, "image/jpeg", "Board")
    assert path.name == evidence.stored_name


def test_the_file_leaves_the_disk(django_capture_on_commit_callbacks: Any) -> None:
    application = make_application()
    evidence = add_document(application, Upload(Kind.LICENCE, "a.jpg", photo()), by=application.member)
    path = next(Path(settings.PRIVATE_ROOT).rglob(evidence.stored_name))

    with time_machine.travel(now() + timedelta(days=91)), django_capture_on_commit_callbacks(execute=True):
        purge_documents(by=SYSTEM)

    assert not path.exists()


def test_an_erased_member_leaves_states_and_dates_only(django_capture_on_commit_callbacks: Any) -> None:
    application = make_verified(note="A note")
    with django_capture_on_commit_callbacks(execute=True):
        forget_member(application.member_id, by=SYSTEM)

    application.refresh_from_db()
    assert (application.number, application.given_name, application.family_name, application.note) == ("", "", "", "")
    assert (application.state, bool(application.verified_at)) == (State.WITHDRAWN, True)


def test_a_code_runs_out_after_ten_minutes_or_five_tries(run_jobs: RunJobs) -> None:
    application = make_application()
    member = application.member
    challenge = ask_code(application, address="a@hospital.example", by=member)
    run_jobs()
    challenge.refresh_from_db()
    assert "digest" not in challenge.digest
    with time_machine.travel(now() + timedelta(minutes=11)), pytest.raises(Exception, match="run out"):
        enter_code(challenge, code="12345678", by=member)
    for _ in range(5):
        assert enter_code(challenge, code="00000000", by=member) is None
    with pytest.raises(Exception, match="run out"):
        enter_code(challenge, code="00000000", by=member)


def test_an_unknown_domain_waits_for_a_human(run_jobs: RunJobs) -> None:
    application = make_application()
    challenge = ask_code(application, address="a@unknown.example", by=application.member)
    run_jobs()
    challenge.refresh_from_db()
    evidence = enter_code(challenge, code=code_in_mail(), by=application.member)

    assert evidence and evidence.standing == Standing.OFFERED


@pytest.mark.parametrize("address", ["a@gmail.com", "A@GMAIL.com", "not an address"])
def test_free_mail_proves_nothing(address: str) -> None:
    application = make_application()

    with pytest.raises(Exception, match=r".") as refused:
        ask_code(application, address=address, by=application.member)

    assert "address" in refused.value.errors  # type: ignore[attr-defined]


def test_tokens_forward_and_reverse_agree() -> None:
    entry = RegisterEntryFactory(status=RegisterEntry.Status.DEACTIVATED)
    nurse = Profession.objects.get(code="2221")
    people = {
        "verified": make_verified(),
        "nurse": make_verified(make_member(profession=nurse)),
        "learner": make_verified(level="learner", seeks="learner"),
        "over": make_verified(days=1),
        "gone": make_verified(number=entry.number),
        "suspended": make_verified(),
        "other conduct": make_verified(make_member()),
        "draft": make_application(),
    }
    suspend_credential(people["suspended"], reason=ReasonCode.SANCTION, by=SYSTEM)
    member = people["other conduct"].member
    member.conduct_version = "1999-01"
    member.save()

    with time_machine.travel(now() + timedelta(days=2)):
        for token in ("verified", "learner", "profession:2212", "profession:2221", "profession:9999"):
            forward = {name for name, each in people.items() if viewer_of(each.member).has(token)}
            backward = {name for name, each in people.items() if members_in(token).filter(pk=each.member_id).exists()}
            assert forward == backward, token
        assert {name for name, each in people.items() if may_post(each.member)} == {"verified", "nurse"}
        assert standing(people["learner"].member).reason == "learner"


def test_standing_takes_two_queries_and_so_does_the_verdict(django_assert_num_queries: Any) -> None:
    """The verdict: one for the credential, one for a sanction of the moderators."""
    member = make_verified().member

    with django_assert_num_queries(2):
        assert may_post(member)
    with django_assert_num_queries(2):
        assert standing(member).may_post


def test_the_right_ends_with_the_clock_standing_still() -> None:
    application = make_verified(days=1)

    with time_machine.travel(now() + timedelta(days=1, seconds=1)):
        assert may_post(application.member).code == "expired"
        assert pass_dates(by=SYSTEM) == 1


def test_the_own_data_download_holds_the_record() -> None:
    member = make_verified().member

    [record_of] = exported_sections(member)["verification"]

    assert (record_of["resourceType"], record_of["status"]) == ("VerificationResult", "validated")

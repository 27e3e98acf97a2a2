"""The screens of applicant, voucher and verifier, driven as forms without JavaScript."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from community.core.clock import now
from community.core.models import Event
from community.credentials.desk import comparison
from community.credentials.matching import read_register
from community.credentials.models import Application, Evidence, Kind, ReviewedDomain, Standing, Vouch
from community.credentials.policies import may_post
from community.credentials.states import State
from tests.credentials.test_path import code_in_mail, make_registers_known
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


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def licence(name: str = "licence.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(), content_type="image/jpeg")


def test_an_applicant_is_led_to_the_end_and_a_verifier_decides(run_jobs: RunJobs) -> None:
    make_registers_known()
    member, verifier = make_member("Ada", "Obi"), make_verifier()
    entry = RegisterEntryFactory(given_name="Ada", family_name="Obi")
    ReviewedDomain.objects.create(domain="clinic.example", verdict="medical", reviewed_at=now())
    applicant = signed_in(member)

    started = applicant.post(reverse("verification-start"))
    claim = {"seeks": "clinician", "given_name": "Ada", "family_name": "Obi", "profession": "2212", "country": "US"}
    claimed = applicant.post(started.url, claim)
    registered = applicant.post(claimed.url, {"register_slug": "npi", "number": entry.number})
    assert (started.url, claimed.url, registered.url) == (
        "/verification/claim/",
        "/verification/register/",
        "/verification/proof/",
    )
    asked = applicant.post(reverse("verification-address"), {"address": "ada@clinic.example"})
    run_jobs()
    proved = applicant.post(asked.url, {"code": code_in_mail()}, follow=True)
    assert proved.status_code == 200
    assert b"enough for a review" in proved.content
    done = applicant.post(reverse("verification-submit"), {"truthful": "on"}, follow=True)
    assert b"with the reviewers" in done.content
    run_jobs()

    desk = signed_in(verifier)
    page = desk.post(reverse("verification-next"), follow=True)
    assert page.status_code == 200
    assert page.context["application"].member == member
    assert page.context["level"] == "verified"
    desk.post(
        reverse("verification-review-decide", args=[page.context["application"].public_id]),
        {"decision": "verify:complete"},
    )

    assert may_post(member)
    assert b"You are verified" in applicant.get(reverse("verification-home")).content


@pytest.mark.parametrize("name", ["verification-claim", "verification-registration", "verification-proof",
                                  "verification-address", "verification-document", "verification-peers",
                                  "verification-submit", "verification-withdraw"])  # fmt: skip
def test_each_page_opens_for_an_applicant_and_is_missing_without_an_application(name: str) -> None:
    application = make_application()

    assert signed_in(application.member).get(reverse(name)).status_code == 200
    assert signed_in(make_member()).get(reverse(name)).status_code == 404
    assert Client().get(reverse(name)).status_code == 302


def test_a_wrong_number_is_said_beside_the_field_and_an_unknown_one_is_not(run_jobs: RunJobs) -> None:
    entry = RegisterEntryFactory()
    application = make_application(number="")
    client = signed_in(application.member)
    url = reverse("verification-registration")

    wrong = client.post(url, {"register_slug": "npi", "number": "12345"})
    known = client.post(url, {"register_slug": "npi", "number": entry.number})
    unknown = client.post(url, {"register_slug": "npi", "number": "1000000004"})

    assert wrong.status_code == 200
    assert list(wrong.context["form"].errors) == ["number"]
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_document_is_encrypted_shown_with_a_reason_and_to_nobody_else(run_jobs: RunJobs) -> None:
    application = make_application()
    applicant = signed_in(application.member)
    applicant.post(reverse("verification-document"), {"kind": "licence", "issuer": "Board", "file": licence()})
    evidence = Evidence.objects.get()
    submit(application, run_jobs)
    verifier = make_verifier()
    desk, stranger = signed_in(verifier), signed_in(make_verifier())
    args = [application.public_id, evidence.public_id]
    desk.post(reverse("verification-review-claim", args=args[:1]))

    unreasoned = desk.post(reverse("evidence-open", args=args), {"reason": "curiosity"})
    opened = desk.post(reverse("evidence-open", args=args), {"reason": "decide"})
    address = f"{reverse('evidence-page', args=[*args, 1])}?grant={opened.context['grant']}"
    page = desk.get(address)

    assert unreasoned.status_code == 400
    assert page.status_code == 200
    assert page.content.startswith(b"\xff\xd8\xff")
    assert page["Cache-Control"] == "private, no-store"
    assert page["Content-Security-Policy"].startswith("sandbox")
    assert page["Content-Disposition"].startswith("inline")
    event = Event.objects.get(verb="credentials.evidence.opened")
    assert (event.actor_id, event.facts["reason"]) == (verifier.pk, "decide")
    assert desk.get(address.partition("?")[0]).status_code == 404
    for other in (stranger, applicant, Client()):
        assert other.get(address).status_code in {404, 302}
    assert page.content not in b"".join(
        path.read_bytes() for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()
    )


def test_an_upload_that_is_no_document_is_explained() -> None:
    application = make_application()
    client = signed_in(application.member)
    bad = SimpleUploadedFile("licence.pdf", b"GIF89a not what it says")

    page = client.post(reverse("verification-document"), {"kind": "licence", "file": bad})

    assert page.status_code == 200
    assert page.context["form"].errors == {"file": ["Please send a PDF or a photograph (JPEG, PNG, WebP or HEIC)."]}
    assert Evidence.objects.count() == 0


def test_an_upload_without_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_application().member)

    page = client.post(reverse("verification-document"), {"kind": "licence", "file": licence()})

    assert page.status_code == 403
    assert Evidence.objects.count() == 0


def test_a_peer_vouches_on_a_page_of_their_own(run_jobs: RunJobs) -> None:
    application = make_application()
    peer = make_verified().member
    signed_in(application.member).post(reverse("verification-peers"), {"handle": f"@{peer.handle}"})
    vouch = Vouch.objects.get()
    answer = {"known": "colleague", "employer": "North clinic", "certain": "on"}

    page = signed_in(peer).get(reverse("vouch-answer", args=[vouch.public_id]))
    signed_in(peer).post(reverse("vouch-answer", args=[vouch.public_id]), answer)
    strange = signed_in(make_member()).post(reverse("vouch-answer", args=[vouch.public_id]), answer)

    vouch.refresh_from_db()
    assert (page.status_code, strange.status_code) == (200, 404)
    assert (vouch.known, vouch.employer, bool(vouch.given_at)) == ("colleague", "North clinic", True)
    assert signed_in(peer).get(reverse("verification-home")).status_code == 200


def test_an_unknown_handle_gets_the_same_answer_as_a_known_one() -> None:
    application = make_application()
    client = signed_in(application.member)
    peer = make_verified().member

    answers = [
        client.post(reverse("verification-peers"), {"handle": handle}).url for handle in (peer.handle, "nobody-here")
    ]

    assert answers == [reverse("verification-peers")] * 2
    assert Vouch.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_for_one_and_for_three(
    count: int, run_jobs: RunJobs, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        submit(make_application())
    client = signed_in(make_verifier())
    client.get(reverse("verification-queue"))

    with django_assert_max_num_queries(24):
        page = client.get(reverse("verification-queue"))

    assert len(page.context["applications"]) == count


def test_a_verifier_page_shows_what_differs(run_jobs: RunJobs) -> None:
    entry = RegisterEntryFactory(given_name="Ines", family_name="Duarte-Lima")
    application = submit(make_application(number=entry.number), run_jobs)
    submit(make_application(number=entry.number), run_jobs)

    page = signed_in(make_verifier()).get(reverse("verification-review", args=[application.public_id]))

    assert {code for code, _sentence in page.context["warnings"]} == {"same_number", "name_mismatch", "new_register"}
    assert b"<mark>Duarte-Lima</mark>" in page.content


def test_where_no_register_can_be_read_nothing_is_said_to_disagree() -> None:
    unknown, lacking = make_application(register_slug="other", number="AB1582"), make_application()
    for application, agreement in ((unknown, None), (lacking, False)):
        rows = {row.label: row.agrees for row in comparison(application, read_register(application))}
        assert (rows["Name"], rows["Number"]) == (None, agreement)


def test_a_mail_domain_is_decided_and_its_proofs_count(run_jobs: RunJobs) -> None:
    application = make_application()
    domain = ReviewedDomain.objects.create(domain="new.example")
    evidence = add_evidence(application, Kind.INSTITUTION_MAIL, Standing.OFFERED, issuer="new.example",
                            valid_until=now())  # fmt: skip
    desk = signed_in(make_verifier())

    assert desk.get(reverse("verification-domains")).status_code == 200
    desk.post(reverse("verification-domain-review", args=[domain.pk]), {"verdict": "medical", "institution": "New"})

    evidence.refresh_from_db()
    assert evidence.standing == Standing.ACCEPTED


def test_a_refused_decision_about_a_domain_stands_among_the_others_and_is_reworded(run_jobs: RunJobs) -> None:
    first, second = (ReviewedDomain.objects.create(domain=name) for name in ("first.example", "second.example"))
    desk, address = signed_in(make_verifier()), reverse("verification-domain-review", args=[second.pk])
    words = {"verdict": "medical", "institution": "Example Clinic, MRN 4471902"}

    refused, offered = desk.post(address, words), desk.post(address, words | {"reword": "1"})
    nothing_chosen = desk.post(address, {"verdict": ""})

    forms = dict(refused.context["rows"])
    assert forms[second].errors.keys() == {"institution"} and not forms[first].errors
    assert "Use the suggested wording" in refused.content.decode()
    assert dict(offered.context["rows"])[second].data["institution"] == "Example Clinic, MRN [number removed]"
    assert "data-reworded" in offered.content.decode()
    assert nothing_chosen.status_code == 200 and dict(nothing_chosen.context["rows"])[second].errors
    second.refresh_from_db()
    assert (second.verdict, second.institution) == ("pending", "")


def test_appeal_withdraw_renew_and_record(run_jobs: RunJobs) -> None:
    due = make_verified(days=20)
    Application.objects.filter(pk=due.pk).update(state=State.DUE)
    client = signed_in(due.member)

    assert client.get(reverse("verification-home")).status_code == 200
    client.post(reverse("verification-renew"))
    due.refresh_from_db()
    assert due.renewal_asked_at
    assert client.get(reverse("verification-record"))["Content-Type"].startswith("application/fhir+json")
    client.post(reverse("verification-withdraw"))
    assert may_post(due.member).code == "not_verified"


def test_reviewers_pages_are_for_verifiers() -> None:
    application = make_application(state=State.SUBMITTED, submitted_at=now(), waiting_since=now())
    own = make_verifier()
    mine = make_application(own, state=State.SUBMITTED, submitted_at=now(), waiting_since=now())

    assert signed_in(make_member()).get(reverse("verification-queue")).status_code == 403
    assert signed_in(make_member()).get(reverse("verification-review", args=[application.public_id])).status_code == 404
    assert signed_in(own).get(reverse("verification-review", args=[mine.public_id])).status_code == 404
    assert signed_in(own).get(reverse("verification-review", args=[application.public_id])).status_code == 200

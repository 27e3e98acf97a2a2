"""The FHIR export against the structure R4 requires. Source: https://hl7.org/fhir/R4/verificationresult.html"""

import json
import re
from typing import Any

import pytest

from community.credentials.fhir import STATUS, verification_result
from community.credentials.models import Application
from community.credentials.operations import suspend_credential
from community.credentials.states import State
from tests.factories.credentials import make_application, make_verified, make_verifier

pytestmark = pytest.mark.django_db

STATUSES = {"attested", "validated", "in-process", "req-revalid", "val-fail", "reval-fail"}
ELEMENTS: dict[str, type] = {
    "resourceType": str, "id": str, "meta": dict, "contained": list, "extension": list, "target": list,
    "targetLocation": list, "need": dict, "status": str, "statusDate": str, "validationType": dict,
    "validationProcess": list, "frequency": dict, "lastPerformed": str, "nextScheduled": str, "failureAction": dict,
    "primarySource": list, "attestation": dict, "validator": list,
}  # fmt: skip
CODES = {
    "need": {"none", "initial", "periodic"},
    "validation-type": {"nothing", "primary", "multiple"},
    "failure-action": {"fatal", "warn", "rec-only", "none"},
    "validation-status": {"successful", "failed", "unknown"},
    "can-push-updates": {"yes", "no", "undetermined"},
    "validation-process": {"edit-check", "valueset", "primary", "multi", "standalone", "in-context"},
    "primary-source-type": {"lic-board", "prim", "cont-ed", "post-serv", "rel-own", "reg-auth", "legal", "issuer",
                            "auth-source"},
    "verificationresult-communication-method": {"manual", "portal", "pull", "push"},
}  # fmt: skip
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)\Z")
DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")


def problems(resource: dict[str, Any]) -> list[str]:
    found = [f"unknown {name}" for name in resource if name not in ELEMENTS]
    found += [
        f"{name} has the wrong type"
        for name, value in resource.items()
        if not isinstance(value, ELEMENTS.get(name, object))
    ]
    found += [f"{name} is missing" for name in ("resourceType", "status") if name not in resource]
    found += [
        f"{name} is no instant"
        for name in ("statusDate", "lastPerformed")
        if name in resource and not INSTANT.match(resource[name])
    ]
    if "nextScheduled" in resource and not DATE.match(resource["nextScheduled"]):
        found.append("nextScheduled is no date")
    if not re.fullmatch(r"[A-Za-z0-9.-]{1,64}", resource.get("id", "")):
        found.append("id is malformed")
    if resource["status"] not in STATUSES:
        found.append("status is not of R4")
    if any("organization" not in validator for validator in resource.get("validator", [])):
        found.append("validator.organization is missing")
    return found + _empty(resource) + _wrong_codes(resource)


def _empty(part: Any, path: str = "") -> list[str]:
    if isinstance(part, dict):
        return [found for name, value in part.items() for found in _empty(value, f"{path}.{name}")]
    if isinstance(part, list) and part:
        return [found for value in part for found in _empty(value, path)]
    return [f"{path} is empty"] if part in (None, "", [], {}) else []


def _wrong_codes(part: Any) -> list[str]:
    if isinstance(part, list):
        return [found for value in part for found in _wrong_codes(value)]
    if not isinstance(part, dict):
        return []
    system, code = str(part.get("system", "")).rpartition("/")[2], part.get("code")
    wrong = [f"{code} is not in {system}"] if system in CODES and code not in CODES[system] else []
    return wrong + [found for value in part.values() for found in _wrong_codes(value)]


@pytest.mark.parametrize("state", State)
def test_every_state_exports_a_sound_resource(state: State) -> None:
    application = make_verified()
    Application.objects.filter(pk=application.pk).update(state=state)
    application.refresh_from_db()

    resource = json.loads(json.dumps(verification_result(application)))

    assert problems(resource) == []
    assert resource["resourceType"] == "VerificationResult"
    assert resource["extension"][0]["valueCode"] == state


def test_a_draft_says_what_there_is() -> None:
    resource = verification_result(make_application(number=""))

    assert problems(resource) == []
    assert resource["status"] == "attested"
    assert "nextScheduled" not in resource
    assert "primarySource" not in resource


def test_states_map_to_the_published_codes() -> None:
    states = (State.SUBMITTED, State.IN_REVIEW, State.VERIFIED, State.DUE, State.EXPIRED)

    assert {state: STATUS[state] for state in states} == {
        "submitted": "attested", "in_review": "in-process", "verified": "validated", "due": "req-revalid",
        "expired": "reval-fail",
    }  # fmt: skip


def test_no_reviewer_and_no_address_leave_with_it() -> None:
    application, verifier = make_verified(), make_verifier(email="vera.secret@collegium.example")
    suspend_credential(application, reason="register_changed", by=verifier)
    piece = application.evidence.last()
    piece.contact = "ines@hospital.example"
    piece.save()
    application.refresh_from_db()

    text = json.dumps(verification_result(application))

    assert "ines@hospital.example" not in text
    assert str(verifier) not in text

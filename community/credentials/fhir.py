"""A verification as an HL7 FHIR R4 VerificationResult. Source: https://hl7.org/fhir/R4/verificationresult.html

The profile has no code for what FHIR does not know (suspended, withdrawn): those carry their own state as an extension.
The registration number is part of the record: it goes to the member and to verifiers only.
"""

from datetime import datetime
from typing import Any

from django.conf import settings

from community.credentials.models import Application, Evidence
from community.credentials.proof import EvidenceClass
from community.credentials.queries import issuer_of
from community.credentials.states import State

STATUS: dict[str, str] = {
    State.DRAFT: "attested",
    State.SUBMITTED: "attested",
    State.IN_REVIEW: "in-process",
    State.MORE_INFO: "in-process",
    State.VERIFIED: "validated",
    State.REJECTED: "val-fail",
    State.DUE: "req-revalid",
    State.EXPIRED: "reval-fail",
    State.SUSPENDED: "reval-fail",
    State.REVOKED: "val-fail",
    State.WITHDRAWN: "val-fail",
    State.ENTERED_IN_ERROR: "val-fail",
}
CODES = "http://terminology.hl7.org/CodeSystem/"
ISCO = "urn:oid:2.16.840.1.113883.2.9.6.2.7"
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_METHOD: dict[str, str] = {EvidenceClass.REGISTER: "pull", EvidenceClass.CONTROL: "push"}


def verification_result(application: Application) -> dict[str, Any]:
    """The resource as JSON-ready data; empty elements are left out, as FHIR asks."""
    return _full(
        {
            "resourceType": "VerificationResult",
            "id": application.public_id,
            "meta": {"lastUpdated": _instant(_status_date(application))},
            "contained": [_practitioner(application)],
            "extension": [_extension("state", application.state), _extension("level", application.level)],
            "target": [{"reference": "#practitioner"}],
            "need": _code("need", "periodic"),
            "status": STATUS[application.state],
            "statusDate": _instant(_status_date(application)),
            "validationType": _code("validation-type", "multiple"),
            "validationProcess": [_code("validation-process", "in-context")],
            "frequency": {"repeat": {"frequency": 1, "period": 365, "periodUnit": "d"}},
            "lastPerformed": _instant(application.decided_at),
            "nextScheduled": application.expires_at.date().isoformat() if application.expires_at else None,
            "failureAction": _code("failure-action", "fatal"),
            "primarySource": [_source(evidence) for evidence in application.evidence.all() if _is_source(evidence)],
            "attestation": _attestation(application),
            "validator": [{"organization": {"display": settings.WAGTAIL_SITE_NAME}}],
        }
    )


def _practitioner(application: Application) -> dict[str, Any]:
    number = {"value": application.number, "assigner": {"display": issuer_of(application)}}
    return _full(
        {
            "resourceType": "Practitioner",
            "id": "practitioner",
            "identifier": [number] if application.number else [],
            "name": [{"family": application.family_name, "given": [application.given_name]}],
            "qualification": [{"code": _profession(application)}] if application.profession else [],
        }
    )


def _profession(application: Application) -> dict[str, Any]:
    found = application.profession
    if found is None:
        return {}
    return {"coding": [{"system": ISCO, "code": found.code, "display": found.name}], "text": found.name}


def _source(evidence: Evidence) -> dict[str, Any]:
    """Where a piece of evidence came from and how it was judged; never the document or the address itself."""
    failed = evidence.standing in {"refused", "lost"}
    waits = evidence.standing == "offered"
    return {
        "who": {"display": evidence.issuer or evidence.get_kind_display()},
        "type": [
            _code("primary-source-type", "issuer" if evidence.letter == EvidenceClass.DOCUMENT else "auth-source")
        ],
        "communicationMethod": [
            _code("verificationresult-communication-method", _METHOD.get(evidence.letter, "manual"))
        ],
        "validationStatus": _code("validation-status", "failed" if failed else "unknown" if waits else "successful"),
        "validationDate": _instant(evidence.obtained_at),
        "canPushUpdates": _code("can-push-updates", "no"),
    }


def _attestation(application: Application) -> dict[str, Any]:
    day = application.submitted_at.date().isoformat() if application.submitted_at else None
    return {
        "who": {"reference": "#practitioner"},
        "communicationMethod": _code("verificationresult-communication-method", "manual"),
        "date": day,
    }


def _is_source(evidence: Evidence) -> bool:
    return evidence.letter != EvidenceClass.SUPPORTING


def _status_date(application: Application) -> datetime:
    return application.decided_at or application.submitted_at or application.started_at


def _code(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": f"{CODES}{system}", "code": code}]}


def _extension(name: str, value: str) -> dict[str, Any]:
    return {"url": f"{settings.SITE_URL}/fhir/StructureDefinition/{name}", "valueCode": value} if value else {}


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _full(element: dict[str, Any]) -> dict[str, Any]:
    """The element without empty parts."""
    parts = {name: _trimmed(value) for name, value in element.items()}
    return {name: value for name, value in parts.items() if value not in _EMPTY}


def _trimmed(element: Any) -> Any:
    if isinstance(element, dict):
        return _full(element)
    if isinstance(element, list):
        return [part for part in map(_trimmed, element) if part not in _EMPTY]
    return element

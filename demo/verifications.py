"""Gives the demo's members their verification: in force, due, expired, suspended, refused or just begun.

Those who wait in the queue come through the operations, in `desk`.
"""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from community.core.clock import now
from community.credentials.models import CLASS_OF, Application, Decision, Evidence, Kind
from community.credentials.models import Standing as EvidenceStanding
from community.credentials.proof import Level, Seeks
from community.credentials.registers import Register, registers_for
from community.credentials.states import Act, ReasonCode, State
from community.members.models import Member
from demo.diary import Diary
from demo.people import Person

#: What a person's `state` in the content means for the row.
STATES = {
    "verified": State.VERIFIED,
    "learner": State.VERIFIED,
    "due": State.DUE,
    "expired": State.EXPIRED,
    "suspended": State.SUSPENDED,
    "rejected": State.REJECTED,
    "draft": State.DRAFT,
}
REASONS = {
    "verified": ReasonCode.COMPLETE,
    "learner": ReasonCode.COMPLETE,
    "due": ReasonCode.COMPLETE,
    "expired": ReasonCode.LAPSED,
    "suspended": ReasonCode.CONTACT_BOUNCED,
    "rejected": ReasonCode.DOCUMENT_EXPIRED,
}
WAITING = frozenset({"submitted", "in_review", "more_info"})
GRANTED = frozenset({"verified", "learner", "due", "expired", "suspended"})


def make_verifications(
    people: tuple[Person, ...], members: Mapping[str, Member], diary: Diary
) -> dict[str, Application]:
    """Store the episodes of all who do not wait in the queue, with evidence and decision; returns them by handle."""
    chosen = [person for person in people if person.state not in WAITING]
    applications = [_application(person, members[person.handle]) for person in chosen]
    Application.objects.bulk_create(applications)
    granted = [pair for pair in zip(chosen, applications, strict=True) if pair[0].state in GRANTED]
    Evidence.objects.bulk_create([row for person, application in granted for row in _evidence(person, application)])
    Decision.objects.bulk_create([_decision(application, members["verifier"]) for _person, application in granted])
    for _person, application in granted:
        _note(application, members["verifier"], diary)
    return {person.handle: application for person, application in zip(chosen, applications, strict=True)}


def claim_of(person: Person, member: Member) -> dict[str, Any]:
    """What the person states about themselves, with a constructed number of their register."""
    is_learner = person.state == "learner"
    register = register_of(person)
    return {
        "member": member,
        "seeks": Seeks.LEARNER if is_learner else Seeks.CLINICIAN,
        "profession": member.profession,
        "country": member.country,
        "register_slug": "" if is_learner else register.slug,
        "number": "" if is_learner else constructed_number(register, person.handle),
        "given_name": person.given,
        "family_name": person.family,
    }


def register_of(person: Person) -> Register:
    """The register that keeps people of this profession in this country."""
    return registers_for(person.country, person.profession)[0]


def constructed_number(register: Register, key: str) -> str:
    """A number of the right form that nobody was given: the example with other digits in its later half."""
    chance = random.Random(f"{register.slug} {key}")
    kept = len(register.example) // 2
    for _try in range(20_000):
        tail = "".join(chance.choice("0123456789") if c.isdigit() else c for c in register.example[kept:])
        raw = register.example[:kept] + tail
        verdict = register.check(raw)
        if verdict.ok:
            return verdict.normalised
    raise ValueError(f"no number fits the register {register.slug}")


def _application(person: Person, member: Member) -> Application:
    application = Application(**claim_of(person, member), state=STATES[person.state], started_at=member.joined_at)
    application.reason_code = REASONS.get(person.state, "")
    if person.state == "rejected":
        application.submitted_at = member.joined_at + timedelta(days=1)
        application.decided_at = application.submitted_at + timedelta(days=2)
    if person.state in GRANTED:
        application.level = _level(person)
        application.submitted_at = member.joined_at + timedelta(days=1)
        application.verified_at = application.decided_at = member.joined_at + timedelta(days=3)
        application.expires_at = _end(person)
    return application


def _level(person: Person) -> Level:
    if person.state == "learner":
        return Level.LEARNER
    return Level.VERIFIED if register_of(person).can_be_read else Level.VERIFIED_DOCUMENT


def _end(person: Person) -> datetime:
    days = {"due": 24, "expired": -19}.get(person.state)
    return now() + timedelta(days=days if days is not None else random.Random(person.handle).randint(90, 350))


def _evidence(person: Person, application: Application) -> list[Evidence]:
    first = Kind.REGISTER_SEEN if application.level == Level.VERIFIED else Kind.LICENCE
    kinds = [Kind.STUDENT_PROOF] if person.state == "learner" else [first, Kind.INSTITUTION_MAIL]
    moment = application.verified_at or now()
    return [
        Evidence(
            application=application,
            letter=CLASS_OF[kind],
            kind=kind,
            issuer=register_of(person).authority[:120] if kind == Kind.REGISTER_SEEN else person.institution[:120],
            standing=EvidenceStanding.ACCEPTED,
            added_at=moment,
            obtained_at=moment,
            checked_at=now() - timedelta(days=1),
            valid_until=application.expires_at,
        )
        for kind in kinds
    ]


def _decision(application: Application, verifier: Member) -> Decision:
    own = application.member_id == verifier.pk
    return Decision(
        application=application,
        reviewer=None if own else verifier,
        act=Act.VERIFY,
        reason_code=ReasonCode.COMPLETE,
        from_state=State.IN_REVIEW,
        to_state=State.VERIFIED,
        at=application.decided_at or now(),
    )


def _note(application: Application, verifier: Member, diary: Diary) -> None:
    moment = application.decided_at or now()
    facts = {"before": State.IN_REVIEW.value, "after": State.VERIFIED.value, "member": application.member_id}
    diary.note(
        "credentials.application.submitted", moment - timedelta(days=2), by=application.member, target=application
    )
    diary.note("credentials.application.verified", moment, by=verifier, target=application, **facts)

"""People who know a clinician's public register entry and nothing else, and a verifier who says yes to all."""

from collections import Counter
from contextlib import suppress
from typing import Any

from community.core import limits
from community.core.actors import SYSTEM
from community.core.errors import Boundary
from community.credentials.models import Application, RegisterEntry
from community.credentials.operations import (
    Claim,
    ask_code,
    ask_peer,
    claim_application,
    decide_application,
    enter_code,
    flag_same_number,
    match_register,
    save_claim,
    save_registration,
    second_decision,
    start_application,
    submit_application,
)
from community.credentials.operations.control import issue_code
from community.credentials.policies import may_post
from community.credentials.queries import applications_in_force
from community.credentials.states import Act, ReasonCode
from community.members.models import Country, Member, Profession
from community.members.operations import join
from tests.factories.credentials import RegisterEntryFactory, make_verifier, npi

GUESSES = ("00000000", "12345678", "11111111", "87654321", "20071231", "00000001")


def publish_entry(serial: int, given: str, family: str) -> RegisterEntry:
    """What anybody can read: a name, a number, a profession, an active state."""
    return RegisterEntryFactory(number=npi(serial), given_name=given, family_name=family)


def sign_up_and_apply(entry: RegisterEntry) -> Application:
    """Everything somebody can do with that entry. What is refused on the way is the attacker's business."""
    limits.forget_all()  # A patient attacker: the rate limits are not what this is about.
    member = join(
        Member(
            email=f"impostor-{entry.number}@elsewhere.example",
            profession=Profession.objects.get(code="2212"),
            country=Country.objects.get(code="US"),
        ),
        by=SYSTEM,
        given_name=entry.given_name,
        family_name=entry.family_name,
    )
    application = start_application(member, by=member)
    claim = Claim("clinician", entry.given_name, entry.family_name, member.profession, member.country)
    save_claim(application, claim, by=member)
    save_registration(application, register_slug="npi", number=entry.number, by=member)
    for address in ("doctor@gmail.com", "physician@my-own-clinic.example", "physician@big-hospital.example"):
        _guess_code(application, address, member)
    for handle in ("ada-obi", "verifier", "nobody"):
        ask_peer(application, handle=handle, by=member)
    return submit_application(application, by=member)


def outcome(applications: list[Application]) -> dict[str, Any]:
    """What becomes of them when the worker has read the register and two careless verifiers agree to everything."""
    first, second = make_verifier(), make_verifier()
    matched = sum(match_register(each, by=SYSTEM) is not None for each in applications)
    for each in applications:
        flag_same_number(each, by=SYSTEM)
        with suppress(Boundary):
            claim_application(each, by=first)
            decide_application(each, act=Act.VERIFY, reason=ReasonCode.COMPLETE, by=first)
        with suppress(Boundary):
            second_decision(each, agree=True, by=second)
    states = Counter(Application.objects.values_list("state", flat=True))
    return {
        "register_matches": matched,
        "verified": applications_in_force().count(),
        "may_post": sum(bool(may_post(each.member)) for each in applications),
        "states": dict(states),
    }


def _guess_code(application: Application, address: str, member: Member) -> None:
    """The address that is the impostor's own does get its code: here it is even known. Its domain is not."""
    with suppress(Boundary):
        challenge = ask_code(application, address=address, by=member)
        issue_code(challenge.pk)
        challenge.refresh_from_db()
        for guess in GUESSES:
            enter_code(challenge, code=guess, by=member)

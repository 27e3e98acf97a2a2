"""Applications, register entries and evidence as tests need them, made through the same operations as in life."""

import io
from datetime import timedelta
from typing import Any

import factory
import pillow_heif
from PIL import Image

from community.core.clock import now
from community.credentials.models import (
    CLASS_OF,
    Application,
    Evidence,
    Kind,
    RegisterEntry,
    RegisterImport,
    Standing,
)
from community.credentials.operations import submit_application
from community.credentials.proof import Level, Seeks, lifetime_of
from community.credentials.states import State
from community.members.models import Country, Member, Profession
from community.members.operations.joining import CONDUCT_VERSION
from tests.factories.members import MemberFactory

PHYSICIAN = "2212"


def make_member(given: str = "Ines", family: str = "Duarte", **fields: Any) -> Member:
    """A member who has agreed to the code of conduct and says what they practise."""
    fields.setdefault("profession", Profession.objects.get(code=PHYSICIAN))
    fields.setdefault("country", Country.objects.get(code="US"))
    return MemberFactory(
        given_name=given, family_name=family, name=f"{given} {family}", conduct_version=CONDUCT_VERSION, **fields
    )


def make_verifier(**fields: Any) -> Member:
    return make_member("Vera", "Prüfer", in_groups=["Verifiers"], **fields)


def npi(serial: int) -> str:
    """A constructed NPI of the right form: nine digits and the check digit over 80840 and them."""
    nine = f"1{serial:08d}"
    doubled = [int(digit) * 2 if index % 2 == 0 else int(digit) for index, digit in enumerate(reversed(nine))]
    total = 24 + sum(value - 9 if value > 9 else value for value in doubled)
    return f"{nine}{-total % 10}"


class RegisterEntryFactory(factory.django.DjangoModelFactory[RegisterEntry]):
    """An active physician in the imported NPI register."""

    class Meta:
        model = RegisterEntry

    register = "npi"
    number = factory.Sequence(lambda n: npi(50_000 + n))
    given_name = "Ines"
    family_name = "Duarte"
    codes = "207R00000X"
    status = RegisterEntry.Status.ACTIVE
    changed_in = factory.LazyFunction(
        lambda: RegisterImport.objects.create(register="npi", kind="nppes", file_name="test.csv", digest="0" * 64)
    )
    checksum = 0


def make_application(member: Member | None = None, **fields: Any) -> Application:
    """A draft with a complete claim and a number of the right form."""
    member = member or make_member()
    values = {
        "seeks": Seeks.CLINICIAN,
        "profession": member.profession,
        "country": member.country,
        "given_name": member.given_name,
        "family_name": member.family_name,
        "register_slug": "npi",
        "number": npi(90_000 + member.pk),
    }
    return Application.objects.create(member=member, **(values | fields))


def add_evidence(application: Application, kind: str, standing: str = Standing.ACCEPTED, **fields: Any) -> Evidence:
    """A piece of evidence without a file."""
    letter, moment = CLASS_OF[kind], now()
    fields.setdefault("valid_until", lifetime_of(letter, moment) if standing == Standing.ACCEPTED else None)
    return Evidence.objects.create(application=application, letter=letter, kind=kind, standing=standing, **fields)


def make_verified(
    member: Member | None = None, *, days: int = 365, since_days: int = 120, level: str = Level.VERIFIED, **fields: Any
) -> Application:
    """An approval in force, with a register match and an address behind it."""
    moment = now()
    application = make_application(
        member,
        state=State.VERIFIED,
        level=level,
        verified_at=moment - timedelta(days=since_days),
        decided_at=moment - timedelta(days=since_days),
        expires_at=moment + timedelta(days=days),
        **fields,
    )
    add_evidence(application, Kind.REGISTER_BULK, checked_at=moment, valid_until=moment + timedelta(days=days))
    add_evidence(application, Kind.INSTITUTION_MAIL, valid_until=moment + timedelta(days=days))
    return application


def submit(application: Application, run_jobs: Any = None) -> Application:
    """Hand it over, and let the worker read the register."""
    submit_application(application, by=application.member)
    if run_jobs:
        run_jobs()
    application.refresh_from_db()
    return application


def photo(size: tuple[int, int] = (600, 400), form: str = "JPEG") -> bytes:
    """A picture that looks like nothing."""
    pillow_heif.register_heif_opener()
    target = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(target, form)
    return target.getvalue()

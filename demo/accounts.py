"""Makes the demo's members and tells how to sign in as each persona."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from babel.core import get_global
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.crypto import salted_hmac

from community.members.identifiers import time_zones
from community.members.models import Country, Member, Profession, Specialty
from community.members.operations.joining import CONDUCT_VERSION
from demo.diary import Diary
from demo.people import GROUPS, PERSONAS, Person

KNOWN_PASSWORD = "collegium-demo"  # noqa: S105 - known on purpose, and only where COLLEGIUM_DEMO is on
STAFF = frozenset({"moderator", "verifier", "editor", "admin"})
ADMINISTRATORS = frozenset({"admin"})
CROWDED = {
    "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo",
    "CA": "America/Toronto", "CN": "Asia/Shanghai", "ES": "Europe/Madrid", "MX": "America/Mexico_City",
    "NZ": "Pacific/Auckland", "PT": "Europe/Lisbon", "UA": "Europe/Kyiv", "US": "America/New_York",
    "UZ": "Asia/Tashkent", "IN": "Asia/Kolkata", "VN": "Asia/Ho_Chi_Minh", "NP": "Asia/Kathmandu",
}  # fmt: skip


def password() -> str:
    """The password of all personas: a known one where this is a demo, else a secret one of this install."""
    return KNOWN_PASSWORD if settings.COLLEGIUM_DEMO else salted_hmac("demo", "password").hexdigest()


def make_members(people: tuple[Person, ...], joined: Mapping[str, datetime], diary: Diary) -> dict[str, Member]:
    """Store everybody; returns them by handle."""
    hashed = make_password(password())
    professions = {row.code: row for row in Profession.objects.all()}
    countries = {row.code: row for row in Country.objects.all()}
    members = [
        _member(person, joined[person.handle], professions[person.profession], countries[person.country], hashed)
        for person in people
    ]
    Member.objects.bulk_create(members)
    _give_specialties(people, members)
    _confirm_addresses(members)
    _put_in_groups(members)
    for member in members:
        diary.note("members.member.joined", member.joined_at, by=member, target=member)
    return {member.handle: member for member in members}


def zone_of(country: str) -> str:
    """A time zone of a country: the one where most people live, as far as that is not the first in the alphabet."""
    zones = get_global("territory_zones").get(country) or ["UTC"]
    return CROWDED.get(country) or next((zone for zone in zones if zone in time_zones()), "UTC")


def lines() -> list[str]:
    """One line for each persona: address, password, what it shows."""
    secret = password()
    told = [f"  {handle + '@demo.example':<24} {secret}   {what}" for handle, what in PERSONAS.items()]
    return ["Demo accounts (invented people; sign in with address and password):", *told]


def _member(person: Person, joined: datetime, profession: Profession, country: Country, hashed: str) -> Member:
    declared = None if person.state in {"draft", "submitted"} else (joined + timedelta(days=2)).date()
    return Member(
        email=person.email,
        password=hashed if person.is_persona else make_password(None),
        handle=person.handle,
        name=f"{person.given} {person.family}",
        given_name=person.given,
        family_name=person.family,
        profession=profession,
        country=country,
        subdivision=person.subdivision,
        time_zone=zone_of(person.country),
        languages=list(person.languages),
        institution=person.institution,
        interests=person.interests,
        bio="",
        coi_none=person.conflicts == "none",
        coi_statement="" if person.conflicts == "none" else person.conflicts,
        coi_declared_on=declared,
        listed=person.state in {"verified", "due", "learner"} and person.handle not in ADMINISTRATORS,
        conduct_version=CONDUCT_VERSION,
        is_staff=person.handle in STAFF,
        is_superuser=person.handle in ADMINISTRATORS,
        joined_at=joined,
    )


def _give_specialties(people: tuple[Person, ...], members: list[Member]) -> None:
    known = {specialty.slug: specialty for specialty in Specialty.objects.all()}
    through = Member.specialties.through
    rows = [
        through(member_id=member.pk, specialty_id=known[slug].pk)
        for person, member in zip(people, members, strict=True)
        for slug in person.specialties
    ]
    through.objects.bulk_create(rows)


def _confirm_addresses(members: list[Member]) -> None:
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in members]
    )


def _put_in_groups(members: list[Member]) -> None:
    for member in members:
        for name in GROUPS.get(member.handle, ()):
            member.groups.add(Group.objects.get_or_create(name=name)[0])

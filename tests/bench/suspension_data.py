"""What the benchmark of suspensions needs in the database, and the two ways in which it ends a right."""

import tempfile
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from community.core.clock import now
from community.credentials.models import Application, RegisterEntry, RegisterImport
from community.credentials.operations import suspend_credential
from community.credentials.proof import Level
from community.credentials.states import ReasonCode, State
from community.members.models import VERIFIERS, Member, Profession
from community.members.operations.joining import CONDUCT_VERSION
from forums.models import Space
from forums.operations import open_thread
from forums.writing import Words
from tests.bench import nppes

FIRST_SERIAL = {"suspension": 1_000, "deactivation": 2_000}


def people(end: str, count: int) -> list[Member]:
    """Members with an NPI entry and a verification in force."""
    profession = Profession.objects.get(code="2211")
    load = RegisterImport.objects.create(register="npi", kind="nppes", file_name="bench", digest="0" * 64)
    found = []
    for number in range(count):
        npi, name = nppes.npi(FIRST_SERIAL[end] + number), f"{end}-{number}"
        member = _member(name, profession)
        RegisterEntry.objects.create(
            register="npi", number=npi, given_name="BENCH", family_name=end.upper(), country="US",
            status=RegisterEntry.Status.ACTIVE, codes="207Q00000X", changed_in=load, checksum=0,
        )  # fmt: skip
        _verify(member, npi)
        found.append(member)
    return found


def verifier() -> Member:
    member = _member("verifier-of-bench", Profession.objects.get(code="2211"))
    _verify(member, "")
    member.groups.add(Group.objects.get_or_create(name=VERIFIERS)[0])
    return Member.objects.get(pk=member.pk)


def threads(by: Member) -> list[dict[str, str]]:
    """One that everybody may read, and one that only verified members may."""
    return [_thread(by, audience) for audience in ("public", "verified")]


def sessions(members: list[Member]) -> list[str]:
    keys = []
    for member in members:
        session = SessionStore()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.create()
        keys.append(str(session.session_key))
    return keys


def suspension(member: Member, by: Member) -> None:
    suspend_credential(Application.objects.get(member=member), reason=ReasonCode.NUMBER_CONTESTED, by=by)


def deactivation(member: Member, by: Member) -> None:
    """The command that an operator runs, on a report that lists one number."""
    number = Application.objects.get(member=member).number
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "deactivated.csv"
        report.write_text(f'"NPI","NPPES Deactivation Date"\n"{number}","03/04/2024"\n')
        call_command("import_register", "nppes-deactivated", str(report), quiet=True, stdout=report.open("a"))


def _member(name: str, profession: Profession) -> Member:
    return Member.objects.create(
        email=f"{name}@bench.example", handle=name, name=name, given_name="Bench", family_name=name,
        profession=profession, conduct_version=CONDUCT_VERSION,
    )  # fmt: skip


def _verify(member: Member, npi: str) -> None:
    moment = now()
    Application.objects.create(
        member=member, profession=member.profession, register_slug="npi" if npi else "", number=npi,
        given_name=member.given_name, family_name=member.family_name, state=State.VERIFIED, level=Level.VERIFIED,
        decided_at=moment, verified_at=moment, expires_at=moment + timedelta(days=300),
    )  # fmt: skip


def _thread(by: Member, audience: str) -> dict[str, str]:
    space = Space.objects.create(
        slug=f"bench-{audience}", name=f"Bench {audience}", kind="topic", purpose="Load.", audience=audience
    )
    words = Words("Who audits this?", "question", f"Audit, {audience}", ())
    thread = open_thread(space, by=by, words=words, client_key=uuid.uuid4()).thread
    return {"key": thread.public_id, "path": thread.get_absolute_url()}

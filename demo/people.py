"""Reads `content/members.psv`: the invented people of the demo, one line each."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).resolve().parent / "content"
DOMAIN = "demo.example"

#: Those whose accounts are printed, in the order of `contracts.md`, with what each is there to show.
PERSONAS = {
    "applicant": "not verified, waiting",
    "member": "verified physician",
    "nurse": "verified nurse, another region",
    "learner": "student",
    "expired": "verification ran out",
    "suspended": "verification suspended",
    "presenter": "verified, holds webinars",
    "moderator": "decides on reports and held posts",
    "verifier": "decides on applications",
    "editor": "edits pages and spaces",
    "admin": "may do everything",
}
GROUPS = {"moderator": ("Moderators",), "verifier": ("Verifiers",), "editor": ("Editors", "Reviewers")}


@dataclass(frozen=True)
class Person:
    """An invented person. `state` is where their verification stands; `conflicts` is "none" or a statement."""

    handle: str
    given: str
    family: str
    profession: str
    specialties: tuple[str, ...]
    country: str
    subdivision: str
    languages: tuple[str, ...]
    institution: str
    state: str
    interests: str
    conflicts: str

    @property
    def email(self) -> str:
        return f"{self.handle}@{DOMAIN}" if self.is_persona else f"{self.handle}@people.{DOMAIN}"

    @property
    def is_persona(self) -> bool:
        return self.handle in PERSONAS


@cache
def people() -> tuple[Person, ...]:
    """Everybody, personas first."""
    with (CONTENT / "members.psv").open(encoding="utf-8", newline="") as lines:
        return tuple(_person(row) for row in csv.DictReader(lines, delimiter="|"))


def _person(row: dict[str, str]) -> Person:
    return Person(
        row["handle"],
        row["given"],
        row["family"],
        row["profession"],
        tuple(row["specialties"].split()),
        row["country"],
        row["subdivision"],
        tuple(row["languages"].split()),
        row["institution"],
        row["state"],
        row["interests"],
        row["conflicts"],
    )

"""The twelve who ask, in the order of contracts.md; every row of the table has one letter for each."""

from typing import Any

from community.credentials.proof import Level
from community.credentials.states import State
from community.members.models import EDITORS, MODERATORS, VERIFIERS, Member, Profession
from tests.factories.credentials import make_application, make_member, make_verified

PERSONAS = (
    "visitor",
    "applicant",
    "member",
    "nurse",
    "learner",
    "expired",
    "suspended",
    "presenter",
    "moderator",
    "verifier",
    "editor",
    "admin",
)


def make_personas() -> dict[str, Member | None]:
    """All twelve; the staff have their second factor."""
    nurse = Profession.objects.get(code="2221")
    return {
        "visitor": None,
        "applicant": make_application(_member("applicant")).member,
        "member": make_verified(_member("member")).member,
        "nurse": make_verified(_member("nurse", profession=nurse)).member,
        "learner": make_verified(_member("learner"), level=Level.LEARNER).member,
        "expired": make_verified(_member("expired"), days=-1, since_days=400).member,
        "suspended": _suspended(),
        "presenter": make_verified(_member("presenter")).member,
        "moderator": make_verified(_staff("moderator", MODERATORS)).member,
        "verifier": _staff("verifier", VERIFIERS),
        "editor": _staff("editor", EDITORS, is_staff=True),
        "admin": _staff("admin", is_staff=True, is_superuser=True),
    }


def _member(name: str, **fields: Any) -> Member:
    return make_member("Persona", name.title(), email=f"{name}@demo.example", handle=f"the-{name}", **fields)


def _staff(name: str, *groups: str, **fields: Any) -> Member:
    return _member(name, in_groups=groups, **fields)


def _suspended() -> Member:
    application = make_verified(_member("suspended"))
    application.state = State.SUSPENDED
    application.save(update_fields=["state"])
    return application.member

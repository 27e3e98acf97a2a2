"""Myth checks, bulletins and people on duty, made through the same operations as in life."""

from datetime import timedelta
from typing import Any

from community.core.clock import now
from community.knowledge.models import BulletinPage, Duty, MythPage
from community.knowledge.operations.bulletins import draft_bulletin, release_bulletin, sign_bulletin
from community.knowledge.operations.myths import draft_myth, publish_myth, review_myth
from community.members.models import Member
from tests.factories.credentials import make_member, make_verified

MYTH = {
    "title": "Artemisia tea is not a treatment for malaria",
    "fact": "Malaria is treated with a measured combination; a tea holds no dependable dose.",
    "claim": "Artemisia tea cures malaria <just> as well & fast",
    "verdict": "misleading",
    "why": "The amount in leaves varies, and little passes into a tea.",
    "practical": "Test every fever.\nAsk about teas without blame.",
    "sources": "WHO: Guidelines for malaria | https://www.who.int/publications/i/item/guidelines-for-malaria",
}
BULLETIN = {
    "title": "Measles: three clusters",
    "severity": "warning",
    "audience": "public",
    "known": "Laboratories have confirmed measles in two districts.",
    "unknown": "How far it has spread.",
    "being_done": "Vaccination teams are on their way.",
    "trust": "Two laboratories agree.",
    "sources": "",
    "consequences": "Wards fill within two weeks.",
    "contacts": "The immunisation desk of your district.",
    "who_regions": "",
    "is_drill": False,
}


def on_duty(**fields: Any) -> Member:
    """A member on the duty roster."""
    member = make_member("Dora", "Diensthabend", **fields)
    Duty.objects.create(member=member)
    return member


def bulletin_values(**changes: Any) -> dict[str, Any]:
    moment = now()
    return {
        **BULLETIN,
        "known_since": moment - timedelta(minutes=90),
        "next_update_at": moment + timedelta(hours=6),
        "expires_at": moment + timedelta(hours=72),
        "steps": [{"role": "everybody", "do": "Isolate\nThink of measles", "dont": "Do not wait"}],
        **changes,
    }


def make_bulletin(first: Member, second: Member, **changes: Any) -> BulletinPage:
    """A bulletin that two people released."""
    page = draft_bulletin(by=first, values=bulletin_values(**changes))
    sign_bulletin(page, by=first)
    release_bulletin(page, by=second)
    page.refresh_from_db()
    return page


def make_myth(writer: Member, **changes: Any) -> MythPage:
    """A myth check that two reviewers agreed to."""
    page = draft_myth(by=writer, values={**MYTH, **changes})
    for _number in range(2):
        review_myth(page, by=make_verified().member, agrees=True, no_conflict=True)
    return publish_myth(page, by=writer)

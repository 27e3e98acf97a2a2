"""Writes the demo's duty roster and bulletins, once. The past is quiet: nobody is told."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction

from community.core.clock import now
from community.core.models import Attempt
from community.knowledge.models import BulletinPage, Duty
from community.knowledge.operations.bulletins import draft_bulletin, release_bulletin, save_bulletin, sign_bulletin
from community.members.models import Member, Profession
from demo.people import CONTENT

ON_DUTY = {"editor": "lead", "moderator": "Europe", "presenter": "Americas", "samuel": "Africa", "ingrid": "laboratory"}
WORDS = (
    "title", "severity", "audience", "known", "unknown", "being_done", "trust", "sources", "consequences", "contacts",
    "who_regions",
)  # fmt: skip
#: A demo is looked at for weeks.
LASTS = timedelta(days=60)


@cache
def content() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "bulletins.toml").read_text(encoding="utf-8"))


@transaction.atomic
def make_bulletins(members: Mapping[str, Member]) -> int:
    """Write the roster and the bulletins that are missing; returns how many bulletins."""
    for handle, part in ON_DUTY.items():
        Duty.objects.get_or_create(member=members[handle], defaults={"part": part})
    known = set(BulletinPage.objects.values_list("title", flat=True))
    last = Attempt.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    missing = [told for told in content()["bulletin"] if told["title"] not in known]
    for told in missing:
        _bulletin(told, members)
    Attempt.objects.filter(pk__gt=last, job="community.core.events.deliver").delete()
    return len(missing)


def _bulletin(told: Mapping[str, Any], members: Mapping[str, Member]) -> None:
    began = now() - timedelta(hours=told["hours_ago"])
    signer, second = members[told["signed"]], members[told["second"]]
    page = draft_bulletin(by=signer, values=_values(told, began))
    sign_bulletin(page, by=signer)
    release_bulletin(page, by=second)
    if "correction" in told:
        save_bulletin(page, by=second, values=told["correction"])
        sign_bulletin(page, by=second)
        release_bulletin(page, by=signer)
    first = began + timedelta(minutes=told["minutes_to_first"])
    dates: dict[str, Any] = {"first_released_at": first, "first_published_at": first}
    if "lasts_hours" in told:
        dates |= {"last_published_at": first, "expires_at": began + timedelta(hours=told["lasts_hours"])}
    BulletinPage.objects.filter(pk=page.pk).update(**dates)


def _values(told: Mapping[str, Any], began: datetime) -> dict[str, Any]:
    empty = {"do": "", "dont": ""}
    return {
        **{name: told[name] for name in WORDS},
        "is_drill": told.get("drill", False),
        "known_since": began,
        "next_update_at": now() + timedelta(hours=12),
        "expires_at": now() + LASTS,
        "steps": [{**empty, **step} for step in told["steps"]],
        "professions": list(Profession.objects.filter(code__in=told.get("professions", []))),
    }

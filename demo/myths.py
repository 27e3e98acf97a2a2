"""Writes the demo's myth checks and rumours, once. The past is quiet: nobody is told."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import transaction

from community.core.clock import now
from community.core.models import Attempt
from community.knowledge.models import Hearing, MythPage, MythReview, Rumour, Telling
from community.knowledge.operations.myths import HOLDS_FOR, draft_myth, publish_myth, review_myth
from community.members.models import Member, Specialty
from demo.people import CONTENT

WORDS = ("title", "fact", "claim", "verdict", "why", "practical", "sources", "heard")


@cache
def content() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "myths.toml").read_text(encoding="utf-8"))


@transaction.atomic
def make_myths(members: Mapping[str, Member]) -> int:
    """Write the checks and rumours that are missing; returns how many."""
    known = set(MythPage.objects.values_list("title", flat=True)) | set(
        Rumour.objects.values_list("headline", flat=True)
    )
    last = Attempt.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    myths = [told for told in content()["myth"] if told["title"] not in known]
    rumours = [told for told in content()["rumour"] if told["headline"] not in known]
    for told in rumours:
        _rumour(told, members)
    for told in myths:
        _myth(told, members)
    Attempt.objects.filter(pk__gt=last, job="community.core.events.deliver").delete()
    return len(myths) + len(rumours)


def _myth(told: Mapping[str, Any], members: Mapping[str, Member]) -> None:
    rumour = Rumour.objects.filter(headline=told.get("rumour", "")).first()
    values = {name: told[name] for name in WORDS}
    values["specialties"] = list(Specialty.objects.filter(slug__in=told["specialties"]))
    page = draft_myth(by=members["editor"], values=values, rumour=rumour)
    for handle in told["agree"]:
        review_myth(page, by=members[handle], agrees=True, no_conflict=True)
    if "dissent" in told:
        handle, note = told["dissent"]
        review_myth(page, by=members[handle], agrees=False, note=note, no_conflict=True)
    if told.get("draft"):
        return
    publish_myth(page, by=members["editor"])
    at = now() - timedelta(days=told["age"])
    MythReview.objects.filter(page=page).update(at=at - timedelta(days=1))
    dates = {"first_published_at": at, "last_published_at": at, "checked_on": at.date()}
    MythPage.objects.filter(pk=page.pk).update(review_due=at.date() + HOLDS_FOR, **dates)


def _rumour(told: Mapping[str, Any], members: Mapping[str, Member]) -> None:
    moment = now()
    rumour = Rumour.objects.create(headline=told["headline"], first_at=moment - timedelta(days=12), last_at=moment)
    first, wordings = told["heard"][0], told["wordings"]
    for handle, text in [(first, told["headline"]), *wordings]:
        Telling.objects.create(rumour=rumour, text=text, channel=told["channel"], by=members[handle])
    heard = [(members[handle], moment - timedelta(days=number)) for number, handle in enumerate(told["heard"])]
    Hearing.objects.bulk_create(
        Hearing(rumour=rumour, member=member, country=member.country, at=at) for member, at in heard
    )

"""How many registered, took part and watched, for editors: counts without small cells, never names.

Who took part is whoever said something in the room, asked, or answered a poll; nothing records who only listened.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from community.members.models import Country, Profession
from webinars.models import (
    PollAnswer,
    Progress,
    Question,
    Registration,
    RegistrationState,
    RoomEvent,
    Webinar,
    WebinarState,
)
from webinars.tallying import SMALL, suppressed

COUNTED = ("registered", "waiting", "wrote", "asked", "voted", "watched")
FEW = f"< {SMALL}"


@dataclass(frozen=True)
class Bars:
    """A count for each group of those registered, largest first; None where a cell is small."""

    title: str
    rows: list[tuple[str, int | None]]


def webinars_with_figures() -> "QuerySet[Webinar]":
    """All that were published, newest first, with the counts of COUNTED."""
    places = Registration.objects.filter(webinar=OuterRef("pk"))
    lines = RoomEvent.objects.filter(room__webinar=OuterRef("pk"), verb="chat.said")
    counts = {
        "registered": _number(places.filter(state=RegistrationState.REGISTERED), "webinar"),
        "waiting": _number(places.filter(state__in=[RegistrationState.WAITING, RegistrationState.ASKED]), "webinar"),
        "wrote": _number(lines, "room__webinar", "sender"),
        "asked": _number(Question.objects.filter(webinar=OuterRef("pk")), "webinar", "author"),
        "voted": _number(PollAnswer.objects.filter(poll__webinar=OuterRef("pk")), "poll__webinar", "member"),
        "watched": _number(Progress.objects.filter(webinar=OuterRef("pk")), "webinar", "member"),
    }
    published = Webinar.objects.exclude(state=WebinarState.DRAFT)
    return published.select_related("series", "organiser").annotate(**counts).order_by("-starts_at", "-id")


def told(count: int) -> str:
    """A count as it may be shown: small ones only as such."""
    return str(count) if count >= SMALL else FEW


def bars_of(webinar: Webinar) -> list[Bars]:
    """Those with a place, by profession, by region of the world and by country, as their profiles say."""
    places = webinar.registrations.filter(state=RegistrationState.REGISTERED)
    facts = places.values_list("member__profession__code", "member__country__who_region", "member__country__code")
    rows = list(facts)
    professions = Profession.objects.all().names()
    countries = Country.objects.all().names()
    regions = {code: str(label) for code, label in Country._meta.get_field("who_region").flatchoices}
    return [
        _bars(_("By profession"), (row[0] for row in rows), professions),
        _bars(_("By region of the world"), (row[1] for row in rows), regions),
        _bars(_("By country"), (row[2] for row in rows), countries),
    ]


def _bars(title: str, keys: Iterable[str | None], names: dict[str, str]) -> Bars:
    counts = Counter(names.get(key or "", _("not told")) for key in keys)
    shown = suppressed(dict(counts))
    return Bars(title, sorted(shown.items(), key=lambda row: (row[1] is None, -(row[1] or 0), row[0])))


def _number(rows: "QuerySet[Any]", webinar: str, of: str = "pk") -> Coalesce:
    """So many different `of` for each webinar, without a join that would multiply the others."""
    found = rows.order_by().values(webinar).annotate(n=Count(of, distinct=True)).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), Value(0))

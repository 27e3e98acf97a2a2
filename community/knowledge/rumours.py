"""Rumours and myth checks as the inbox, the desk and notices read them: what is heard most, what waits for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from community.core.audiences import Viewer
from community.core.clock import now
from community.knowledge.models import ClaimVerdict, Hearing, MythPage, Rumour, RumourState, Sorting, Telling
from community.knowledge.models.myths import REVIEWERS_NEEDED
from community.knowledge.nearness import likeness
from community.knowledge.operations.myths import latest_myth, writers_of
from community.knowledge.policies.myths import may_see_myth_desk
from community.knowledge.policies.sorting import OPEN
from community.members.models import WhoRegion
from community.members.panels import register_export
from community.notifications.targets import register_target

SHOWN = 100
#: So many are offered to be put together with a rumour.
OFFERED = 12
#: Nothing happens to these any more.
CLOSED = (RumourState.SET_ASIDE, RumourState.MERGED)
#: A rumour's weight halves in this time without being heard again.
HALF_LIFE = timedelta(days=21)
#: Another WHO region weighs as much as this many more members.
REGION_WEIGHT = 3
NOT_SHOWN = Q(live=False) | Q(has_unpublished_changes=True)


def register() -> None:
    """Called once, when the models are ready."""
    register_target("knowledge.mythpage", lines_for)
    register_export("rumours", own_data)


def priority(heard: int, regions: int, last_at: datetime, at: datetime) -> float:
    """How soon a rumour should be checked: who heard it and in how many WHO regions, fading with time. Pure."""
    age = max(timedelta(0), at - last_at)
    return float((heard + REGION_WEIGHT * max(0, regions - 1)) * 0.5 ** (age / HALF_LIFE))


@dataclass(frozen=True)
class Heard:
    """A rumour as the inbox shows it."""

    rumour: Rumour
    count: int
    regions: list[str]
    weight: float
    is_mine: bool
    wordings: list[str]


def inbox(member: Any, *, states: Collection[str] = (RumourState.WAITING, RumourState.TAKEN_UP)) -> list[Heard]:
    """The open rumours, those first that should be checked first."""
    rumours = Rumour.objects.filter(state__in=states).select_related("page").prefetch_related("tellings")
    found = list(rumours.annotate(heard=Count("hearings")).order_by("-last_at")[:SHOWN])
    regions = _regions_of(found)
    mine = set(Hearing.objects.filter(member=member, rumour__in=found).values_list("rumour_id", flat=True))
    moment = now()
    rows = [
        Heard(
            rumour,
            rumour.heard,  # type: ignore[attr-defined]
            regions.get(rumour.pk, []),
            priority(rumour.heard, len(regions.get(rumour.pk, [])), rumour.last_at, moment),  # type: ignore[attr-defined]
            rumour.pk in mine,
            sorted({each.text for each in rumour.tellings.all()} - {rumour.headline}),
        )
        for rumour in found
    ]
    return sorted(rows, key=lambda row: -row.weight)


def _regions_of(rumours: Collection[Rumour]) -> dict[int, list[str]]:
    rows = Hearing.objects.filter(rumour__in=rumours).exclude(country=None).exclude(country__who_region="")
    found: dict[int, list[str]] = {}
    for pk, code in rows.order_by("country__who_region").values_list("rumour_id", "country__who_region").distinct():
        found.setdefault(pk, []).append(str(WhoRegion(code).label))
    return found


def rumour_at(public_id: str) -> Rumour | None:
    """An open rumour, which every member may see."""
    return Rumour.objects.filter(public_id=public_id).exclude(state__in=CLOSED).first()


@dataclass(frozen=True)
class Alike:
    """Another open rumour, and how like its wordings are: from 0 to 1."""

    rumour: Rumour
    likeness: float


def rumour_to_sort(public_id: str) -> Rumour | None:
    """A rumour in any state: who sorts also looks at what was put together."""
    return Rumour.objects.filter(public_id=public_id).prefetch_related("tellings__by").first()


def alike(rumour: Rumour) -> list[Alike]:
    """The open rumours that may be the same one, the most like first."""
    own = [each.text for each in rumour.tellings.all()] or [rumour.headline]
    others = Rumour.objects.filter(state__in=OPEN).exclude(pk=rumour.pk).prefetch_related("tellings")
    found = [
        Alike(other, max(likeness(one, each) for one in own for each in _wordings(other)))
        for other in others.order_by("-last_at")[:SHOWN]
    ]
    return sorted(found, key=lambda each: -each.likeness)[:OFFERED]


def sortings_of(rumour: Rumour) -> list[Sorting]:
    """What was put together with this rumour or parted from it, the newest first."""
    rows = Sorting.objects.filter(Q(source=rumour) | Q(target=rumour))
    return list(rows.select_related("source", "target", "by")[:SHOWN])


def sorting_at(rumour: Rumour, public_id: str) -> Sorting | None:
    return Sorting.objects.filter(Q(source=rumour) | Q(target=rumour), public_id=public_id).first()


def _wordings(rumour: Rumour) -> list[str]:
    return [each.text for each in rumour.tellings.all()] or [rumour.headline]


def rumours_waiting() -> int:
    return Rumour.objects.filter(state=RumourState.WAITING).count()


@dataclass(frozen=True)
class Checking:
    """A draft on the desk: how many agree to its present words, and what this member did and may do."""

    page: MythPage
    agree: int
    disagree: int
    has_reviewed: bool
    is_writer: bool

    @property
    def missing(self) -> int:
        return max(0, REVIEWERS_NEEDED - self.agree)


def drafts(member: Any) -> list[Checking]:
    """Myth checks whose newest words are not shown yet, the oldest first."""
    pages = MythPage.objects.filter(Q(live=False) | Q(has_unpublished_changes=True)).order_by(
        "latest_revision_created_at"
    )
    return [checking(page, member) for page in pages[:SHOWN]]


def checking(page: MythPage, member: Any) -> Checking:
    draft = latest_myth(page)
    reviews = list(draft.standing_reviews())
    agree = sum(review.agrees for review in reviews)
    own = any(review.reviewer_id == member.pk for review in reviews)
    return Checking(draft, agree, len(reviews) - agree, own, member.pk in writers_of(page))


def reviewers_missing() -> int:
    """How many drafts wait for a reviewer."""
    pages = MythPage.objects.filter(NOT_SHOWN)[:SHOWN]
    return sum(not latest_myth(page).may_go_live() for page in pages)


def reviews_due() -> int:
    """How many published checks are older than they should be."""
    return MythPage.objects.live().filter(review_due__lte=now().date()).count()  # type: ignore[no-any-return]


def myth_at(slug: str) -> MythPage | None:
    """A myth check or its draft; the caller has asked whether the viewer may see the desk."""
    return MythPage.objects.filter(slug=slug).first()  # type: ignore[no-any-return]


def verdict_counts(viewer: Viewer) -> list[tuple[str, str, int]]:
    """Value, name and number of the published checks of each verdict that has any."""
    rows = MythPage.objects.visible_to(viewer).order_by().values_list("verdict").annotate(number=Count("pk"))
    counts = dict(rows)
    return [(value, str(label), counts[value]) for value, label in ClaimVerdict.choices if counts.get(value)]


def lines_for(viewer: Viewer, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Page id → title and address, of the checks this viewer may read or review."""
    pages = MythPage.objects.visible_to(viewer).filter(pk__in=list(ids))
    lines = {str(page.pk): (page.title, page.url or "/") for page in pages}
    if may_see_myth_desk(viewer.member):
        others = MythPage.objects.filter(pk__in=set(ids) - set(lines))
        lines |= {str(page.pk): (page.title, reverse("myth-review", args=[page.slug])) for page in others}
    return lines


def own_data(member: Any) -> dict[str, Any]:
    """What this keeps about a member, for their download."""
    return {
        "told": list(Telling.objects.filter(by=member).values("text", "channel", "at")),
        "heard": list(Hearing.objects.filter(member=member).values("rumour__headline", "country__code", "at")),
    }

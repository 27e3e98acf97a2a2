"""Bulletins as the frame, the desk, sockets and notices read them: whom they concern, what waits, how they stand."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import caches
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.signals import page_published

from community.core.audiences import Viewer, members_in
from community.core.clock import now
from community.core.ui import Notice, register_notices
from community.knowledge.models import BulletinPage, BulletinRelease, BulletinVersion, ReleaseState
from community.knowledge.models.bulletins import SEVERE
from community.knowledge.policies.bulletins import may_draft_bulletin
from community.live.registry import TopicAccess, register_topic
from community.members.models import Country, Member
from community.notifications.targets import register_target

KEPT_SECONDS = 10
KEY = "knowledge:alerts"
WHAT_TO_DO = gettext_lazy("What to do now")


def register() -> None:
    """Called once, when the models are ready."""
    register_notices(notices)
    register_topic("bulletin", resolve)
    register_target("knowledge.bulletinpage", lines_for)
    page_published.connect(_forget, sender=BulletinPage)
    post_save.connect(_forget, sender=BulletinRelease)


# --- Whom it concerns ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Concern:
    """Countries and professions by number; an empty set is everybody."""

    countries: frozenset[int]
    professions: frozenset[int]

    def of(self, member: Any | None) -> bool:
        """Whether it concerns this member. Of visitors nothing is known: only what concerns everybody does."""
        if member is None:
            return not (self.countries or self.professions)
        here = not self.countries or member.country_id in self.countries
        return here and (not self.professions or member.profession_id in self.professions)


def concern_of(page: BulletinPage) -> Concern:
    countries = {country.pk for country in page.countries.all()}
    if page.who_regions:
        found = Country.objects.filter(who_region__in=page.who_regions.split()).values_list("pk", flat=True)
        countries |= set(found)
    return Concern(frozenset(countries), frozenset(profession.pk for profession in page.professions.all()))


def members_concerned(page: BulletinPage) -> "QuerySet[Member]":
    """The same rule in reverse, among those who may read it."""
    concern, members = concern_of(page), members_in(page.audience)
    if concern.countries:
        members = members.filter(country__in=concern.countries)
    return members.filter(profession__in=concern.professions) if concern.professions else members


# --- Above every page ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Alert:
    """A severe bulletin in force, as the frame shows it."""

    audience: str
    concern: Concern
    notice: Notice
    ends_at: Any


def notices(viewer: Viewer) -> list[Notice]:
    """The severe bulletins that concern this viewer now."""
    moment = now()
    return [
        alert.notice
        for alert in _alerts()
        if alert.audience in viewer.tokens and alert.ends_at > moment and alert.concern.of(viewer.member)
    ]


def _alerts() -> list[Alert]:
    cache = caches["process"]
    alerts: list[Alert] | None = cache.get(KEY)
    if alerts is None:
        severe = BulletinPage.objects.in_force().filter(severity__in=SEVERE).order_by("-severity", "-last_published_at")
        alerts = [_alert(page) for page in severe]
        cache.set(KEY, alerts, KEPT_SECONDS)
    return alerts


def _alert(page: BulletinPage) -> Alert:
    # Kept for readers of all languages: these words are looked up when they are shown.
    text = _drill(page.title) if page.is_drill else page.title
    ends_at = min(filter(None, [page.expires_at, page.shown_until]))
    notice = Notice(text, page.severity, page.url or "/", WHAT_TO_DO)  # type: ignore[arg-type]
    return Alert(page.audience, concern_of(page), notice, ends_at)


def _drill_words(title: str) -> str:
    return _("Drill: %(title)s") % {"title": title}


_drill = lazy(_drill_words, str)


def forget_alerts() -> None:
    """Let the next page ask the database again."""
    caches["process"].delete(KEY)


def _forget(**_kwargs: Any) -> None:
    forget_alerts()


# --- Live, and in notices --------------------------------------------------------------------------------------


def resolve(key: str, viewer: Viewer) -> TopicAccess | None:
    """Whoever may read the bulletin hears that it has changed; the words come over HTTP."""
    if not key.isdecimal() or len(key) > 18 or not BulletinPage.objects.visible_to(viewer).filter(pk=key).exists():
        return None
    return TopicAccess(f"bulletin:{key}")


def lines_for(viewer: Viewer, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Page id → title and address, of the bulletins this viewer may read or sign."""
    pages = BulletinPage.objects.visible_to(viewer).filter(pk__in=list(ids))
    lines = {str(page.pk): (_title(page), page.url or "/") for page in pages}
    if may_draft_bulletin(viewer.member):
        drafts = BulletinPage.objects.filter(pk__in=set(ids) - set(lines))
        lines |= {str(page.pk): (_title(page), reverse("bulletin-edit", args=[page.slug])) for page in drafts}
    return lines


def _title(page: BulletinPage) -> str:
    return _("Drill: %(title)s") % {"title": page.title} if page.is_drill else page.title


# --- At the desk -----------------------------------------------------------------------------------------------


def visible_bulletin(viewer: Viewer, slug: str) -> BulletinPage | None:
    """The bulletin at this address, for whoever may read it."""
    return BulletinPage.objects.visible_to(viewer).filter(slug=slug).first()  # type: ignore[no-any-return]


def bulletin_at(slug: str) -> BulletinPage | None:
    """The same for its writers: drafts too. The caller has asked whether they may."""
    return BulletinPage.objects.filter(slug=slug).first()  # type: ignore[no-any-return]


def desk_rows() -> list[BulletinPage]:
    """All bulletins with what waits of each, those that wait first."""
    pages = BulletinPage.objects.select_related("owner").prefetch_related("releases__signed_by", "releases__second_by")
    rows = list(pages.order_by("-latest_revision_created_at")[:200])
    for page in rows:
        page.waiting = next((each for each in page.releases.all() if each.state in {"signed", "alone"}), None)
    return sorted(rows, key=lambda page: page.waiting is None)


def awaiting_second() -> int:
    """How many bulletins wait for a second person."""
    return BulletinRelease.objects.filter(state__in=[ReleaseState.SIGNED, ReleaseState.ALONE]).count()


def usual_time_to_first() -> timedelta | None:
    """The median time from learning of something to its first bulletin, drills left out."""
    times = sorted(_times(BulletinPage.objects.filter(is_drill=False).exclude(first_released_at=None)))
    return times[len(times) // 2] if times else None


def _times(pages: Iterable[BulletinPage]) -> list[timedelta]:
    return [page.time_to_first for page in pages if page.time_to_first is not None]


def version_of(page: BulletinPage, number: int) -> BulletinVersion | None:
    return page.versions.filter(number=number).select_related("release").first()  # type: ignore[no-any-return]


def release_on_its_way(page: BulletinPage) -> BulletinRelease | None:
    waiting = page.releases.filter(state__in=[ReleaseState.SIGNED, ReleaseState.ALONE])
    return waiting.select_related("signed_by").last()  # type: ignore[no-any-return]


def is_released(draft: BulletinPage) -> bool:
    """Whether two people released just these words."""
    return draft.releases.filter(state=ReleaseState.RELEASED, digest=draft.digest).exists()  # type: ignore[no-any-return]

"""What editors put round every page: links and banners, kept in this process for ten seconds.

Every page asks for these, so a page view must not pay queries for them. The cache holds all of them with their
audience; who sees which is decided for each viewer. A change shows at once here and within ten seconds elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.cache import caches
from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language, gettext_noop
from wagtail.signals import page_published, page_unpublished

from community.core.audiences import Viewer
from community.core.languages import offered, spoken
from community.core.ui import Link, Notice, register_links, register_notices
from community.knowledge.landings import ways
from community.knowledge.models import Banner, Navigation, NavigationItem
from community.knowledge.queries import banner_rows, navigation_rows

KEPT_SECONDS = 10
LINKS_KEY, NOTICES_KEY = "knowledge:links", "knowledge:notices"
#: What links are called at first, beside the titles of pages.
FIRST_NAMES = (
    gettext_noop("Best practice"),
    gettext_noop("Myths"),
    gettext_noop("Bulletins"),
    gettext_noop("Help and contact"),
)


@dataclass(frozen=True)
class Shown:
    """Something in the frame and who sees it."""

    audience: str
    place: str
    thing: Any


def register() -> None:
    for place in NavigationItem.Place.values:
        register_links(place, partial(_links, place))
    register_links("help", lambda _viewer: ways())
    register_notices(_notices)
    for model in (Navigation, NavigationItem, Banner):
        post_save.connect(_forget, sender=model)
        post_delete.connect(_forget, sender=model)
    page_published.connect(_forget)
    page_unpublished.connect(_forget)


def _links(place: str, viewer: Viewer) -> list[Link]:
    rows = _kept(f"{LINKS_KEY}:{get_language()}", _read_links)
    return [row.thing for row in rows if row.place == place and row.audience in viewer.tokens]


def _notices(viewer: Viewer) -> list[Notice]:
    return [row.thing for row in _kept(NOTICES_KEY, _read_notices) if row.audience in viewer.tokens]


def _kept(key: str, read: Callable[[], list[Shown]]) -> list[Shown]:
    cache = caches["process"]
    rows = cache.get(key)
    if rows is None:
        rows = read()
        cache.set(key, rows, KEPT_SECONDS)
    return list(rows)


def _read_links() -> list[Shown]:
    return [
        Shown(item.page.audience, item.place, Link(_label(item), item.page.url or "/")) for item in navigation_rows()
    ]


def _label(item: Any) -> str:
    """In the reader's language, where it is a name that the site began with or where editors gave the page one."""
    if item.label in FIRST_NAMES:
        return spoken(item.label)
    return item.own_title or spoken(item.label or item.page.title)


def _read_notices() -> list[Shown]:
    return [Shown(banner.audience, "", _notice(banner)) for banner in banner_rows()]


def _notice(banner: Banner) -> Notice:
    if banner.page is None:
        return Notice(banner.text, banner.severity)
    return Notice(banner.text, banner.severity, banner.page.url or "/", banner.page.title)


def _forget(**_kwargs: Any) -> None:
    caches["process"].delete_many([*(f"{LINKS_KEY}:{each.code}" for each in offered()), NOTICES_KEY])

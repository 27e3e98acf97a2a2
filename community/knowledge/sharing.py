"""Finding public pages for those who ask from elsewhere: by address, for feeds, embeds and the sitemap.

Everything here answers for a page of members as for one that is not there. Kinds of pages say what is theirs by
overriding `share_text`, `share_card`, `linked_data` and `is_shared` of AudiencedPage; see also heads.py.
"""

from typing import Any

from django.contrib.sitemaps import Sitemap as PlainSitemap
from django.http import HttpRequest
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from community.core.audiences import PUBLIC, Viewer
from community.knowledge.heads import FEEDS, HOME, absolute, is_shared
from community.knowledge.landings import counted, regions, specialties
from community.knowledge.models import AudiencedPage


def shared_page(request: HttpRequest, place: str) -> Any | None:
    """The public page at this place, or None: also for a page that is there for others."""
    place = place.strip("/")
    page = Page.find_for_request(request, "/" if place in {"", HOME} else f"/{place}/")
    page = page.specific if page is not None else None
    return page if page is not None and is_shared(page) else None


def shelf_of(slug: str) -> AudiencedPage | None:
    """The public shelf at /<slug>/ that has a feed."""
    if slug not in FEEDS:
        return None
    found = AudiencedPage.objects.live().filter(slug=slug, depth=3, audience=PUBLIC).first()
    return found.specific if found else None


def newest_on(shelf: AudiencedPage, count: int) -> list[Any]:
    """The public pages on a shelf that were published last, as their own kinds."""
    pages: Any = AudiencedPage.objects.descendant_of(shelf).live().public().filter(audience=PUBLIC)
    newest = pages.order_by("-last_published_at")[: 2 * count].specific()
    return [page for page in newest if page.is_shared][:count]


class PublicPages(Sitemap):  # type: ignore[misc]
    """Wagtail's own sitemap, without the pages that are not for everybody."""

    def items(self) -> Any:
        root = self.get_wagtail_site().root_page
        pages = AudiencedPage.objects.descendant_of(root, inclusive=True).live().public().filter(audience=PUBLIC)
        return pages.order_by("path").defer_streamfields().specific()


class Landings(PlainSitemap):  # type: ignore[type-arg]
    """The pages of regions and specialties of which there is something for everybody."""

    def items(self) -> list[Any]:
        visitor = Viewer.anonymous()
        lines = [*counted(visitor, regions()), *counted(visitor, specialties())]
        return [line.landing for line in lines if line.total]

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """At this site's own address, whatever host was asked."""
        return [{"location": absolute(landing.url), "item": landing} for landing in self.items()]

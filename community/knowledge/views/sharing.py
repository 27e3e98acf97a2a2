"""Public pages for those elsewhere: picture cards, embeds, oEmbed, Atom feeds and the sitemap. Always as a visitor."""

from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.contrib.sitemaps.views import sitemap
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from community.core.errors import Missing
from community.core.languages import same_for_all
from community.knowledge import sharing
from community.knowledge.cards import HEIGHT, WIDTH, as_png, as_svg
from community.knowledge.heads import absolute, address_of, iframe, sharing_of

ENTRIES = 30
ONE_HOUR = 3600
SMALLEST = 200


@same_for_all
@require_safe
@cache_control(public=True, max_age=ONE_HOUR)
def page_card(request: HttpRequest, place: str, form: str) -> HttpResponse:
    """The picture that stands for a page elsewhere, as PNG or as SVG."""
    card = _shared(request, place).share_card
    if form == "svg":
        return HttpResponse(as_svg(card), content_type="image/svg+xml")
    return HttpResponse(as_png(card), content_type="image/png")


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "form-action": ["'none'"]})  # type: ignore[arg-type]
def page_embed(request: HttpRequest, place: str) -> HttpResponse:
    """A small page that others may show in a frame."""
    page = _shared(request, place)
    return render(request, "knowledge/sharing/embed.html", {"page": page, "sharing": sharing_of(page)})


@same_for_all
@require_safe
@cache_control(public=True, max_age=ONE_HOUR)
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0 (oembed.com) for public pages: `url`, and `maxwidth`, `maxheight` in pixels. JSON only."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    asked, here = urlsplit(request.GET.get("url", "")), urlsplit(absolute("/"))
    if asked.netloc != here.netloc:
        raise Missing
    page = _shared(request, asked.path)
    frame = iframe(page)
    for name, asked_for in (("width", "maxwidth"), ("height", "maxheight")):
        frame[name] = min(frame[name], _pixels(request.GET.get(asked_for)) or frame[name])
    html = render(request, "knowledge/sharing/iframe.html", frame).content.decode().strip()
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": page.title,
        "provider_name": "Collegium",
        "provider_url": absolute("/"),
        "html": html,
        "width": frame["width"],
        "height": frame["height"],
        "thumbnail_url": sharing_of(page).picture,  # type: ignore[union-attr]
        "thumbnail_width": WIDTH,
        "thumbnail_height": HEIGHT,
        "cache_age": ONE_HOUR,
    }
    response = JsonResponse(answer)
    response["Access-Control-Allow-Origin"] = "*"
    return response


class PageFeed(Feed):  # type: ignore[type-arg]
    """What was published last on one shelf, as Atom (RFC 4287)."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        shelf = sharing.shelf_of(kwargs["shelf"])
        if shelf is None:
            raise Http404
        return shelf

    def title(self, shelf: Any) -> str:
        return f"Collegium: {shelf.title}"

    def subtitle(self, shelf: Any) -> str:
        return str(shelf.share_text)

    def link(self, shelf: Any) -> str:
        return address_of(shelf)

    def items(self, shelf: Any) -> list[Any]:
        return sharing.newest_on(shelf, ENTRIES)

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.share_text)

    def item_link(self, item: Any) -> str:
        return address_of(item)

    def item_pubdate(self, item: Any) -> Any:
        return item.first_published_at

    def item_updateddate(self, item: Any) -> Any:
        return item.last_published_at

    def item_author_name(self, item: Any) -> str:
        return "Collegium"


@same_for_all
@require_safe
@cache_control(public=True, max_age=ONE_HOUR)
def site_map(request: HttpRequest) -> HttpResponse:
    """Wagtail's sitemap of the public pages (sitemaps.org)."""
    return sitemap(request, {"pages": sharing.PublicPages(request), "landings": sharing.Landings}).render()


def _shared(request: HttpRequest, place: str) -> Any:
    page = sharing.shared_page(request, place)
    if page is None:
        raise Missing
    return page


def _pixels(text: str | None) -> int | None:
    return max(SMALLEST, int(text)) if text and text.isdecimal() and len(text) < 6 else None

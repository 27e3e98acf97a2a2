"""What the head of a public page says about it, for those who share it: absolute addresses, card, JSON-LD.

A page that is not for everybody says nothing. No models here: pages themselves load this.
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from wagtail.models import Page

from community.core.audiences import PUBLIC
from community.knowledge.cards import HEIGHT, WIDTH, Card

#: Shelves that have a feed.
FEEDS = ("practices", "myths", "bulletins")
#: What stands for the home page where an address needs a word.
HOME = "home"
LONGEST_DESCRIPTION = 200
EMBED_WIDTH, EMBED_HEIGHT = 600, 420
#: What would end the script element or confuse a reader of the page, as JSON may write it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True)
class Sharing:
    """What the head of a public page says about it; every address is absolute."""

    title: str
    text: str
    place: str
    address: str
    card: Card
    picture: str
    picture_width: int
    picture_height: int
    embed: dict[str, Any]
    oembed: str
    feed: str
    data: SafeString
    published: Any
    changed: Any


def is_shared(page: Any) -> bool:
    """Whether everybody may read the page, and its kind lets it be shared now."""
    return bool(
        page.live
        and getattr(page, "audience", "") == PUBLIC
        and page.is_shared
        and not page.get_view_restrictions().exists()
    )


def sharing_of(page: Any) -> Sharing | None:
    """For the template of the page; None where nothing may be shared."""
    if not is_shared(page):
        return None
    address, place = address_of(page), place_of(page)
    data = page.linked_data(address, settings.SITE_URL)
    shelf = place.partition("/")[0]
    return Sharing(
        title=page.title,
        text=Truncator(" ".join(strip_tags(page.share_text).split())).chars(LONGEST_DESCRIPTION),
        place=place or HOME,
        address=address,
        card=page.share_card,
        picture=absolute(reverse("page-picture", kwargs={"place": place or HOME, "form": "png"})),
        picture_width=WIDTH,
        picture_height=HEIGHT,
        embed=iframe(page),
        oembed=f"{absolute(reverse('oembed'))}?{urlencode({'url': address})}",
        feed=absolute(reverse("page-feed", args=[shelf])) if shelf in FEEDS else "",
        data=as_script(data) if data else SafeString(""),
        published=page.first_published_at,
        changed=page.last_published_at,
    )


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON-LD for a page's head: a data block, which no content policy has to allow."""
    text = json.dumps({key: value for key, value in data.items() if value is not None}, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>')  # noqa: S308


def address_of(page: Page) -> str:
    """The page's one address, at this site whatever host was asked."""
    return absolute(f"/{place_of(page)}/" if place_of(page) else "/")


def place_of(page: Page) -> str:
    """The page's path below the home page, without slashes at the ends: "myths/garlic-and-malaria"."""
    return urlsplit(page.url or "/").path.strip("/")


def iframe(page: Page) -> dict[str, Any]:
    """What a page of others needs to show this one: address, title and size in pixels."""
    return {
        "src": absolute(reverse("page-embed", args=[place_of(page) or HOME])),
        "title": page.title,
        "width": EMBED_WIDTH,
        "height": EMBED_HEIGHT,
    }


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"

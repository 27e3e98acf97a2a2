"""The words of any page or draft, each by its place, for the guard and for moderators; and taking some of them out."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from community.core.screening import Screening, screen_words
from community.knowledge.models import BulletinPage, WriteUpPage
from community.knowledge.practice.words import OF_TIME, SETTING, surface_of, words_by_name

#: Addresses, codes and copies of other fields.
NO_WORDS = frozenset({"path", "url_path", "slug", "draft_title", "who_regions", "version", "language"})
#: The title of a page whose title was taken out: a page is never without one.
UNTITLED = "…"


def words_on(page: Any) -> dict[str, str]:
    """Place → words: a field by its name, a block as `body-2`, a page in another language as `fr:title`."""
    values = dict(_values(page, ""))
    for row in page.in_languages.all():
        values |= _values(row, f"{row.language}:")
    if isinstance(page, WriteUpPage):
        return words_by_name(values | {"tags": [tag.name for tag in page.tags.all()]})
    return {name: strip_tags(text) for name, text in words_by_name(values).items()}


def surface_on(page: Any, name: str) -> str:
    """Where the words of this place stand, for the guard."""
    return SETTING if isinstance(page, BulletinPage) and name == "contacts" else surface_of(name)


def screening_of(page: Any) -> dict[str, Screening]:
    """Place → what the guard says to its words."""
    return {name: screen_words(surface_on(page, name), text=text) for name, text in words_on(page).items()}


def blocked_in(page: Any) -> list[str]:
    """The places whose words the guard would not take today."""
    return [name for name, screening in screening_of(page).items() if screening.outcome == "block"]


def take_out(page: Any, places: Collection[str]) -> None:
    """Empty these places of a page in memory."""
    places = {place.removesuffix(OF_TIME) for place in places}
    if "tags" in places:
        page.tags.clear()
    _empty(page, places, "")
    for row in page.in_languages.all():
        _empty(row, places, f"{row.language}:")
    if not page.title:
        page.title = UNTITLED


def _values(row: Any, before: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, StreamField):
            blocks = getattr(row, field.name).raw_data
            values |= {f"{before}{field.name}-{place}": block["value"] for place, block in enumerate(blocks)}
        elif _holds_words(field):
            values[f"{before}{field.name}"] = getattr(row, field.name)
    return values


def _empty(row: Any, places: Collection[str], before: str) -> None:
    for field in row._meta.concrete_fields:
        name = f"{before}{field.name}"
        if isinstance(field, StreamField):
            stream = getattr(row, field.name)
            kept = [dict(block) for place, block in enumerate(stream.raw_data) if f"{name}-{place}" not in places]
            setattr(row, field.name, StreamValue(stream.stream_block, kept, is_lazy=True))
        elif name in places:
            setattr(row, field.name, "")


def _holds_words(field: Any) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and not field.choices and field.name not in NO_WORDS

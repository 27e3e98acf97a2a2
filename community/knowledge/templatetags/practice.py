"""Draws what stands in write-ups: Markdown, bars of a measure, linked data."""

import json
from typing import Any

from django import template
from django.forms import BoundField, DateInput, NumberInput, Textarea, TextInput, URLInput
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from community.core.text import render
from community.knowledge.landings import REGION_SLUGS
from community.knowledge.practice.figures import BAR, WIDTH, Bar, bars_of, change_of
from community.members.models import WhoRegion

register = template.Library()

#: What JSON may not hold inside a script element.
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def region_slug(code: str) -> str:
    """The word that stands for a WHO region in addresses."""
    return REGION_SLUGS[WhoRegion(code)]


@register.filter
def markdown(source: str) -> SafeString:
    """The words as HTML, rendered and cleaned as everywhere on the site."""
    return mark_safe(render(source or "").html)  # noqa: S308 - cleaned by the renderer


@register.filter
def bars(row: Any) -> list[Bar]:
    """The bars of a measure; none where there is nothing to draw."""
    return bars_of(row)


@register.filter
def chart_height(drawn: list[Bar]) -> int:
    """How high the view box of these bars is."""
    return (drawn[-1].y + BAR) if drawn else 0


@register.simple_tag
def chart_width() -> int:
    return WIDTH


@register.simple_tag
def bar_height() -> int:
    return BAR


@register.filter
def change(row: Any) -> str:
    """ "better", "worse", "same" or nothing."""
    return change_of(row)


@register.filter
def change_words(row: Any) -> str:
    """The same for people."""
    return {"better": _("Better"), "worse": _("Worse"), "same": _("About the same")}.get(change_of(row), "")


@register.filter
def chart_words(row: Any) -> str:
    """What the bars say, for those who do not see them."""
    return "; ".join(f"{bar.label} {bar.figure}" for bar in bars_of(row))


@register.filter
def label_in(value: Any, field: str) -> str:
    """The words of a choice in a block: `value|label_in:"money"`."""
    chosen = value.get(field) or ""
    choices = dict(value.block.child_blocks[field].field.choices)
    return str(choices.get(chosen, "")) if chosen else ""


@register.simple_tag
def linked(facts: dict[str, Any]) -> SafeString:
    """JSON-LD in a data block; nothing in it can end the element."""
    words = json.dumps(facts, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308 - escaped above


@register.simple_tag
def practice_path(slug: str) -> str:
    """Where a write-up is read."""
    return f"/practices/{slug}/"


@register.filter
def is_prose(field: BoundField) -> bool:
    """Whether people write words of their own in the field, which the guard looks at while they do."""
    widget = field.field.widget
    return isinstance(widget, Textarea | TextInput) and not isinstance(widget, NumberInput | URLInput | DateInput)


@register.filter
def is_long(field: BoundField) -> bool:
    """Whether a sentence fits; numbers and single words are looked at when they are saved."""
    return (getattr(field.field, "max_length", 0) or 0) >= 100

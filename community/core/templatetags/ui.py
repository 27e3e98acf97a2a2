"""Template tags and filters of the design system: icons, initials, times, form controls, counts.

Built in to every template (settings), so no `{% load %}` is needed.
"""

import re
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import (
    BoundField,
    CheckboxInput,
    EmailInput,
    MultiWidget,
    NumberInput,
    PasswordInput,
    RadioSelect,
    Select,
    SelectDateWidget,
    Textarea,
    TextInput,
    URLInput,
)
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from heroicons.templatetags.heroicons import heroicon_mini, heroicon_outline

from community.core.audiences import Viewer
from community.core.languages import Language, direction_of, offered, spoken
from community.core.ui import Link, Notice, Panel, count_for, links_at, notices_for, parts_at

register = template.Library()

HUES = 8
#: One side in the name ("arrow-uturn-left"), not both ("arrows-right-left").
DIRECTED = re.compile(r"^(?!.*left-right|.*right-left).*(left|right|paper-airplane|list-bullet)")
#: Boxes for what is never written from right to left. In all others the first letter decides.
LEFT_TO_RIGHT = (EmailInput, NumberInput, PasswordInput, URLInput)
ICON_CLASSES = {"sm": "co-icon co-icon--sm", "md": "co-icon", "lg": "co-icon co-icon--lg"}


@register.simple_tag
@cache
def icon(name: str, size: str = "md", flip: bool = False) -> SafeString:
    """A decorative heroicon, hidden from assistive technology.

    It is mirrored in right-to-left text where its name says a direction, or with `flip`.
    """
    css = ICON_CLASSES[size] + (" co-icon--flip" if flip or DIRECTED.search(name) else "")
    draw = heroicon_outline if size == "lg" else heroicon_mini
    return mark_safe(draw(name, size=None, **{"class": css, "aria-hidden": "true", "focusable": "false"}))  # noqa: S308


@register.filter
def initials(name: object) -> str:
    """The first letters of the first and last word of a name, without titles such as "Dr"."""
    words = [word for word in str(name or "").split() if word[0].isalpha() and not word.endswith(".")]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    # The joiner keeps letters of joined scripts apart, so that they stay initials.
    return "\u200c".join(letters).upper() or "?"


@register.filter
def hue(name: object) -> int:
    """A number from 1 to 8 that is always the same for the same name: the colour of an avatar."""
    return zlib.crc32(str(name).encode()) % HUES + 1


@register.simple_tag
def when(at: datetime | date | None, form: str = "relative") -> SafeString:
    """A moment as `<time>`: in the reader's zone, and relative ("3 hours ago") where JavaScript runs.

    `form` is "relative", "full" (date, time and zone) or "date".
    """
    if at is None:
        return SafeString("")
    if not isinstance(at, datetime):
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), date_format(at, "j M Y"))
    local = timezone.localtime(at)
    stamp, short = local.isoformat(), _day(local.date(), get_language() or "")
    full = f"{short}, {local:%H:%M} {local.tzname()}"
    if form == "full":
        return mark_safe(f'<time datetime="{stamp}">{full}</time>')  # noqa: S308
    if form == "date":
        return mark_safe(f'<time datetime="{stamp}" title="{full}">{short}</time>')  # noqa: S308
    return mark_safe(  # noqa: S308
        f'<relative-time datetime="{stamp}" title="{full}" threshold="P30D" prefix="" year="numeric">'
        f"{short}</relative-time>"
    )


@lru_cache(maxsize=2048)
def _day(day: date, _language: str) -> str:
    """A day in the words of the present language, escaped; a page shows the same few days again and again."""
    return escape(date_format(day, "j M Y"))


@register.simple_tag(takes_context=True)
def count(context: template.Context, name: str) -> int:
    """A number that a package registered for the bar, e.g. `{% count "notifications" as unread %}`."""
    viewer = context.get("viewer") or Viewer.anonymous()
    return count_for(name, viewer)


@register.simple_tag(takes_context=True)
def draw(context: template.Context, panel: Panel, level: int = 2) -> SafeString:
    """A panel of the home page: its template with its own context, and `level`, the level of its heading."""
    with context.push(**panel.context, level=level):
        return get_template(panel.template).template.render(context)  # type: ignore[no-any-return,attr-defined]


@register.simple_tag(takes_context=True)
def parts(context: template.Context, place: str, **facts: Any) -> list[Panel]:
    """What other packages show at a place of this page, e.g. `{% parts "thread" thread=thread as beside %}`."""
    return parts_at(place, context.get("viewer") or Viewer.anonymous(), facts)


@register.simple_tag
def part(file: str, /, **facts: Any) -> SafeString:
    """A component whose look follows from `facts` alone, drawn once for the same facts, language and time zone.

    Only for templates that read nothing else: no viewer, no token of a form, no clock.
    """
    shown = tuple(sorted((key, _plain(value)) for key, value in facts.items()))
    draw_it = _drawn.__wrapped__ if settings.DEBUG else _drawn
    return draw_it(file, shown, get_language() or "", timezone.get_current_timezone_name())


@lru_cache(maxsize=8192)
def _drawn(file: str, facts: tuple[tuple[str, Any], ...], _language: str, _zone: str) -> SafeString:
    return get_template(file).template.render(template.Context(dict(facts)))  # type: ignore[no-any-return,attr-defined]


def _plain(value: object) -> object:
    """A value that stands for itself as a key. Words lose their mark as safe: the same letters are one key."""
    if value is None or isinstance(value, int | float | datetime | date):
        return value
    return str.__str__(str(value))


@register.simple_tag(takes_context=True)
def links(context: template.Context, place: str) -> list[Link]:
    """The entries of a navigation that editors and packages fill."""
    return links_at(place, context.get("viewer") or Viewer.anonymous())


@register.simple_tag(takes_context=True)
def notices(context: template.Context) -> list[Notice]:
    """The banners this viewer sees now."""
    return notices_for(context.get("viewer") or Viewer.anonymous())


@register.simple_tag(takes_context=True)
def here(context: template.Context, url: str) -> SafeString:
    """`aria-current="page"` when the present address is `url` or below it."""
    path = getattr(context.get("request"), "path", "")
    if not url or not (path == url or (url != "/" and path.startswith(url))):
        return SafeString("")
    return SafeString(' aria-current="page"')


@register.simple_tag
def direction() -> str:
    """ "rtl" or "ltr" by the language of the page."""
    return direction_of(get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def languages() -> tuple[Language, ...]:
    """The languages of the interface, for the menu in the foot."""
    return offered()


@register.simple_tag
def written_in(code: str) -> SafeString:
    """`lang` and `dir` of words that people wrote, by the code of their language; only `dir="auto"` without one."""
    if not code:
        return SafeString('dir="auto"')
    return format_html('lang="{}" dir="{}"', code, direction_of(code))


@register.filter(name="spoken")
def _spoken(words: object) -> str:
    """What is kept in English (a profession's name, the title of a first page) in the reader's language."""
    return spoken(str(words or ""))


@register.filter
def control_kind(field: BoundField) -> str:
    """How a field is laid out: "check" (box before label), "group" (fieldset of choices), "parts" (fieldset of
    inputs), "hidden" or "plain"."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, RadioSelect):
        return "group"
    if isinstance(widget, SelectDateWidget | MultiWidget):
        return "parts"
    return "check" if isinstance(widget, CheckboxInput) else "plain"


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget with Bootstrap's class, tied to its help and its errors."""
    widget = field.field.widget
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, [widget.attrs.get("class"), _control_class(field)]))}
    if isinstance(widget, TextInput | Textarea) and "dir" not in widget.attrs:
        attrs["dir"] = "ltr" if isinstance(widget, LEFT_TO_RIGHT) else "auto"
    if field.aria_describedby and not isinstance(widget, MultiWidget | SelectDateWidget):
        attrs["aria-describedby"] = field.aria_describedby
    return field.as_widget(attrs=attrs)


def _control_class(field: BoundField) -> str:
    wrong = " is-invalid" if field.errors else ""
    if isinstance(field.field.widget, CheckboxInput):
        return "form-check-input" + wrong
    is_select = isinstance(field.field.widget, Select | SelectDateWidget)
    return ("form-select" if is_select else "form-control") + wrong


@register.filter
def choices(field: BoundField) -> list[dict[str, Any]]:
    """The options of radio buttons or checkboxes: `tag`, `label` and `id` of each."""
    options = []
    for option in field.subwidgets:
        option.data["attrs"]["class"] = "form-check-input"
        options.append({"tag": option.tag(), "label": option.choice_label, "id": option.id_for_label})
    return options


@register.filter
def excerpt(words: Any, finding: Any) -> str:
    """The words a finding points at, from the text (or the mapping of field to text) the person has just sent."""
    text = words.get(finding.field, "") if isinstance(words, Mapping) else str(words)
    return text[finding.start : finding.end]


@register.filter
def minutes(seconds: int) -> int:
    """Whole minutes, rounded up."""
    return -(-int(seconds) // 60)

"""Times of webinars: in the viewer's zone, in the host's, and how far away."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from webinars.hours import zone_of
from webinars.models import CrewRole, Webinar

register = template.Library()


@register.simple_tag(takes_context=True)
def own_time(context: template.Context, webinar: Webinar, form: str = "full") -> SafeString:
    """When it is for whoever looks: "Sat 28 Nov 2026, 15:00–16:00 CET". Visitors' browsers put in their own zone.

    `form` is "full", "date" or "hours".
    """
    starts, ends = timezone.localtime(webinar.starts_at), timezone.localtime(webinar.ends_at)
    text = _span(starts, ends, form)
    viewer = context.get("viewer")
    guess = "" if viewer is not None and viewer.member else form
    return format_html(
        '<local-time datetime="{}" until="{}" guess="{}">{}</local-time>',
        starts.isoformat(),
        ends.isoformat(),
        guess,
        text,
    )


@register.simple_tag
def host_time(webinar: Webinar) -> SafeString:
    """When it is for the host: "20:00–21:00 in Mexico City", with the date where it is another one."""
    zone = zone_of(webinar.time_zone)
    starts, ends = webinar.starts_at.astimezone(zone), webinar.ends_at.astimezone(zone)
    own = timezone.localtime(webinar.starts_at)
    hours = f"{date_format(starts, 'H:i')}–{date_format(ends, 'H:i')}"
    text = hours if starts.date() == own.date() else f"{date_format(starts, 'D j M')}, {hours}"
    return format_html(
        '<time datetime="{}">{}</time>',
        starts.isoformat(),
        _("%(time)s in %(place)s") % {"time": text, "place": place_of(webinar.time_zone)},
    )


@register.simple_tag
def moved_from(webinar: Webinar) -> str:
    """The time before it was moved, for whoever looks."""
    return date_format(timezone.localtime(webinar.moved_from), "D j M, H:i") if webinar.moved_from else ""


@register.filter
def place_of(zone: str) -> str:
    """ "America/Mexico_City" → "Mexico City"."""
    return zone.rpartition("/")[2].replace("_", " ")


@register.filter
def day_parts(at: datetime) -> dict[str, str]:
    """Weekday, day and month of a moment for whoever looks, for a calendar leaf."""
    local = timezone.localtime(at)
    return {name: date_format(local, form) for name, form in (("weekday", "D"), ("day", "j"), ("month", "M"))}


@register.simple_tag
def role_labels(roles: Any) -> list[str]:
    """The parts of a member in words, in the order of the roles."""
    return [str(role.label) for role in CrewRole if role in roles]


def _span(starts: datetime, ends: datetime, form: str) -> str:
    zone = starts.tzname() or ""
    hours = f"{date_format(starts, 'H:i')}–{date_format(ends, 'H:i')} {zone}"
    if form == "hours":
        return hours
    date = date_format(starts, "D j M Y")
    return date if form == "date" else f"{date}, {hours}"

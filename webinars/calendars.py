"""Webinars as iCalendar (RFC 5545): one file, and a member's feed. UIDs are stable; SEQUENCE counts the changes."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from community.notifications.links import absolute
from webinars.models import Webinar

REFRESH = "PT1H"


def calendar_file(webinar: Webinar) -> bytes:
    """The webinar for a calendar program: to be entered, changed or, once cancelled, struck out."""
    return _bytes([webinar], method="CANCEL" if webinar.is_cancelled else "PUBLISH")


def calendar_feed(webinars: Iterable[Webinar]) -> bytes:
    """All of a member's webinars; cancelled ones stay in, so that programs strike them out."""
    return _bytes(webinars, method="PUBLISH", name=_("Webinars on Collegium"))


def _bytes(webinars: Iterable[Webinar], *, method: str, name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Collegium//Webinars//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval;value=duration", REFRESH)
        calendar.add("x-published-ttl", REFRESH)
    for webinar in webinars:
        calendar.add_component(_event(webinar))
    return bytes(calendar.to_ical())


def _event(webinar: Webinar) -> Event:
    address = absolute(webinar.get_absolute_url())
    event = Event()
    event.add("uid", f"{webinar.public_id}@{urlsplit(settings.SITE_URL).hostname or 'collegium'}")
    event.add("sequence", webinar.sequence)
    event.add("dtstamp", webinar.changed_at)
    event.add("last-modified", webinar.changed_at)
    event.add("dtstart", webinar.starts_at)
    event.add("dtend", webinar.ends_at)
    event.add("summary", webinar.title)
    event.add("description", "\n\n".join(filter(None, [webinar.summary, address])))
    event.add("url", address)
    event.add("status", "CANCELLED" if webinar.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if webinar.is_cancelled else "OPAQUE")
    return event

"""A member's own webinars: what they organise, where they have a place, their calendar feed; and calendar files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.core.audiences import viewer_of
from community.core.errors import Missing
from community.notifications.links import absolute
from webinars import queries
from webinars.calendars import calendar_feed, calendar_file
from webinars.operations.calendars import renew_feed
from webinars.policies import may_plan
from webinars.views.requests import WebinarRequest, webinar_or_missing

SHOWN = 100
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@login_required
def webinar_mine(request: WebinarRequest) -> HttpResponse:
    organised = list(queries.organised_webinars(request.viewer)[:SHOWN])
    mine = {webinar.pk for webinar in organised}
    key = queries.feed_key_of(request.user)
    context = {
        "drafts": [webinar for webinar in organised if webinar.is_draft],
        "organised": [webinar for webinar in organised if not webinar.is_draft],
        "attending": [found for found in queries.own_webinars(request.viewer)[:SHOWN] if found.pk not in mine],
        "to_declare": list(queries.webinars_to_declare(request.user)),
        "may_plan": may_plan(request.viewer),
        "feed": absolute(reverse("webinar-feed", args=[key.key])) if key else "",
    }
    return render(request, "webinars/webinar_mine.html", context)


@require_POST
@login_required
def feed_renew(request: WebinarRequest) -> HttpResponse:
    renew_feed(by=request.user)
    messages.success(request, _("Your feed has a new address. Give it to your calendar program."))
    return redirect(f"{reverse('webinar-mine')}#calendar")


@require_safe
def webinar_calendar(request: WebinarRequest, slug: str) -> HttpResponse:
    """One webinar as a file for calendar programs."""
    webinar = webinar_or_missing(request, slug)
    if webinar.is_draft:
        raise Missing
    response = HttpResponse(calendar_file(webinar), content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{webinar.slug}.ics"'
    return _private(response)


@require_safe
def webinar_feed(request: WebinarRequest, key: str) -> HttpResponse:
    """A member's webinars, for calendar programs, which cannot sign in: the address is the key."""
    member = queries.member_of_feed(key)
    if member is None:
        raise Missing
    webinars = queries.feed_webinars(member, viewer_of(member))
    return _private(HttpResponse(calendar_feed(webinars), content_type=CALENDAR))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response

"""Reporting a webinar or one line of its room to the moderators; works without scripts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.errors import Missing
from community.core.rewording import Tried, attempt
from community.moderation.forms import ReportForm
from webinars.lines import line_at, words_of
from webinars.models import Webinar
from webinars.operations.reading import report_webinar
from webinars.operations.reporting import report_line
from webinars.seats import seat_for
from webinars.views.requests import WebinarRequest, posted, webinar_or_missing


@require_http_methods(["GET", "POST"])
@login_required
def webinar_report(request: WebinarRequest, slug: str) -> HttpResponse:
    """The webinar as a whole, or with `?line=12` that line of its chat."""
    webinar = webinar_or_missing(request, slug)
    line = _line(request, webinar)
    form = ReportForm(posted(request))
    tried = Tried()
    if form.is_bound:
        tried = attempt(form, lambda: _report(webinar, line, request.user, form.cleaned_data), "report")
        if tried.done:
            messages.success(request, _("Thank you. A moderator will look at it, and you will be told."))
            return redirect(webinar)
    context = {"webinar": webinar, "line": line, "form": form, "tried": tried}
    return render(request, "webinars/webinar_report.html", context, status=tried.status)


def _line(request: WebinarRequest, webinar: Webinar) -> dict[str, Any] | None:
    """The line that is asked about, for those who may be in the room."""
    number = request.GET.get("line", "")
    if not number:
        return None
    room = seat_for(request.viewer, webinar.slug).room
    if room is None or not number.isdecimal() or len(number) > 15:
        raise Missing
    found = line_at(room, int(number))
    if not words_of(found):
        raise Missing
    return {"seq": found.seq, "name": found.body.get("name", ""), "text": words_of(found)}


def _report(webinar: Webinar, line: dict[str, Any] | None, by: Any, given: dict[str, str]) -> None:
    if line is None:
        report_webinar(webinar, by=by, **given)
    else:
        report_line(webinar.slug, by=by, seq=line["seq"], **given)

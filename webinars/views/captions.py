"""Captions: the track of a player, and the organiser's page that brings them in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core.errors import Missing
from webinars.captions import text_of, tracks_of, vtt_of
from webinars.forms.captions import CaptionsForm
from webinars.media.vtt import CONTENT_TYPE
from webinars.operations import captions
from webinars.views.plan_frame import framed
from webinars.views.requests import WebinarRequest, plan_or_missing, posted, webinar_or_missing
from webinars.views.trying import Tried, attempt
from webinars.watching import may_watch


@require_safe
def captions_track(request: WebinarRequest, slug: str, language: str) -> HttpResponse:
    """The captions of one language, for those who may watch."""
    webinar = webinar_or_missing(request, slug)
    text = vtt_of(webinar, language) if may_watch(request.viewer, webinar) else None
    if text is None:
        raise Missing
    return HttpResponse(text, content_type=CONTENT_TYPE, headers={"Cache-Control": "private, no-store"})


@require_safe
def transcript_file(request: WebinarRequest, slug: str, language: str) -> HttpResponse:
    """The captions of one language as plain text to keep, for those who may watch."""
    webinar = webinar_or_missing(request, slug)
    text = text_of(webinar, language) if may_watch(request.viewer, webinar) else None
    if text is None:
        raise Missing
    name = f'attachment; filename="{webinar.slug}-{language}.txt"'
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": name}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
@login_required
def webinar_captions(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = plan_or_missing(request, slug)
    removed = request.POST.get("remove")
    if removed:
        captions.remove_captions(webinar, by=request.user, language=removed)
        messages.success(request, _("Removed."))
        return redirect("webinar-captions", webinar.slug)
    form = CaptionsForm(posted(request), request.FILES or None, initial={"language": webinar.language})
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: captions.import_captions(webinar, by=request.user, **form.values()))
        if tried.done:
            messages.success(request, _("The captions are in the player: %(count)d lines.") % {"count": tried.result})
            return redirect("webinar-captions", webinar.slug)
    context = {"form": form, "tried": tried, "tracks": tracks_of(webinar), **framed(webinar, "captions")}
    return render(request, "webinars/plan_captions.html", context, status=tried.status)

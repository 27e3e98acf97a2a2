"""The picture and the hand-outs of a webinar: uploading them, and giving hand-outs to those who may see it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Missing
from webinars.crews import roles_of
from webinars.forms import CoverForm, HandoutForm
from webinars.models import Webinar
from webinars.operations import files
from webinars.policies import may_see_handouts
from webinars.views.plan_frame import framed
from webinars.views.requests import WebinarRequest, plan_or_missing, webinar_or_missing
from webinars.views.trying import Tried, attempt


@require_http_methods(["GET", "POST"])
@login_required
def webinar_files(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = plan_or_missing(request, slug)
    is_cover = request.POST.get("kind") == "cover"
    sent = request.method == "POST"
    cover = CoverForm(*((request.POST, request.FILES) if is_cover else ()))
    handout = HandoutForm(*((request.POST, request.FILES) if sent and not is_cover else ()))
    tried = Tried()
    if sent:
        tried = (
            attempt(cover, lambda: _cover(webinar, cover, request.user))
            if is_cover
            else _add(webinar, handout, request)
        )
        if tried.done:
            messages.success(request, _("Uploaded. What the camera or the program wrote into the file is gone."))
            return redirect("webinar-files", webinar.slug)
    context = {
        "cover_form": cover,
        "handout_form": handout,
        "tried": tried,
        "handouts": list(webinar.handouts.all()),
        **framed(webinar, "files"),
    }
    return render(request, "webinars/plan_files.html", context, status=tried.status)


@require_POST
@login_required
def webinar_file_remove(request: WebinarRequest, slug: str) -> HttpResponse:
    webinar = plan_or_missing(request, slug)
    handout = request.POST.get("handout", "")
    if handout.isdecimal():
        files.remove_handout(webinar, by=request.user, handout_id=int(handout))
    else:
        files.remove_cover(webinar, by=request.user)
    return redirect("webinar-files", webinar.slug)


@require_safe
def webinar_handout(request: WebinarRequest, slug: str, pk: int) -> HttpResponseBase:
    """A hand-out, as a download, for those who may see the webinar."""
    webinar = webinar_or_missing(request, slug)
    handout = webinar.handouts.filter(pk=pk).first()
    if handout is None or not may_see_handouts(request.viewer, webinar, roles_of(request.viewer.member, webinar)):
        raise Missing
    response = FileResponse(handout.file.open("rb"), as_attachment=True, filename=handout.filename)
    response["Cache-Control"] = "private, no-store"
    return response


def _cover(webinar: Webinar, form: CoverForm, by: Any) -> None:
    files.set_cover(webinar, by=by, file=form.cleaned_data["cover"], description=form.cleaned_data["description"])


def _add(webinar: Webinar, form: HandoutForm, request: WebinarRequest) -> Tried:
    return attempt(form, lambda: files.add_handout(webinar, by=request.user, **form.cleaned_data))

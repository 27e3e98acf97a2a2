"""The speaker's pages: a guest's invitation, without an account, and a member's declaration of interests."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.core.actors import SYSTEM
from community.core.errors import Missing
from webinars import queries
from webinars.forms import ConflictsForm
from webinars.inviting import speaker_invited_with
from webinars.models import Speaker
from webinars.operations import speakers
from webinars.views.requests import WebinarRequest, posted, webinar_or_missing
from webinars.views.trying import Tried, attempt


@require_http_methods(["GET", "POST"])
@never_cache
def speaker_invitation(request: WebinarRequest, token: str) -> HttpResponse:
    """What a guest sees with the link of their mail; whoever is signed in can tie the part to their account."""
    speaker = speaker_invited_with(token)
    if speaker is None:
        raise Missing
    if request.method == "POST" and request.POST.get("act") == "decline" and speaker.is_guest:
        speakers.decline_invitation(speaker, by=SYSTEM)
        return render(request, "webinars/invitation_declined.html", {"webinar": speaker.webinar})
    if request.method == "POST" and request.POST.get("act") == "claim" and request.viewer.is_signed_in:
        speakers.claim_invitation(speaker, by=request.user)
        return redirect(speaker.webinar)
    form = ConflictsForm(posted(request), initial=_declared(speaker))
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: speakers.declare_conflicts(speaker, by=SYSTEM, **form.cleaned_data))
        if tried.done:
            messages.success(request, _("Thank you. The organisers see that you have accepted and declared."))
            return redirect("speaker-invitation", token)
    context = {"speaker": speaker, "webinar": speaker.webinar, "form": form, "tried": tried}
    response = render(request, "webinars/invitation.html", context, status=tried.status)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(["GET", "POST"])
@login_required
def webinar_conflicts(request: WebinarRequest, slug: str) -> HttpResponse:
    """A speaker who is a member declares, beginning with what their profile says."""
    webinar = webinar_or_missing(request, slug)
    speaker = queries.speaker_of(request.viewer.member, webinar)
    if speaker is None:
        raise Missing
    form = ConflictsForm(posted(request), initial=_declared(speaker))
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: speakers.declare_conflicts(speaker, by=request.user, **form.cleaned_data))
        if tried.done:
            messages.success(request, _("Declared. It is shown on the page and at the start."))
            return redirect(webinar)
    context = {"speaker": speaker, "webinar": webinar, "form": form, "tried": tried}
    return render(request, "webinars/webinar_conflicts.html", context, status=tried.status)


def _declared(speaker: Speaker) -> dict[str, object]:
    if speaker.has_declared or speaker.member is None:
        return {"none": speaker.coi_none, "statement": speaker.coi_statement}
    return {"none": speaker.member.coi_none, "statement": speaker.member.coi_statement[:500]}

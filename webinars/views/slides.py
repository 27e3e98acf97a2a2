"""Slides over HTTP: the crew's page of decks, a deck as data for the room, and the pictures."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.audiences import Viewer
from community.core.errors import Missing
from community.core.policies import require
from community.core.rewording import Tried, attempt
from webinars.crews import roles_of
from webinars.forms.slides import DeckForm
from webinars.joining import registration_of
from webinars.media import serving, storage
from webinars.media.signing import RECORDING_FOR, is_good
from webinars.models import Deck, Webinar
from webinars.operations import slides as operations
from webinars.policies import may_enter, may_run_room
from webinars.showing import deck_of, signer_of, slide_pages
from webinars.views.requests import WebinarRequest, posted, webinar_or_missing

ACTS = {"leave_out": operations.leave_out_pages, "remove": operations.remove_deck}


@require_http_methods(["GET", "POST"])
@login_required
def deck_list(request: WebinarRequest, slug: str) -> HttpResponse:
    """The decks of a webinar with their progress and findings, and a form for another one."""
    webinar = webinar_or_missing(request, slug)
    require(may_run_room(request.viewer, roles_of(request.user, webinar)))
    form = DeckForm(posted(request), request.FILES or None)
    tried = Tried()
    if request.method == "POST":
        tried = attempt(form, lambda: form.send(webinar, by=request.user), {"title": "title"})
        if tried.done:
            messages.success(request, _("Your slides are being prepared."))
            return redirect("deck-list", webinar.slug)
    decks = list(webinar.decks.prefetch_related("slides"))
    for deck in decks:
        deck.pages = slide_pages(deck)  # type: ignore[attr-defined]
    context = {
        "webinar": webinar,
        "form": form,
        "tried": tried,
        "decks": decks,
        "is_working": any(map(_is_working, decks)),
    }
    return render(request, "webinars/deck_list.html", context, status=tried.status)


@require_POST
@login_required
def deck_act(request: WebinarRequest, slug: str, deck: str) -> HttpResponse:
    """Leave held pages out, or throw the deck away."""
    webinar = webinar_or_missing(request, slug)
    act = ACTS.get(request.POST.get("act", ""))
    found = deck_of(webinar, deck)
    if act is None or found is None or not may_run_room(request.viewer, roles_of(request.user, webinar)):
        raise Missing
    act(found, by=request.user)
    return redirect("deck-list", webinar.slug)


@require_safe
@login_required
def deck_data(request: WebinarRequest, slug: str, deck: str) -> HttpResponse:
    """A deck that is ready, for whoever may be in the room: addresses of pictures, sizes and words of each page."""
    webinar = webinar_or_missing(request, slug)
    found = deck_of(webinar, deck)
    if found is None or found.state != Deck.State.READY or not _may_see(request.viewer, webinar):
        raise Missing
    answer = JsonResponse({"deck": deck, "title": found.title, "pages": slide_pages(found)})
    patch_cache_control(answer, private=True, max_age=RECORDING_FOR // 6)
    return answer


@require_safe
def slide_picture(request: WebinarRequest, token: str, deck: str, page: int, size: str) -> HttpResponseBase:
    """A picture under a signed address that is good for some hours; it asks no database."""
    if size not in operations.SIZES or not is_good(token, signer_of(deck)):
        raise Missing
    key = operations.key_of(deck, page, size)
    try:
        if storage.size_of(key) is None and (answer := serving.from_bucket(request, key)):
            return answer
        content = storage.read(key)
    except (FileNotFoundError, ValueError):
        raise Missing from None
    picture = HttpResponse(content, content_type="image/webp")
    patch_cache_control(picture, private=True, immutable=True, max_age=RECORDING_FOR)
    return picture


def _may_see(viewer: Viewer, webinar: Webinar) -> bool:
    member: Any = viewer.member
    return bool(may_enter(viewer, webinar, roles_of(member, webinar), registration_of(member, webinar)))


def _is_working(deck: Deck) -> bool:
    return deck.state == Deck.State.WORKING

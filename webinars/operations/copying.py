"""Slides of a webinar that is taken as the pattern of another: rows at once, pictures by the worker.

The copy has files of its own: whoever throws its slides away, or the original's, takes nothing from the other.
"""

from typing import Any

from django.db import transaction

from community.core.actors import SYSTEM, Actor
from community.core.events import record
from community.core.tasks import job
from webinars.media import storage
from webinars.models import Deck, Slide, Webinar
from webinars.operations.slides import SIZES, key_of

State = Deck.State
COPIED = ("number", "page", "width", "height", "small_width", "text")


@transaction.atomic
def copy_decks(webinar: Webinar, copy: Webinar, *, by: Any) -> list[Deck]:
    """Give `copy` the slides of a webinar that are ready; what the guard holds or a moderator refused stays behind."""
    # no-require: the operation that copies the webinar has asked
    made = []
    for deck in webinar.decks.filter(state=State.READY).order_by("uploaded_at"):
        fresh = Deck.objects.create(webinar=copy, title=deck.title, page_count=deck.page_count, uploaded_by=by)
        record("webinars.deck.added", by=by, target=fresh, webinar=copy.pk, pages=deck.page_count, copied_from=deck.pk)
        copy_pages.enqueue(fresh.pk, deck.pk)
        made.append(fresh)
    return made


@job(retries=2, queue="media", lease=600)
def copy_pages(pk: int, source_pk: int) -> None:
    """The pictures and words of a copied deck; begins anew when it was broken off."""
    deck = Deck.objects.filter(pk=pk, state=State.WORKING).first()
    source = Deck.objects.filter(pk=source_pk, state=State.READY).first()
    if deck is None:
        return
    Slide.objects.filter(deck=deck).delete()
    try:
        for slide in Slide.objects.filter(deck=source).select_related("deck").order_by("number") if source else ():
            _copy_page(slide, deck)
    except FileNotFoundError:
        source = None
    end_copy(deck, by=SYSTEM, is_whole=source is not None)


@transaction.atomic
def end_copy(deck: Deck, *, by: Actor, is_whole: bool) -> None:
    """Ready, or not readable where the original went meanwhile."""
    # no-require: only the worker calls it
    deck.state = State.READY if is_whole else State.FAILED
    deck.save(update_fields=["state"])
    if is_whole:
        record("webinars.deck.prepared", by=by, target=deck, webinar=deck.webinar_id)


def _copy_page(slide: Slide, deck: Deck) -> None:
    for size in SIZES:
        storage.put(
            key_of(deck.public_id, slide.page, size), storage.read(key_of(slide.deck.public_id, slide.page, size))
        )
    Slide.objects.create(deck=deck, **{name: getattr(slide, name) for name in COPIED})
    Deck.objects.filter(pk=deck.pk).update(done_count=slide.number)

"""Slides of a webinar: taking in a PDF, making its pages in the background, and deciding about what the guard found."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.actors import SYSTEM
from community.core.audiences import viewer_of
from community.core.errors import Conflict, Invalid
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import Finding, refuse_if_not_clean, screen_words
from community.core.tasks import job
from community.core.vault import open_sealed, seal
from community.moderation import operations as moderation
from community.moderation.queries import held_words
from webinars.crews import roles_of
from webinars.media import slides as pdf
from webinars.media import storage
from webinars.models import Deck, Room, Slide, Webinar
from webinars.policies import may_run_room
from webinars.roomlog import append, locked_room

DECKS_A_DAY = "40/day"
SIZES = ("large", "small")
State = Deck.State


@transaction.atomic
def add_deck(webinar: Webinar, *, by: Any, title: str, content: bytes) -> Deck:
    """Take in a PDF of at most 8 MB. Its pages are made by the worker; nobody sees them before the guard has."""
    _require_crew(webinar, by)
    spend("webinars.deck", by.pk, DECKS_A_DAY)
    title = " ".join(title.split())
    if not title or len(title) > 120:
        raise Invalid({"title": [_("Give a title of at most 120 characters.")]})
    refuse_if_not_clean("title", title=title)
    deck = Deck.objects.create(webinar=webinar, title=title, page_count=pdf.page_count(content), uploaded_by=by)
    storage.put(_source_of(deck), seal(content))
    prepare_deck.enqueue(deck.pk)
    record("webinars.deck.added", by=by, target=deck, webinar=webinar.pk, pages=deck.page_count)
    return deck


@job(retries=2, queue="media", lease=600)
def prepare_deck(pk: int) -> None:
    """Make the pages of a deck, one transaction each, then let the guard decide. Begins anew when it was broken off."""
    deck = Deck.objects.filter(pk=pk, state=State.WORKING).select_related("webinar", "uploaded_by").first()
    if deck is None:
        return
    Slide.objects.filter(deck=deck).delete()
    words: dict[str, str] = {}
    try:
        for page in pdf.pages(open_sealed(storage.read(_source_of(deck)))):
            words[_field_of(page.number)] = page.text
            _keep_page(deck, page)
    except Invalid:
        _end(deck, State.FAILED)
        return
    finish_deck(deck, by=SYSTEM, words=words)


@transaction.atomic
def finish_deck(deck: Deck, *, by: Any, words: dict[str, str]) -> Deck:
    """Let the guard look at the text of all pages: the deck is ready, or held with a list of pages."""
    # no-require: only the worker calls it
    found = [finding for name, text in words.items() for finding in _held_findings(name, text)]
    if not found:
        for name, text in words.items():
            Slide.objects.filter(deck=deck, page=_page_of(name)).update(text=text)
        record("webinars.deck.prepared", by=by, target=deck, webinar=deck.webinar_id)
        return _end(deck, State.READY)
    held = {finding.field for finding in found}
    for name, text in words.items():
        Slide.objects.filter(deck=deck, page=_page_of(name)).update(text="" if name in held else text)
    deck.findings = [{"page": _page_of(one.field), "kind": one.kind, "reason": one.reason} for one in found]
    _end(deck, State.HELD)
    moderation.hold(
        deck, by=deck.uploaded_by or SYSTEM, words={name: words[name] for name in sorted(held)}, findings=found
    )
    record("webinars.deck.held", by=by, target=deck, webinar=deck.webinar_id, pages=len(held))
    return deck


@transaction.atomic
def leave_out_pages(deck: Deck, *, by: Any) -> Deck:
    """Show a held deck without the pages on which something was found; they are destroyed."""
    deck = _locked(deck)
    _require_crew(deck.webinar, by)
    if deck.state != State.HELD or deck.page_count <= len(deck.found_pages):
        raise Conflict(_("No page would be left. Please send corrected slides."))
    for slide in deck.slides.filter(page__in=deck.found_pages):
        _destroy_page(deck, slide.page)
        slide.delete()
    for number, slide in enumerate(deck.slides.order_by("number"), start=1):
        Slide.objects.filter(pk=slide.pk).update(number=number)
    if deck.uploaded_by is not None:
        moderation.withdraw(deck, by=deck.uploaded_by)
    record("webinars.deck.pages_left_out", by=by, target=deck, webinar=deck.webinar_id, pages=len(deck.found_pages))
    deck.page_count, deck.findings = deck.slides.count(), []
    deck.save(update_fields=["page_count", "findings"])
    return _end(deck, State.READY)


@transaction.atomic
def release_deck(target: Deck, *, by: Any) -> Deck:
    """Show a held deck as it is: moderation calls this after a decision."""
    # no-require: moderation has asked its policy about the moderator
    deck = _locked(target)
    if deck.state not in {State.HELD, State.REFUSED}:
        return deck
    for name, text in held_words(deck).items():
        Slide.objects.filter(deck=deck, page=_page_of(name)).update(text=text)
    deck.findings = []
    deck.save(update_fields=["findings"])
    record("webinars.deck.released", by=by, target=deck, webinar=deck.webinar_id)
    return _end(deck, State.READY)


@transaction.atomic
def refuse_deck(target: Deck, *, by: Any) -> Deck:
    """Do not show a deck: moderation calls this after a decision."""
    # no-require: moderation has asked its policy about the moderator
    deck = _locked(target)
    if deck.state in {State.HELD, State.READY}:
        record("webinars.deck.refused", by=by, target=deck, webinar=deck.webinar_id)
        _end(deck, State.REFUSED)
        _take_off_stage(deck, by)
    return deck


@transaction.atomic
def remove_deck(deck: Deck, *, by: Any) -> None:
    """Throw a deck away with its pictures; where it was shown, no slide is."""
    deck = _locked(deck)
    _require_crew(deck.webinar, by)
    if deck.state == State.HELD and deck.uploaded_by is not None:
        moderation.withdraw(deck, by=deck.uploaded_by)
    _take_off_stage(deck, by)
    record("webinars.deck.removed", by=by, target=deck, webinar=deck.webinar_id)
    pages = list(deck.slides.values_list("page", flat=True))
    source, name = _source_of(deck), deck.public_id
    deck.delete()
    transaction.on_commit(lambda: _destroy(source, [_key(name, page, size) for page in pages for size in SIZES]))


def key_of(deck: str, page: int, size: str) -> str:
    """Where a picture is: by the deck's public id, the page of the PDF and "large" or "small"."""
    return _key(deck, page, size)


def _key(deck: str, page: int, size: str) -> str:
    return f"slides/{deck}/{page}-{size}.webp"


def _source_of(deck: Deck) -> str:
    return f"slides/{deck.public_id}/source"


def _field_of(page: int) -> str:
    """How moderators see which page words stand on."""
    return f"page {page}"


def _page_of(name: str) -> int:
    return int(name.removeprefix("page "))


def _keep_page(deck: Deck, page: pdf.Page) -> None:
    for size, picture in (("large", page.large), ("small", page.small)):
        storage.put(_key(deck.public_id, page.number, size), picture.content)
    measures = {"width": page.large.width, "height": page.large.height, "small_width": page.small.width}
    Slide.objects.create(deck=deck, number=page.number, page=page.number, **measures)
    Deck.objects.filter(pk=deck.pk).update(done_count=page.number)


def _held_findings(name: str, text: str) -> list[Finding]:
    """What a moderator must look at on one page; a nudge is for writers, and nobody is writing here."""
    fields: dict[str, Any] = {name: text}
    screening = screen_words("slide", **fields)
    return screening.findings if screening.outcome in {"hold", "block"} else []


def _end(deck: Deck, state: "Deck.State") -> Deck:
    deck.state = state
    deck.save(update_fields=["state", "findings"])
    transaction.on_commit(lambda: _destroy(_source_of(deck), []))
    return deck


def _destroy_page(deck: Deck, page: int) -> None:
    keys = [_key(deck.public_id, page, size) for size in SIZES]
    transaction.on_commit(lambda: _destroy("", keys))


def _destroy(source: str, keys: Iterable[str]) -> None:
    storage.destroy(source, *keys)


def _take_off_stage(deck: Deck, by: Any) -> None:
    room = Room.objects.filter(webinar=deck.webinar, deck=deck).first()
    if room is None:
        return
    log = locked_room(deck.webinar.slug)
    Room.objects.filter(pk=log.pk).update(deck=None, slide=0)
    append(log, "slide.shown", {"n": 0, "deck": None}, by=by)


def _locked(deck: Deck) -> Deck:
    return Deck.objects.select_for_update(of=("self",)).select_related("webinar", "uploaded_by").get(pk=deck.pk)


def _require_crew(webinar: Webinar, by: Any) -> None:
    require(may_run_room(viewer_of(by), roles_of(by, webinar)))

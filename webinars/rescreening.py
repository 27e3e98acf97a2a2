"""Words of webinars for the guard to read again under new rules: plans, polls, slides, captions, lines, questions."""

from collections.abc import Iterable, Iterator

from django.db.models import Model

from community.casefree.contents import Content, Row, register_content
from community.core.actors import SYSTEM
from community.moderation import operations as moderation
from webinars.lines import words_of
from webinars.models import Deck, Gone, PollAnswer, RoomEvent, Webinar, WebinarState

SURFACES = {"chat.said": "chat", "question.shown": "question"}
PLAN = ("title", "summary", "description", "objectives", "change_note")
#: A webinar brings its polls and speakers with it, a track of captions has a thousand lines.
PLANS_AT_ONCE, TRACKS_AT_ONCE, DECKS_AT_ONCE = 20, 2, 10


def register() -> None:
    """Called once, when the models are ready."""
    register_content(Content("webinars.roomevent", events_after, lambda pk: flag(RoomEvent, pk)))
    register_content(Content("webinars.webinar", plans_after, lambda pk: flag(Webinar, pk)))
    register_content(Content("webinars.caption", captions_after, lambda pk: flag(Webinar, pk)))
    register_content(Content("webinars.deck", decks_after, lambda pk: flag(Deck, pk)))


def events_after(pk: int, limit: int) -> Iterable[Row]:
    """The next lines and questions by key, with what they say now."""
    spoken = RoomEvent.objects.filter(verb__in=SURFACES, pk__gt=pk).exclude(
        gone__in=[Gone.DELETED, Gone.CUT, Gone.HIDDEN]
    )
    for event in spoken.order_by("pk")[:limit]:
        yield event.pk, SURFACES[event.verb], words_of(event)


def plans_after(pk: int, limit: int) -> Iterable[Row]:
    """The next webinars that others see: plan, series, speakers, hand-outs, polls and what was answered in words."""
    shown = Webinar.objects.filter(pk__gt=pk).exclude(state=WebinarState.DRAFT).select_related("series")
    related = shown.prefetch_related("speakers", "handouts", "polls__options", "polls__answers")
    for webinar in related.order_by("pk")[: min(limit, PLANS_AT_ONCE)]:
        for surface, words in _words_of_plan(webinar):
            yield webinar.pk, surface, words


def captions_after(pk: int, limit: int) -> Iterable[Row]:
    """The next webinars with captions; each track as one text, as it was screened when it came in."""
    captioned = Webinar.objects.filter(pk__gt=pk, captions__isnull=False).distinct().order_by("pk")
    for webinar in captioned[: min(limit, TRACKS_AT_ONCE)]:
        tracks: dict[str, list[str]] = {}
        for language, text in webinar.captions.values_list("language", "text"):
            tracks.setdefault(language, []).append(text)
        for lines in tracks.values():
            yield webinar.pk, "transcript", "\n".join(lines)


def decks_after(pk: int, limit: int) -> Iterable[Row]:
    """The next decks that can be shown, page by page."""
    ready = Deck.objects.filter(pk__gt=pk, state=Deck.State.READY).prefetch_related("slides").order_by("pk")
    for deck in ready[: min(limit, DECKS_AT_ONCE)]:
        yield deck.pk, "title", deck.title
        for slide in deck.slides.all():
            yield deck.pk, "slide", slide.text


def flag(model: type[Model], pk: int) -> None:
    """Ask a moderator to look at it."""
    moderation.flag(model._default_manager.get(pk=pk), by=SYSTEM)


def _words_of_plan(webinar: Webinar) -> Iterator[tuple[str, str]]:
    yield from (("practice", getattr(webinar, name)) for name in PLAN)
    if webinar.series:
        yield from (("practice", words) for words in (webinar.series.title, webinar.series.summary))
    for speaker in webinar.speakers.all():
        yield from (("profile", words) for words in (speaker.name, speaker.title, speaker.coi_statement))
    yield from (("practice", handout.title) for handout in webinar.handouts.all())
    for poll in webinar.polls.all():
        answers: list[PollAnswer] = list(poll.answers.all())
        options = [option.text for option in poll.options.all()]
        yield from (("question", words) for words in (poll.prompt, poll.explanation, *options))
        yield from (("question", answer.text) for answer in answers)

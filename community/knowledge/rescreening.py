"""Published write-ups, their translations and reports of adopters, for the guard to read again under new rules."""

from collections.abc import Iterable, Iterator
from typing import Any

from community.casefree.contents import Content, Row, register_content
from community.core.actors import SYSTEM
from community.knowledge.models import Adaptation, AdopterReport, Translation, WriteUpPage
from community.knowledge.practice.words import WORDS, surface_of, words_of_page
from community.moderation import operations as moderation

#: A write-up is as long as twenty posts.
AT_ONCE = 10


def register() -> None:
    """Called once, when the models are ready."""
    register_content(Content("knowledge.writeuppage", write_ups_after, flag_write_up))


def write_ups_after(pk: int, limit: int) -> Iterable[Row]:
    """The next published write-ups with all that stands under them in others' words."""
    for page in WriteUpPage.objects.filter(live=True, pk__gt=pk).order_by("pk")[: min(limit, AT_ONCE)]:
        yield page.pk, WORDS, page.title
        for name, words in words_of_page(page).items():
            yield page.pk, surface_of(name), words
        for words in _words_of_others(page):
            yield page.pk, WORDS, words


def flag_write_up(pk: int) -> None:
    """Ask a moderator to look at a write-up."""
    moderation.flag(WriteUpPage.objects.get(pk=pk), by=SYSTEM)


def _words_of_others(page: WriteUpPage) -> Iterator[str]:
    for translation in Translation.objects.filter(page=page, shown_version__isnull=False):
        yield from _texts_in(translation.shown)
    yield from Adaptation.objects.filter(parent=page).values_list("what_changed", flat=True)
    for report in AdopterReport.objects.filter(adaptation__parent=page):
        yield from (report.measure, report.note)


def _texts_in(value: Any) -> Iterator[str]:
    """Every text in nested values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(each)

"""Words of knowledge for the guard to read again under new rules: write-ups, myth checks, bulletins, editors' pages,
drafts with the remarks on them, rumours, banners, names of files."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet

from community.casefree.contents import BLOCKED, Content, Row, register_content
from community.core.actors import SYSTEM
from community.knowledge.models import (
    Adaptation,
    AdopterReport,
    AudiencedPage,
    Banner,
    BulletinPage,
    DraftComment,
    Handout,
    MythPage,
    Picture,
    Remark,
    Rumour,
    Translation,
    WriteUpPage,
)
from community.knowledge.operations.writeups import draft_of
from community.knowledge.page_words import surface_on, words_on
from community.knowledge.practice.facets import Stage
from community.knowledge.practice.words import WORDS
from community.moderation import operations as moderation
from community.moderation.registry import type_of

#: A write-up is as long as twenty posts.
AT_ONCE = 10
#: What has no more than a line or two.
FIELDS: dict[type[Model], tuple[str, ...]] = {
    DraftComment: ("text",),
    Remark: ("text",),
    Banner: ("text",),
    Picture: ("title", "description"),
    Handout: ("title",),
}
OTHERS = Q(writeuppage__isnull=True, mythpage__isnull=True, bulletinpage__isnull=True)


def register() -> None:
    """Called once, when the models are ready."""
    register_content(Content(type_of(WriteUpPage), write_ups_after, flag_page, stops=BLOCKED))
    register_content(Content("knowledge.under_write_ups", under_write_ups_after, flag_page))
    register_content(Content(type_of(MythPage), myths_after, flag_page, stops=BLOCKED))
    register_content(Content("knowledge.under_myths", under_myths_after, flag_page))
    register_content(Content(type_of(BulletinPage), bulletins_after, flag_page, stops=BLOCKED))
    register_content(Content(type_of(AudiencedPage), pages_after, flag_page, stops=BLOCKED))
    register_content(Content("knowledge.draft", drafts_after, flag_page, stops=BLOCKED))
    for model, fields in FIELDS.items():
        register_content(Content(type_of(model), _fields_after(model, fields), _flag(model)))
    register_content(Content(type_of(Rumour), rumours_after, _flag(Rumour)))


def write_ups_after(pk: int, limit: int) -> Iterable[Row]:
    """The next write-ups that are published or in review. Two people read them before they are shown, and what is to
    be read first they were told of; so it is with myth checks and bulletins."""
    for page in _next(_shown_or_read(), pk, limit):
        yield from _rows(page if page.live else draft_of(page))


def under_write_ups_after(pk: int, limit: int) -> Iterable[Row]:
    """What stands under the same in others' words."""
    for page in _next(_shown_or_read(), pk, limit):
        yield page.pk, WORDS, ""  # Where nobody said anything the sweep goes on.
        yield from ((page.pk, WORDS, words) for words in _words_of_others(page))


def myths_after(pk: int, limit: int) -> Iterable[Row]:
    """The next published myth checks."""
    for page in _next(MythPage.objects.live(), pk, limit):
        yield from _rows(page)


def under_myths_after(pk: int, limit: int) -> Iterable[Row]:
    """What the reviewers of the same said, which nobody else read before."""
    for page in _next(MythPage.objects.live().prefetch_related("reviews"), pk, limit):
        yield page.pk, WORDS, ""
        for review in page.reviews.all():
            yield page.pk, WORDS, review.note
            yield page.pk, "profile", review.conflict


def bulletins_after(pk: int, limit: int) -> Iterable[Row]:
    """The next released bulletins."""
    for page in _next(BulletinPage.objects.live(), pk, limit):
        yield from _rows(page)


def pages_after(pk: int, limit: int) -> Iterable[Row]:
    """The next other published pages, in all languages. Editors may say what elsewhere a moderator reads first."""
    for page in _next(AudiencedPage.objects.live().filter(OTHERS), pk, limit):
        yield from _rows(page.specific)


def drafts_after(pk: int, limit: int) -> Iterable[Row]:
    """The newest drafts of the next pages, and translations of write-ups that are not shown yet."""
    changed = Q(live=False) | Q(has_unpublished_changes=True) | Q(writeuppage__in_other_languages__isnull=False)
    pages = AudiencedPage.objects.filter(changed).exclude(latest_revision=None).distinct()
    for page in _next(pages, pk, limit):
        yield from _rows(page.specific.get_latest_revision_as_object())
        for translation in Translation.objects.filter(page=page.pk):
            yield from ((page.pk, WORDS, words) for words in _texts_in(translation.texts))


def rumours_after(pk: int, limit: int) -> Iterable[Row]:
    """The next rumours in all their wordings."""
    for rumour in _next(Rumour.objects.prefetch_related("tellings"), pk, limit):
        for words in dict.fromkeys([rumour.headline, *(each.text for each in rumour.tellings.all())]):
            yield rumour.pk, WORDS, words


def flag_page(pk: int) -> None:
    """Ask a moderator to look at a page or its draft."""
    moderation.flag(AudiencedPage.objects.get(pk=pk).specific, by=SYSTEM)


def _flag(model: type[Model]) -> Callable[[int], None]:
    def flag(pk: int) -> None:
        moderation.flag(model._default_manager.get(pk=pk), by=SYSTEM)

    return flag


def _fields_after(model: type[Model], fields: tuple[str, ...]) -> Callable[[int, int], Iterable[Row]]:
    def rows_after(pk: int, limit: int) -> Iterable[Row]:
        for row in model._default_manager.filter(pk__gt=pk).order_by("pk")[:limit]:
            yield from ((row.pk, WORDS, getattr(row, name)) for name in fields)

    return rows_after


def _next(rows: "QuerySet[Any]", pk: int, limit: int) -> "QuerySet[Any]":
    return rows.filter(pk__gt=pk).order_by("pk")[: min(limit, AT_ONCE)]


def _rows(page: Any) -> Iterator[Row]:
    return ((page.pk, surface_on(page, name), words) for name, words in words_on(page).items())


def _shown_or_read() -> Any:
    return WriteUpPage.objects.filter(Q(live=True) | Q(stage=Stage.IN_REVIEW))


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

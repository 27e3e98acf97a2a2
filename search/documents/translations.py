"""Published translations of write-ups as documents: their own words, the audience and the facets of the write-up."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet

from community.core.audiences import Viewer
from community.knowledge.languages import address_of
from community.knowledge.models import Translation, Version, WriteUpPage
from search.documents.knowledge import facets_of
from search.documents.sources import Keys, Shown, Source, add_source, document
from search.models import Document, Kind


def register() -> None:
    add_source(Source(Kind.TRANSLATION, translations, allowed, show, all_keys))


def translations(keys: Keys) -> Iterator[Document]:
    for translation in _published(keys).filter(page__in=WriteUpPage.objects.live().public()):
        yield document(
            Kind.TRANSLATION,
            translation.pk,
            title=_title(translation),
            body=_text(translation),
            bundle=f"page:{translation.page_id}",
            audience=translation.page.audience,
            lang=translation.language,
            at=translation.published_at,
            sourced=True,
            **facets_of(translation.page),
        )


def allowed(viewer: Viewer, keys: Keys) -> set[int]:
    return set(_visible(viewer, keys).values_list("pk", flat=True))


def show(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    return {
        translation.pk: Shown(
            _title(translation),
            address_of(translation.page, translation.language),
            _text(translation),
            translation.published_at,
        )
        for translation in _visible(viewer, keys)
    }


def all_keys() -> Iterable[int]:
    return Translation.objects.order_by("pk").values_list("pk", flat=True).iterator()


def _visible(viewer: Viewer, keys: Keys) -> QuerySet[Translation]:
    """Whoever may read the write-up may read it in this language."""
    return _published(keys).filter(page__in=WriteUpPage.objects.visible_to(viewer).live().public())


def _published(keys: Keys) -> QuerySet[Translation]:
    """What a second reader agreed to, of a version whose words have not been taken away."""
    shown = Version.objects.filter(page=OuterRef("page"), number=OuterRef("shown_version")).exclude(content={})
    return Translation.objects.filter(Exists(shown), pk__in=keys).select_related("page__country")


def _title(translation: Translation) -> str:
    return str(translation.shown.get("title") or translation.page.title)


def _text(translation: Translation) -> str:
    """The words in the order in which they stand, the title left out."""
    return " ".join(" ".join(str(text) for path, text in translation.shown.items() if path != "title").split())

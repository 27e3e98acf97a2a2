"""Published guideline and help pages, write-ups, myth checks and bulletins as documents."""

import re
from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.html import strip_tags

from community.core.audiences import Viewer
from community.core.clock import now
from community.knowledge.models import AudiencedPage, BulletinPage, GuidelinePage, HelpPage, MythPage, WriteUpPage
from community.knowledge.practice.sections import words_in
from search.documents.sources import Keys, Shown, Source, add_source, document, padded
from search.models import Document, Kind

# Marks of emphasis, and names of choices: a block says "under_10k" where readers see "1,000 to 9,999 people".
NO_WORDS = re.compile(r"\*\*|\b[a-z0-9]+(?:_[a-z0-9]+)+\b")

Findable = GuidelinePage | HelpPage | MythPage | BulletinPage | WriteUpPage


def register() -> None:
    add_source(Source(Kind.PAGE, pages, allowed, show, all_keys))


def pages(keys: Keys) -> Iterator[Document]:
    for page in _prose(AudiencedPage.objects.live().public().filter(pk__in=keys)):
        yield document(
            Kind.PAGE,
            page.pk,
            title=page.title,
            body=_text(page),
            bundle=f"page:{page.pk}",
            audience=page.audience,
            at=page.last_published_at or page.first_published_at or page.latest_revision_created_at,
            lang=page.language if isinstance(page, WriteUpPage) else "en",
            sourced=True,
            **facets_of(page),
        )


def allowed(viewer: Viewer, keys: Keys) -> set[int]:
    found = AudiencedPage.objects.visible_to(viewer).public().filter(pk__in=keys)
    ended = BulletinPage.objects.filter(Q(shown_until__lte=now()) | ~Q(withdrawn_at=None), pk__in=keys)
    return set(found.exclude(pk__in=ended.values("pk")).values_list("pk", flat=True))


def show(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    found = _prose(AudiencedPage.objects.visible_to(viewer).public().filter(pk__in=keys))
    return {page.pk: Shown(page.title, page.url or "/", _text(page), page.last_published_at) for page in found}


def all_keys() -> Iterable[int]:
    return AudiencedPage.objects.order_by("pk").values_list("pk", flat=True).iterator()  # type: ignore[no-any-return]


def _prose(found: "object") -> Iterator[Findable]:
    """Pages with words of their own; a bulletin that was withdrawn is not found any more."""
    for page in found.specific():  # type: ignore[attr-defined]
        if isinstance(page, GuidelinePage | HelpPage | MythPage | WriteUpPage) or (
            isinstance(page, BulletinPage) and page.withdrawn_at is None and page.is_shown_now
        ):
            yield page


def _text(page: Findable) -> str:
    """The words of a page; blocks are set apart, so that the last of one and the first of the next stay two words."""
    if isinstance(page, WriteUpPage):
        words = f"{page.result} {page.problem} {words_in([block['value'] for block in page.body.raw_data])}"
        return " ".join(NO_WORDS.sub("", words).split())
    if isinstance(page, MythPage):
        return " ".join(f"{page.fact} {page.claim} {page.why} {page.practical}".split())
    if isinstance(page, BulletinPage):
        steps = " ".join(f"{block.value['do']} {block.value['dont']}" for block in page.steps)
        return " ".join(f"{page.known} {page.unknown} {page.being_done} {steps} {page.consequences}".split())
    body = " ".join(str(block.render()) for block in page.body)
    return " ".join(f"{page.intro} {strip_tags(body.replace('<', ' <'))}".split())


def facets_of(page: Findable) -> dict[str, str]:
    """What write-ups can be narrowed by: tags, specialty, country and region; and checks by specialty."""
    if isinstance(page, MythPage):
        return {"specialty": padded(each.slug for each in page.specialties.all())}
    if not isinstance(page, WriteUpPage):
        return {}
    country = page.country
    return {
        "tags": padded(tag.slug for tag in page.tags.all()),
        "specialty": padded(each.slug for each in page.specialties.all()),
        "places": padded([country.code, country.who_region] if country else []),
    }

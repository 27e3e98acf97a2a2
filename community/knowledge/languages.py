"""Write-ups in other languages as pages read them: the switch, which one a reader is shown first, who is told."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.events import on
from community.core.languages import direction_of
from community.core.models import Event
from community.core.notices import tell
from community.knowledge.models import Translation, TranslationState, WriteUpPage
from community.knowledge.policies.translations import may_translate
from community.knowledge.practice.joining import Beside, register_beside
from community.knowledge.subscribers import authors_of
from community.members.identifiers import language_name
from community.notifications.targets import register_target

ORIGINAL = "original"


@dataclass(frozen=True)
class InLanguage:
    """One way to read a write-up: `name` is the language's name in the language of the page."""

    code: str
    name: str
    dir: str
    url: str
    is_original: bool = False
    version: int = 0


def register() -> None:
    """Called once, when the models are ready."""
    register_beside(switch_beside)
    register_target("knowledge.translation", lines_for)


def published_of(page: WriteUpPage) -> list[Translation]:
    """The published translations of a page, read once for a page that has been asked for."""
    known: list[Translation] | None = getattr(page, "_published_translations", None)
    if known is None:
        known = list(
            Translation.objects.filter(page_id=page.pk, shown_version__isnull=False).select_related(
                "translator", "reader"
            )
        )
        page._published_translations = known
    return known


def ways_to_read(page: WriteUpPage) -> list[InLanguage]:
    """The original first, then every published translation; empty where there is only the original."""
    found = published_of(page)
    if not found:
        return []
    original = InLanguage(
        page.language, language_name(page.language), direction_of(page.language),
        f"/practices/{page.slug}/?{ORIGINAL}", is_original=True,
    )  # fmt: skip
    return [original, *(_way(page, translation) for translation in found)]


def _way(page: WriteUpPage, translation: Translation) -> InLanguage:
    code = translation.language
    return InLanguage(
        code, language_name(code), direction_of(code), address_of(page, code), version=translation.shown_version or 0
    )


def address_of(page: WriteUpPage, language: str) -> str:
    return reverse("translation", args=[page.slug, language])


def first_for(page: WriteUpPage, request: HttpRequest) -> str:
    """Where a reader is led who speaks a language that the write-up was translated into; "" to stay here.

    Only where somebody chose the language, on the account or in the foot: a browser's header alone moves nobody, so
    that an address that is shared, kept or indexed shows what it always shows.
    """
    language = get_language() or ""
    chosen = request.COOKIES.get("django_language") or getattr(request.user, "interface_language", "")
    if getattr(request, "is_preview", False) or request.method != "GET":
        return ""
    if ORIGINAL in request.GET or language == page.language or chosen != language:
        return ""
    found = any(translation.language == language for translation in published_of(page))
    return address_of(page, language) if found else ""


def switch_beside(page: WriteUpPage, viewer: Viewer) -> Beside | None:
    """Under the setting: the languages it can be read in, and the way to translate it."""
    if not page.live:
        return None
    may = viewer.is_signed_in and bool(may_translate(viewer, page))
    ways = ways_to_read(page)
    if not ways and not may:
        return None
    context = {"ways": ways, "may_translate": may, "writeup": page, "reading": getattr(page, "_read_in", page.language)}
    return Beside("knowledge/translations/_switch.html", context, order=5, place="head")


def waiting_for(viewer: Viewer) -> Any:
    """Translations that the viewer could read as the second person."""
    spoken = list(getattr(viewer.member, "languages", []))
    rows = Translation.objects.filter(state=TranslationState.WAITING, page__live=True).select_related(
        "page", "translator"
    )
    rows = rows.exclude(translator=viewer.member).filter(page__in=WriteUpPage.objects.visible_to(viewer))
    return rows if viewer.has("editors") else rows.filter(language__in=spoken)


def begun_of(page: WriteUpPage) -> list[Translation]:
    """Every translation of a page that somebody has begun."""
    return list(Translation.objects.filter(page=page).select_related("page", "translator"))


def begun_by(member: Any) -> Any:
    """What a member translates, newest first."""
    return Translation.objects.filter(translator=member).select_related("page").order_by("-begun_at")


# --- Notices ---------------------------------------------------------------------------------------------------


def lines_for(viewer: Viewer, pks: Any) -> dict[str, tuple[str, str]]:
    """What a notice says of a translation and where it leads, for whoever may read the write-up."""
    rows = Translation.objects.filter(pk__in=[pk for pk in pks if str(pk).isdecimal()]).select_related("page")
    rows = rows.filter(page__in=WriteUpPage.objects.visible_to(viewer))
    lines = {}
    for row in rows:
        is_own = viewer.member is not None and row.translator_id == viewer.member.pk
        if not is_own and not row.is_published:
            continue
        url = reverse("translation-write" if is_own else "translation", args=[row.page.slug, row.language])
        words = _("%(title)s, in %(language)s") % {"title": row.page.title, "language": language_name(row.language)}
        lines[str(row.pk)] = (words, url)
    return lines


@on("knowledge.translation.published", "knowledge.translation.returned")
def tell_translator(event: Event) -> None:
    """The translator hears what the second reader said, and the authors that they are read in one language more."""
    translation = Translation.objects.filter(pk=event.target_id).select_related("page", "translator", "reader").first()
    if translation is None:
        return
    if event.verb.endswith("returned"):
        tell(translation.translator, "knowledge.translation_back", target=translation, event_id=event.pk)
        return
    for member in {translation.translator, *authors_of(translation.page)}:
        tell(member, "knowledge.translated", target=translation, event_id=event.pk, actor=translation.reader)


@on("knowledge.writeup.published")
def tell_of_newer_version(event: Event) -> None:
    """Translators hear that what they translated has changed."""
    for translation in Translation.objects.filter(page_id=int(event.target_id or 0)).select_related("translator"):
        tell(translation.translator, "knowledge.translation_old", target=translation, event_id=event.pk)

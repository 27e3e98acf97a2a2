"""A translation's way: begun, saved, sent, read by a second person, published; begun again for a newer version."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Conflict, Invalid, Missing
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import Screening, refuse_if_not_clean
from community.knowledge.models import Translation, TranslationState, Version, WriteUpPage
from community.knowledge.policies.translations import may_answer_translation, may_translate, may_work_on
from community.knowledge.practice.translating import carried, lacking, pieces_of
from community.knowledge.practice.words import look_at_and_refuse
from community.moderation.policies import may_speak

STARTS_A_DAY = "20/day"
SAVES_AN_HOUR = "600/hour"
LONGEST_ANSWER = 600


@transaction.atomic
def start_translation(page: WriteUpPage, *, by: Any, language: str) -> Translation:
    """Begin to translate the newest version. Raises Conflict where somebody has begun this language."""
    require(may_translate(viewer_of(by), page, language))
    require(may_speak(by))
    spend("knowledge.translation.start", by.pk, STARTS_A_DAY)
    if Translation.objects.filter(page=page, language=language).exists():
        raise Conflict(_("Somebody has begun a translation into this language."))
    translation = Translation.objects.create(
        page=page, language=language, translator=by, of_version=newest_of(page).number
    )
    record("knowledge.translation.started", by=by, target=translation, language=language)
    return translation


@transaction.atomic
def save_translation(translation: Translation, *, by: Any, texts: Mapping[str, str]) -> tuple[Translation, Screening]:
    """Keep the draft; `texts` holds words by the place of their piece, "" takes one away. Says what the guard says.

    Raises Refused for what the guard blocks (nothing is kept), and Invalid for words that are too long for their place.
    """
    translation = locked(translation)
    require(may_work_on(viewer_of(by), translation))
    require(may_speak(by))
    spend("knowledge.translation.save", by.pk, SAVES_AN_HOUR)
    told = words_for(translation, texts)
    screening = look_at_and_refuse({path: text for path, text in told.items() if text})
    translation.texts = {path: text for path, text in {**translation.texts, **told}.items() if text}
    translation.state = TranslationState.DRAFT
    translation.save(update_fields=["texts", "state"])
    record("knowledge.translation.saved", by=by, target=translation)
    return translation, screening


@transaction.atomic
def send_translation(translation: Translation, *, by: Any) -> Translation:
    """Give the draft to a second reader; to a moderator where the guard is not sure of the words."""
    translation = locked(translation)
    require(may_work_on(viewer_of(by), translation))
    require(may_speak(by))
    missing = lacking(version_of(translation).content, translation.texts)
    if missing:
        raise Invalid({piece.path: [_("This has no translation yet.")] for piece in missing})
    translation.held = look_at_and_refuse(translation.texts).is_held
    translation.state, translation.answer = TranslationState.WAITING, ""
    translation.save(update_fields=["held", "state", "answer"])
    record("knowledge.translation.sent", by=by, target=translation, held=translation.held)
    return translation


@transaction.atomic
def publish_translation(translation: Translation, *, by: Any) -> Translation:
    """The second reader agrees: everybody who may read the write-up reads these words."""
    translation = locked(translation)
    require(may_answer_translation(viewer_of(by), translation))
    translation.shown, translation.shown_version = translation.texts, translation.of_version
    translation.state, translation.reader, translation.published_at = TranslationState.DONE, by, now()
    translation.save(update_fields=["shown", "shown_version", "state", "reader", "published_at"])
    record("knowledge.translation.published", by=by, target=translation, number=translation.of_version)
    return translation


@transaction.atomic
def return_translation(translation: Translation, *, by: Any, answer: str) -> Translation:
    """The second reader asks for changes, in a sentence or two."""
    translation = locked(translation)
    require(may_answer_translation(viewer_of(by), translation))
    answer = answer.strip()
    if not answer or len(answer) > LONGEST_ANSWER:
        raise Invalid({"answer": [_("Say what should change, in at most 600 characters.")]})
    refuse_if_not_clean("practice", answer=answer)
    translation.state, translation.answer = TranslationState.DRAFT, answer
    translation.save(update_fields=["state", "answer"])
    record("knowledge.translation.returned", by=by, target=translation)
    return translation


@transaction.atomic
def renew_translation(translation: Translation, *, by: Any) -> Translation:
    """Go on with the newest version: what stands there in the same words is translated already."""
    translation = locked(translation)
    require(may_work_on(viewer_of(by), translation))
    newest, before = newest_of(translation.page), version_of(translation)
    if newest.number != before.number:
        translation.texts = carried(before.content, translation.texts, newest.content)
        translation.of_version, translation.state = newest.number, TranslationState.DRAFT
        translation.save(update_fields=["texts", "of_version", "state"])
        record("knowledge.translation.renewed", by=by, target=translation, number=newest.number)
    return translation


def locked(translation: Translation) -> Translation:
    """The translation as it is now, locked for the rest of the transaction; raises Missing when it is gone."""
    found = Translation.objects.select_for_update(of=("self",)).select_related("page").filter(pk=translation.pk).first()
    if found is None:
        raise Missing
    return found


def words_for(translation: Translation, texts: Mapping[str, str]) -> dict[str, str]:
    """Of what was sent, the words that have a place; raises Invalid for those that are too long for it."""
    pieces = {piece.path: piece for piece in pieces_of(version_of(translation).content)}
    told = {path: text.strip() for path, text in texts.items() if path in pieces}
    too_long = {path: [_("This is too long.")] for path, text in told.items() if len(text) > pieces[path].longest}
    if too_long:
        raise Invalid(too_long)
    return told


def newest_of(page: WriteUpPage) -> Version:
    version: Version | None = page.versions.order_by("-number").first()
    if version is None or version.is_emptied:
        raise Missing
    return version


def version_of(translation: Translation, *, shown: bool = False) -> Version:
    """The version that is worked on, or the one that is shown; Missing where its words were taken away."""
    number = translation.shown_version if shown else translation.of_version
    version: Version | None = Version.objects.filter(page_id=translation.page_id, number=number or 0).first()
    if version is None or version.is_emptied:
        raise Missing
    return version

"""Who may translate a write-up, and who reads the translation before others do.

One second reader is enough: two reviewers have found the write-up good, and a translation cannot change its numbers,
sources or order. That reader knows the language, and did not translate; an author of the write-up may be the one.
"""

from typing import Any

from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.policies import Verdict, deny
from community.knowledge.models import Translation, TranslationState, WriteUpPage
from community.knowledge.policies.writeups import EDITORS, MODERATORS, may_write
from community.knowledge.practice.facets import Standing
from community.members.identifiers import language_name, languages


def may_translate(viewer: Viewer, page: WriteUpPage, language: str = "") -> Verdict:
    """Verified members, what is published and in force, into another language than its own."""
    if not page.live or page.standing == Standing.RETIRED:
        return deny("not_published", _("Only what is published and in force can be translated."))
    if language and (language == page.language or language not in languages()):
        return deny("own_language", _("Choose another language than its own."))
    return may_write(viewer)


def may_work_on(viewer: Viewer, translation: Translation) -> Verdict:
    """Whoever began it, while nobody reads it."""
    if not _is(viewer.member, translation.translator_id):
        return deny("not_translator", _("Somebody else is translating this."))
    if translation.state == TranslationState.WAITING:
        return deny("waiting", _("A second reader has it now. You can change it when they have answered."))
    return may_translate(viewer, translation.page)


def may_answer_translation(viewer: Viewer, translation: Translation) -> Verdict:
    """A verified member who knows the language and is not the translator; a moderator where the guard asked for one."""
    if translation.state != TranslationState.WAITING:
        return deny("not_waiting", _("It does not wait for a second reader."))
    if _is(viewer.member, translation.translator_id):
        return deny("own_translation", _("Somebody else must read your translation."))
    if translation.held and not viewer.has(MODERATORS):
        return deny("held", _("The guard could not be sure of these words, so a moderator must read them."))
    if not viewer.has(EDITORS) and translation.language not in _spoken(viewer.member):
        name = language_name(translation.language)
        return deny("other_language", _("Your profile does not say that you know %(language)s.") % {"language": name})
    return may_write(viewer)


def _is(member: Any, pk: int) -> bool:
    return member is not None and member.pk == pk


def _spoken(member: Any) -> list[str]:
    return list(getattr(member, "languages", []))

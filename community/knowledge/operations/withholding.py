"""What follows a moderator's decision on pages of editors, drafts, remarks, rumours, banners and files.

Moderation calls these after its own permission check.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from community.core.errors import Refused
from community.core.events import record
from community.core.models import Event
from community.core.screening import LEVELS
from community.knowledge.admin_log import HIDDEN, call, call_page, number_of
from community.knowledge.models import DraftComment, Remark, Rumour, RumourState, Translation
from community.knowledge.models.pages import Audience
from community.knowledge.page_words import blocked_in, screening_of, take_out
from community.knowledge.practice.words import WORDS, look_at
from community.moderation.registry import type_of


@transaction.atomic
def hide_page(target: Page, *, by: Any) -> None:
    """Take what the guard blocks out of a page's draft, and a page out of sight whose shown words are the matter."""
    # no-require: moderation has asked its policy about the moderator
    page = type(target).objects.select_for_update(of=("self",)).get(pk=target.pk)
    cleared = clear_draft(page, by=by)
    if not page.live or (cleared and not is_stopped(page)):
        return
    if page.allowed_subpage_models():
        raise Refused(
            "carries_others", _("Other pages stand below this one. Ask an editor to change its words instead.")
        )
    page.live = False
    page.save(update_fields=["live"], clean=False)
    call_page(page, number_of(page))
    record("knowledge.page.hidden", by=by, target=page)


@transaction.atomic
def restore_page(target: Page, *, by: Any) -> None:
    """Show a page again that was hidden, as it was."""
    # no-require: moderation has asked its policy about the moderator
    page = type(target).objects.select_for_update(of=("self",)).get(pk=target.pk)
    was_hidden = Event.objects.filter(verb=HIDDEN, target_type=type_of(page), target_id=str(page.pk))
    if page.live or not was_hidden.exists():
        return
    page.live = True
    page.save(update_fields=["live"], clean=False)
    call_page(page, page.title)
    record("knowledge.page.restored", by=by, target=page)


def is_stopped(page: Page) -> bool:
    """Whether the guard would not let these words through without a human."""
    return any(LEVELS.index(each.outcome) >= LEVELS.index("hold") for each in screening_of(page).values())


def clear_draft(page: Page, *, by: Any) -> bool:
    """Take the places that the guard blocks out of the newest draft, of all drafts before it, and of translations that
    are not shown yet. Returns whether there were any."""
    # no-atomic: a step of operations that are; no-require: those have asked
    found = _clear_words(page) | _clear_translations(page)
    if found:
        record("knowledge.draft.cleared", by=by, target=page)
    return found


def _clear_words(page: Page) -> bool:
    if page.latest_revision_id is None or not (page.has_unpublished_changes or not page.live):
        return False
    draft = page.get_latest_revision_as_object()
    places = blocked_in(draft)
    if not places:
        return False
    take_out(draft, places)
    newest = draft.save_revision(clean=False, log_action=False)
    page.revisions.exclude(pk__in=[newest.pk, page.live_revision_id]).update(
        content=newest.content, object_str=str(draft)
    )
    if not page.live:
        draft.save(clean=False)
    if "title" in places:
        call_page(page, draft.title)
    return True


def _clear_translations(page: Page) -> bool:
    found = False
    for translation in Translation.objects.select_for_update().filter(page=page.pk):
        kept = {place: text for place, text in translation.texts.items() if not _is_blocked(text)}
        if kept != translation.texts:
            found, translation.texts = True, kept
            translation.save(update_fields=["texts"])
    return found


def _is_blocked(text: Any) -> bool:
    return isinstance(text, str) and look_at({WORDS: text}).outcome == "block"


@transaction.atomic
def remove_remark(target: DraftComment | Remark, *, by: Any) -> None:
    """Delete a comment on a draft, or a reviewer's remark."""
    # no-require: moderation has asked its policy about the moderator
    record("knowledge.remark.removed", by=by, target=target)
    target.delete()


@transaction.atomic
def hide_rumour(target: Rumour, *, by: Any) -> None:
    """Set a rumour aside, in whatever state it is: members do not see it any more."""
    # no-require: moderation has asked its policy about the moderator
    Rumour.objects.filter(pk=target.pk).update(state=RumourState.SET_ASIDE)
    record("knowledge.rumour.set_aside", by=by, target=target)


@transaction.atomic
def restore_rumour(target: Rumour, *, by: Any) -> None:
    """Let members see a rumour again."""
    # no-require: moderation has asked its policy about the moderator
    state = RumourState.TAKEN_UP if target.page_id else RumourState.WAITING
    Rumour.objects.filter(pk=target.pk, state=RumourState.SET_ASIDE).update(state=state)
    record("knowledge.rumour.restored", by=by, target=target)


@transaction.atomic
def end_banner(target: Any, *, by: Any) -> None:
    """Take a banner down for good."""
    # no-require: moderation has asked its policy about the moderator
    record("knowledge.banner.removed", by=by, target=target)
    call(target, "")  # It was called by its text.
    target.delete()


@transaction.atomic
def withhold_file(target: Any, *, by: Any) -> None:
    """Keep an image or a hand-out to staff."""
    # no-require: moderation has asked its policy about the moderator
    type(target).objects.filter(pk=target.pk).update(audience=Audience.STAFF)
    record("knowledge.file.withheld", by=by, target=target)

"""What follows a moderator's decision on a write-up. Moderation calls these after its own permission check."""

from typing import Any

from django.db import transaction

from community.core.actors import Actor, is_system
from community.core.audiences import Viewer, viewer_of
from community.core.events import record
from community.core.policies import require
from community.knowledge.models import Version, WriteUpPage
from community.knowledge.operations.withholding import clear_draft, is_stopped
from community.knowledge.operations.writeups import locked, send_back, to_review
from community.knowledge.policies.writeups import may_empty_version
from community.knowledge.practice.facets import Stage


@transaction.atomic
def release_write_up(target: WriteUpPage, *, by: Any) -> WriteUpPage:
    """Let a held draft go to its reviewers."""
    # no-require: moderation has asked its policy about the moderator
    page = locked(target)
    if page.stage != Stage.HELD:
        return page
    record("knowledge.writeup.released", by=by, target=page)
    return to_review(page, by=page.owner)


@transaction.atomic
def refuse_write_up(target: WriteUpPage, *, by: Any) -> WriteUpPage:
    """Give a held draft back to its authors."""
    # no-require: moderation has asked its policy about the moderator; no-record: sending back is the event
    return send_back(target, by=by)


@transaction.atomic
def hide_write_up(target: WriteUpPage, *, by: Any) -> WriteUpPage:
    """Take a published write-up out of sight, or what the guard blocks out of its draft; its authors can change it and
    send it again."""
    # no-require: moderation has asked its policy about the moderator
    page = locked(target)
    cleared = clear_draft(page, by=by)
    if not page.live:
        return _back_to_authors(page, by=by)
    if not cleared or is_stopped(page):
        page.live, page.stage = False, Stage.REVISING
        page.save(update_fields=["live", "stage"])
        record("knowledge.writeup.hidden", by=by, target=page)
    return page


def _back_to_authors(page: WriteUpPage, *, by: Any) -> WriteUpPage:
    """End a review of words that a moderator took out of sight."""
    state = page.current_workflow_state
    if page.stage == Stage.IN_REVIEW and state is not None:
        state.cancel(user=None)
    return send_back(page, by=by)


@transaction.atomic
def restore_write_up(target: WriteUpPage, *, by: Any) -> WriteUpPage:
    """Show a write-up again that was hidden, as it was."""
    # no-require: moderation has asked its policy about the moderator
    page = locked(target)
    if not page.live and page.versions.exists():
        page.live, page.stage = True, Stage.PUBLISHED
        page.save(update_fields=["live", "stage"])
        record("knowledge.writeup.restored", by=by, target=page)
    return page


@transaction.atomic
def empty_version(page: WriteUpPage, number: int, *, by: Actor) -> None:
    """Take the words of one version away for good: the only change that the database lets through.

    The drafts that came before it go as well; number, date and digest stay.
    """
    require(may_empty_version(by, Viewer.anonymous() if is_system(by) else viewer_of(by)))
    version = Version.objects.select_for_update().get(page=page, number=number)
    Version.objects.filter(pk=version.pk).update(content={})
    older = page.revisions.filter(created_at__lte=version.published_at)
    older.exclude(pk__in=[page.live_revision_id, page.latest_revision_id]).delete()
    record("knowledge.version.emptied", by=by, target=version, number=number)

"""What editors do with spaces."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.events import record
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from forums.models import GroupRole, Post, PostState, ReadRule, Space, SpaceMember, Thread, ThreadState
from forums.policies import audience_of_space, may_edit_spaces, may_moderate


@dataclass(frozen=True)
class SpaceWords:
    """What the editor's form gives: field values of the model, and who reads."""

    values: dict[str, Any]
    read_rule: ReadRule


@transaction.atomic
def create_space(*, by: Any, words: SpaceWords) -> Space:
    """Open a space. Whoever opens a private group is its first owner."""
    require(may_edit_spaces(viewer_of(by)))
    space = Space(**words.values)
    _screen(space)
    space.audience = "space:0"
    space.save()
    _set_readers(space, words.read_rule)
    if space.is_group:
        SpaceMember.objects.create(space=space, member=by, role=GroupRole.OWNER)
    record("forums.space.created", by=by, target=space, readers=space.audience)
    return space


@transaction.atomic
def edit_space(space: Space, *, by: Any, words: SpaceWords) -> Space:
    """Change a space; who may read what is published in it changes in the same transaction."""
    require(may_edit_spaces(viewer_of(by)))
    space = Space.objects.select_for_update().get(pk=space.pk)
    for name, value in words.values.items():
        setattr(space, name, value)
    _screen(space)
    space.save(update_fields=list(words.values))
    _set_readers(space, words.read_rule)
    record("forums.space.edited", by=by, target=space, readers=space.audience)
    return space


@transaction.atomic
def clear_space_words(space: Space, *, by: Any) -> Space:
    """Empty what a space says of itself, as a moderator has found a patient in it; its name stays for an editor."""
    require(may_moderate(viewer_of(by), space))
    space.purpose = space.who_for = ""
    space.save(update_fields=["purpose", "who_for"])
    record("forums.space.edited", by=by, target=space, readers=space.audience)
    return space


@transaction.atomic
def archive_space(space: Space, *, by: Any) -> Space:
    """Close a space for writing; it stays readable."""
    require(may_edit_spaces(viewer_of(by)))
    space.archived_at = now()
    space.save(update_fields=["archived_at"])
    record("forums.space.archived", by=by, target=space)
    return space


@transaction.atomic
def reopen_space(space: Space, *, by: Any) -> Space:
    require(may_edit_spaces(viewer_of(by)))
    space.archived_at = None
    space.save(update_fields=["archived_at"])
    record("forums.space.reopened", by=by, target=space)
    return space


def _screen(space: Space) -> None:
    refuse_if_not_clean("space", name=space.name, purpose=space.purpose, who_for=space.who_for)


def _set_readers(space: Space, rule: ReadRule) -> None:
    """The token of the rule, on the space and on everything published in it."""
    audience = audience_of_space(space, rule)
    if audience == space.audience:
        return
    space.audience = audience
    space.save(update_fields=["audience"])
    threads = Thread.objects.filter(space=space, state=ThreadState.PUBLISHED)
    Post.objects.filter(thread__in=threads, state=PostState.PUBLISHED).update(audience=audience)
    threads.update(audience=audience)

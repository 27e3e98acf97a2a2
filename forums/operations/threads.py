"""Opening a thread, and what moderators do with one: lock, pin, move."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from community.core.audiences import user_token
from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.limits import spend
from community.core.models import new_public_id
from community.core.policies import require
from community.moderation.policies import may_speak
from forums.access import space_for, thread_for
from forums.drafting import hold_post, new_post, written_with
from forums.models import Follow, Post, PostState, Space, Thread, ThreadState
from forums.policies import audience_of_thread, may_moderate, may_open_thread
from forums.tagging import tags_from
from forums.writing import Words, check, context_of, publish_post, slug_of

THREADS_A_DAY = "20/day"


@transaction.atomic
def open_thread(space: Space, *, by: Any, words: Words, client_key: UUID) -> Post:
    """Open a thread with its first post, or return the post that `client_key` has already made.

    Raises Invalid, Refused (also with findings of the guard), Missing and TooMany. Words that the guard
    holds make a thread that only its author sees until a moderator has released it.
    """
    viewer, space = space_for(by, space)
    earlier = written_with(by, client_key)
    if earlier is not None:
        return earlier
    require(may_open_thread(viewer, space))
    require(may_speak(by))
    spend("forums.thread", by.pk, THREADS_A_DAY)
    public_id = new_public_id()
    screening = check(words, needs_title=True, context=context_of(public_id, by))
    thread = _new_thread(space, by, words, public_id, held=screening.is_held)
    post = new_post(thread, by, words, client_key)
    Follow.objects.create(thread=thread, member=by)
    if screening.is_held:
        return hold_post(post, words, screening.findings)
    return publish_opening(post, thread, words, by=by)


def publish_opening(post: Post, thread: Thread, words: Words, *, by: Any) -> Post:
    """Publish a thread with its first post; part of open_thread and of the release of a held one."""
    thread.title, thread.slug = words.title.strip(), slug_of(words.title)
    thread.state, thread.stance = ThreadState.PUBLISHED, words.stance
    thread.audience = audience_of_thread(thread)
    thread.save(update_fields=["title", "slug", "state", "stance", "audience"])
    thread.tags.set(tags_from(words.tags, by=by))
    count_threads(thread.space, 1)
    record("forums.thread.opened", by=by, target=thread, space=thread.space_id, stance=thread.stance)
    return publish_post(post, thread, words, by=by)


def count_threads(space: Space, change: int) -> None:
    """Raise or lower the number of published threads of a space."""
    Space.objects.filter(pk=space.pk).update(thread_count=F("thread_count") + change)


@transaction.atomic
def lock_thread(thread: Thread, *, by: Any) -> Thread:
    return _moderate(thread, by, "forums.thread.locked", locked_at=now())


@transaction.atomic
def unlock_thread(thread: Thread, *, by: Any) -> Thread:
    return _moderate(thread, by, "forums.thread.unlocked", locked_at=None)


@transaction.atomic
def pin_thread(thread: Thread, *, by: Any) -> Thread:
    return _moderate(thread, by, "forums.thread.pinned", pinned=True)


@transaction.atomic
def unpin_thread(thread: Thread, *, by: Any) -> Thread:
    return _moderate(thread, by, "forums.thread.unpinned", pinned=False)


@transaction.atomic
def move_thread(thread: Thread, *, by: Any, to: Space) -> Thread:
    """Move a thread, and who may read it with it. The mover must be a moderator of both spaces."""
    viewer, thread = thread_for(by, thread.pk)
    _viewer, to = space_for(by, to)
    require(may_moderate(viewer, thread.space))
    require(may_moderate(viewer, to))
    if thread.state != ThreadState.PUBLISHED or to.is_archived:
        raise Invalid({"to": [_("This thread cannot be moved there.")]})
    origin, thread.space = thread.space, to
    thread.save(update_fields=["space"])
    set_audience(thread)
    count_threads(origin, -1)
    count_threads(to, 1)
    record("forums.thread.moved", by=by, target=thread, origin=origin.pk, space=to.pk)
    return thread


def set_audience(thread: Thread) -> None:
    """Give a thread and what is published in it the audience that state and space ask for."""
    thread.audience = audience_of_thread(thread)
    thread.save(update_fields=["audience"])
    thread.posts.filter(state=PostState.PUBLISHED).update(audience=thread.audience)


def _moderate(thread: Thread, by: Any, verb: str, **changes: Any) -> Thread:
    viewer, thread = thread_for(by, thread.pk)
    require(may_moderate(viewer, thread.space))
    for name, value in changes.items():
        setattr(thread, name, value)
    thread.save(update_fields=list(changes))
    record(verb, by=by, target=thread)
    return thread


def _new_thread(space: Space, by: Any, words: Words, public_id: str, *, held: bool) -> Thread:
    """An empty thread of which only its author knows; publishing gives it words and readers."""
    moment = now()
    thread = Thread(
        public_id=public_id,
        space=space,
        author=by,
        last_poster=by,
        stance=words.stance,
        state=ThreadState.HELD if held else ThreadState.PUBLISHED,
        created_at=moment,
        last_posted_at=moment,
        audience=user_token(by),
    )
    thread.save()
    return thread

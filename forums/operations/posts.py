"""Replying, editing, withdrawing and bringing back: what an author does with a post."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Conflict, Missing
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import Context
from community.live.operations import publish
from community.moderation import operations as moderation
from community.moderation.policies import may_speak
from forums.access import post_for, thread_for
from forums.addressing import address
from forums.drafting import hold_post, new_post, written_with
from forums.models import Follow, Post, PostState, Revision, Thread, ThreadState
from forums.operations.reading import mark_read
from forums.operations.threads import count_threads
from forums.policies import (
    audience_of_post,
    audience_of_thread,
    may_edit_post,
    may_erase_revision,
    may_reply,
    may_restore_post,
    may_withdraw_post,
)
from forums.tagging import tags_from
from forums.writing import Words, check, context_of, publish_post, recount, set_words, slug_of

POSTS_AN_HOUR = "60/hour"
EDITS_AN_HOUR = "60/hour"


@transaction.atomic
def reply(thread: Thread, *, by: Any, words: Words, client_key: UUID, reply_to: int | None = None) -> Post:
    """Publish a reply, or return the post that `client_key` has already made.

    `reply_to` is the number of a post of the thread. Raises Invalid, Refused, Missing and TooMany; words that
    the guard holds make a post that only its author sees until a moderator has released it.
    """
    viewer, thread = thread_for(by, thread.pk)
    earlier = written_with(by, client_key)
    if earlier is not None:
        return earlier
    require(may_reply(viewer, thread))
    require(may_speak(by))
    spend("forums.post", by.pk, POSTS_AN_HOUR)
    screening = check(words, needs_title=False, context=_context(thread, by))
    post = new_post(thread, by, words, client_key, _answered(thread, reply_to))
    if screening.is_held:
        return hold_post(post, words, screening.findings)
    publish_post(post, thread, words, by=by)
    Follow.objects.get_or_create(thread=thread, member=by)
    mark_read(thread, by=by, number=thread.last_post_number)
    return post


@transaction.atomic
def edit_post(post: Post, *, by: Any, words: Words, revision: int) -> Post:
    """Replace the words of a post; the words before are kept as a revision.

    `revision` is the version the author saw: Conflict with the present words when another edit came first. The
    right to post is checked as for a new post. Words that the guard holds leave the post as it was until a
    moderator has released them. Title and tags count only for the first post of a thread.
    """
    viewer, post = post_for(by, post)
    require(may_edit_post(viewer, post))
    require(may_speak(by))
    if _is_same(post, words):
        return post
    if post.revision != revision:
        raise Conflict(_("This post was changed since you opened it. Your text is kept below."), post.source)
    spend("forums.edit", by.pk, EDITS_AN_HOUR)
    screening = check(words, needs_title=post.is_opening, context=context_of(post.thread.public_id, by))
    if screening.is_held:
        return _hold_edit(post, words, screening.findings)
    return apply_edit(post, words, by=by)


def apply_edit(post: Post, words: Words, *, by: Any) -> Post:
    """Put checked words in the place of the present ones; part of edit_post and of the release of a held edit."""
    keep_revision(post)
    set_words(post, words)
    post.revision += 1
    post.edited_at, post.edit_held = now(), False
    post.save()
    address(post)
    if post.is_opening:
        _edit_thread(post.thread, words, by=by)
    record("forums.post.edited", by=by, target=post, revision=post.revision)
    publish(f"thread:{post.thread.public_id}", "post.edited", {"number": post.number}, by=by)
    return post


def keep_revision(post: Post) -> Revision:
    """Store the present words as the version that is about to be replaced."""
    return Revision.objects.create(
        post=post,
        number=post.revision,
        title=post.thread.title if post.is_opening else "",
        source=post.source,
        html=post.html,
        stance=post.stance,
        replaced_at=now(),
    )


@transaction.atomic
def withdraw_post(post: Post, *, by: Any) -> Post:
    """Take one's post back; its author still sees it and can bring it back. A held post is gone with its words."""
    viewer, post = post_for(by, post)
    require(may_withdraw_post(viewer, post))
    if post.state == PostState.HELD:
        moderation.withdraw(post, by=by)
    post.state = PostState.WITHDRAWN
    post.audience = audience_of_post(post)
    post.save(update_fields=["state", "audience"])
    recount(post.thread)
    _close_if_empty(post.thread)
    record("forums.post.withdrawn", by=by, target=post, thread=post.thread_id)
    publish(f"thread:{post.thread.public_id}", "post.withdrawn", {"number": post.number}, by=by)
    return post


@transaction.atomic
def restore_post(post: Post, *, by: Any) -> Post:
    """Bring back a post that one withdrew, at the place where it stood."""
    viewer, post = post_for(by, post)
    require(may_restore_post(viewer, post))
    require(may_speak(by))
    if post.thread.state == ThreadState.WITHDRAWN:
        _set_state(post.thread, ThreadState.PUBLISHED)
        count_threads(post.thread.space, 1)
    post.state = PostState.PUBLISHED
    post.audience = audience_of_post(post)
    post.save(update_fields=["state", "audience"])
    recount(post.thread)
    record("forums.post.restored", by=by, target=post, thread=post.thread_id)
    return post


@transaction.atomic
def erase_revision(post: Post, number: int, *, by: Any) -> None:
    """Take an earlier version out of the history for everybody: its words are gone, that it was there stays."""
    viewer, post = post_for(by, post)
    require(may_erase_revision(viewer, post))
    revision = post.revisions.filter(number=number, hidden_at=None).first()
    if revision is None:
        raise Missing
    revision.title, revision.source, revision.html, revision.hidden_at = "", "", "", now()
    revision.save(update_fields=["title", "source", "html", "hidden_at"])
    record("forums.revision.erased", by=by, target=post, revision=number)


def _context(thread: Thread, by: Any) -> Context:
    """What the guard reads a reply with: the same author's words just before it, if they are the newest."""
    newest = thread.posts.filter(number=thread.last_post_number).only("author_id", "source").first()
    return context_of(thread.public_id, by, before=newest.source if newest and newest.author_id == by.pk else "")


def _answered(thread: Thread, number: int | None) -> Post | None:
    if number is None:
        return None
    post = thread.posts.filter(number=number, state=PostState.PUBLISHED).first()
    if post is None:
        raise Missing
    return post


def _is_same(post: Post, words: Words) -> bool:
    """A repeated request, or one that changes nothing."""
    if post.is_opening and words.title.strip() != post.thread.title:
        return False
    if post.is_opening and {tag.pk for tag in tags_from(words.tags)} != set(
        post.thread.tags.values_list("pk", flat=True)
    ):
        return False
    return (post.source, post.stance) == (words.source, words.stance)


def _hold_edit(post: Post, words: Words, findings: Any) -> Post:
    post.edit_held = True
    post.save(update_fields=["edit_held"])
    moderation.hold(post, by=post.author, words={**words.sealed(), "stance": words.stance}, findings=findings)
    record("forums.post.edit_held", by=post.author, target=post, revision=post.revision)
    return post


def _edit_thread(thread: Thread, words: Words, *, by: Any) -> None:
    thread.title, thread.slug, thread.stance = words.title.strip(), slug_of(words.title), words.stance
    thread.save(update_fields=["title", "slug", "stance"])
    thread.tags.set(tags_from(words.tags, by=by))
    record("forums.thread.edited", by=by, target=thread)


def _close_if_empty(thread: Thread) -> None:
    """A thread without any published post is withdrawn with its last one."""
    if thread.post_count or thread.state not in {ThreadState.PUBLISHED, ThreadState.HELD}:
        return
    if thread.state == ThreadState.PUBLISHED:
        count_threads(thread.space, -1)
    _set_state(thread, ThreadState.WITHDRAWN)


def _set_state(thread: Thread, state: ThreadState) -> None:
    thread.state = state
    thread.audience = audience_of_thread(thread)
    thread.save(update_fields=["state", "audience"])

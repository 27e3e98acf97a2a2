"""What follows a moderator's decision on a post. Moderation calls these after its own permission check."""

import json
from typing import Any

from django.db import transaction

from community.core.errors import Missing
from community.core.events import record
from community.live.operations import publish
from community.moderation.models import HeldWords
from forums.models import Follow, Post, PostState, Thread, ThreadState
from forums.operations.posts import apply_edit
from forums.operations.threads import count_threads, publish_opening, set_audience
from forums.policies import audience_of_post
from forums.writing import Words, publish_post, recount

POST = "forums.post"


@transaction.atomic
def release_post(target: Post, *, by: Any) -> Post:
    """Publish what was held: a thread with its first post, a reply, or an edit."""
    # no-require: moderation has asked its policy about the moderator
    post = _locked(target)
    sealed = _held_words(post)
    words = Words.opened(sealed, stance=sealed.get("stance", post.stance))
    if post.edit_held:
        return apply_edit(post, words, by=by)
    if post.state != PostState.HELD:
        return post
    if post.thread.state == ThreadState.HELD:
        return publish_opening(post, post.thread, words, by=post.author)
    publish_post(post, post.thread, words, by=post.author)
    Follow.objects.get_or_create(thread=post.thread, member=post.author)
    return post


@transaction.atomic
def refuse_post(target: Post, *, by: Any) -> Post:
    """Leave held words unpublished: the words are gone, their author sees what became of them."""
    # no-require: moderation has asked its policy about the moderator
    post = _locked(target)
    if post.edit_held:
        post.edit_held = False
        post.save(update_fields=["edit_held"])
        record("forums.post.edit_refused", by=by, target=post)
    elif post.state == PostState.HELD:
        post.state = PostState.REFUSED
        post.save(update_fields=["state"])
        record("forums.post.refused", by=by, target=post)
    return post


@transaction.atomic
def hide_post(target: Post, *, by: Any) -> Post:
    """Hide a published post; hiding the first one hides its thread, for the title is of the same hand."""
    # no-require: moderation has asked its policy about the moderator
    post = _locked(target)
    if post.state != PostState.PUBLISHED:
        return post
    if post.is_opening:
        _hide_thread(post.thread, by=by)
    _set_state(post, PostState.HIDDEN)
    recount(post.thread)
    record("forums.post.hidden", by=by, target=post, thread=post.thread_id)
    publish(f"thread:{post.thread.public_id}", "post.hidden", {"number": post.number}, by=by)
    return post


@transaction.atomic
def unhide_post(target: Post, *, by: Any) -> Post:
    """Show a hidden post again where it stood."""
    # no-require: moderation has asked its policy about the moderator
    post = _locked(target)
    if post.state != PostState.HIDDEN:
        return post
    if post.is_opening and post.thread.state == ThreadState.HIDDEN:
        _show_thread(post.thread, by=by)
    _set_state(post, PostState.PUBLISHED)
    recount(post.thread)
    record("forums.post.restored", by=by, target=post, thread=post.thread_id)
    return post


def _locked(post: Post) -> Post:
    """The post as it is now, with its thread locked. A moderator acts here on what they may not read elsewhere."""
    Thread.objects.select_for_update().get(pk=post.thread_id)
    found = Post.objects.select_related("thread__space__profession", "thread__author", "author", "reply_to")
    return found.get(pk=post.pk)


def _held_words(post: Post) -> dict[str, str]:
    held = HeldWords.objects.filter(review__target_type=POST, review__target_id=str(post.pk)).last()
    if held is None:
        raise Missing
    words: dict[str, str] = json.loads(held.words)
    return words


def _set_state(post: Post, state: PostState) -> None:
    post.state = state
    post.audience = audience_of_post(post)
    post.save(update_fields=["state", "audience"])


def _hide_thread(thread: Thread, *, by: Any) -> None:
    thread.state = ThreadState.HIDDEN
    thread.save(update_fields=["state"])
    set_audience(thread)
    count_threads(thread.space, -1)
    record("forums.thread.hidden", by=by, target=thread)


def _show_thread(thread: Thread, *, by: Any) -> None:
    thread.state = ThreadState.PUBLISHED
    thread.save(update_fields=["state"])
    set_audience(thread)
    count_threads(thread.space, 1)
    record("forums.thread.restored", by=by, target=thread)

"""A post before it is published: found again by its key, made with its snapshot, or handed to moderators."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from community.core.audiences import user_token
from community.core.clock import now
from community.core.events import record
from community.credentials.queries import snapshot
from community.moderation import operations as moderation
from forums.models import Post, PostState, Thread
from forums.writing import Words

COI_LENGTH = 500


def written_with(by: Any, client_key: UUID) -> Post | None:
    """The post this author has already made with this key; a repeated request gets it again."""
    posts = Post.objects.filter(author=by, client_key=client_key)
    return posts.select_related("thread__space", "author").first()


def new_post(thread: Thread, by: Any, words: Words, client_key: UUID, reply_to: Post | None = None) -> Post:
    """An unsaved post that carries what is verified of its author, and their declared interests, at this moment."""
    return Post(
        thread=thread,
        author=by,
        client_key=client_key,
        stance=words.stance,
        reply_to=reply_to,
        credential=snapshot(by),
        coi=coi_line(by),
        created_at=now(),
        audience=user_token(by),
    )


def coi_line(member: Any) -> str:
    """The interests a member has declared; empty where none were declared."""
    if member.coi_none or not member.coi_declared_on:
        return ""
    return str(member.coi_statement)[:COI_LENGTH]


def hold_post(post: Post, words: Words, findings: Iterable[Any]) -> Post:
    """Store the post without its words; the words go sealed to the moderators."""
    post.state = PostState.HELD
    post.save()
    moderation.hold(post, by=post.author, words=words.sealed(), findings=findings)
    record("forums.post.held", by=post.author, target=post, thread=post.thread_id)
    return post

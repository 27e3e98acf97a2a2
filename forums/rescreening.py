"""Published posts for the guard to read again when its rules change."""

from collections.abc import Iterable

from community.casefree.contents import Content, Row, register_content
from community.core.actors import SYSTEM
from community.moderation import operations as moderation
from forums.models import Post, PostState


def register() -> None:
    """Called once, when the models are ready."""
    register_content(Content("forums.post", posts_after, flag_post))


def posts_after(pk: int, limit: int) -> Iterable[Row]:
    """The next published posts by key; the first post of a thread together with its title."""
    posts = Post.objects.filter(state=PostState.PUBLISHED, pk__gt=pk).select_related("thread").order_by("pk")[:limit]
    for post in posts:
        yield post.pk, "post", post.source
        if post.is_opening:
            yield post.pk, "title", post.thread.title


def flag_post(pk: int) -> None:
    """Ask a moderator to look at a post."""
    moderation.flag(Post.objects.get(pk=pk), by=SYSTEM)

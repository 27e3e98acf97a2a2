"""Published posts, the texts of spaces, and tags for the guard to read again when its rules change."""

from collections.abc import Iterable

from community.casefree.contents import Content, Row, register_content
from community.core.actors import SYSTEM
from community.moderation import operations as moderation
from forums.models import Post, PostState, Space, Tag


def register() -> None:
    """Called once, when the models are ready."""
    register_content(Content("forums.post", posts_after, flag_post))
    register_content(Content("forums.space", spaces_after, flag_space))
    register_content(Content("forums.tag", tags_after, flag_tag))


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


def spaces_after(pk: int, limit: int) -> Iterable[Row]:
    """The next spaces by key, with what they say of themselves."""
    for space in Space.objects.filter(pk__gt=pk).order_by("pk")[:limit]:
        for words in (space.name, space.purpose, space.who_for):
            yield space.pk, "space", words


def flag_space(pk: int) -> None:
    """Ask a moderator to look at a space."""
    moderation.flag(Space.objects.get(pk=pk), by=SYSTEM)


def tags_after(pk: int, limit: int) -> Iterable[Row]:
    """The next tags by key, with the words that lead to them."""
    for tag in Tag.objects.filter(pk__gt=pk).prefetch_related("aliases").order_by("pk")[:limit]:
        for words in (tag.name, tag.description, *(alias.word for alias in tag.aliases.all())):
            yield tag.pk, "tag", words


def flag_tag(pk: int) -> None:
    """Ask a moderator to look at a tag."""
    moderation.flag(Tag.objects.get(pk=pk), by=SYSTEM)

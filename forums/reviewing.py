"""How moderation sees a post, and how a notice about one reads."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.actors import Actor
from community.core.audiences import Viewer
from community.moderation.registry import Handler, register_reviewable
from community.notifications.targets import register_target
from forums import operations
from forums.models import Post, Space, Tag
from forums.operations.reading import group_of


def register() -> None:
    """Called once, when the models are ready."""
    register_target("forums.post", lines_for, group=lambda post: group_of(post.thread_id))
    register_reviewable(
        "forums.post",
        Handler(
            label=gettext_lazy("Post"),
            rows=rows,
            title=title_of,
            url=lambda post: post.get_absolute_url(),
            preview=lambda post: post.plain,
            author=lambda post: post.author,
            release=operations.release_post,
            refuse=operations.refuse_post,
            hide=operations.hide_post,
            restore=operations.unhide_post,
        ),
    )
    register_reviewable(
        "forums.space",
        Handler(
            label=gettext_lazy("Space"),
            rows=spaces,
            title=str,
            url=lambda space: space.get_absolute_url(),
            preview=lambda space: "\n\n".join((space.name, space.purpose, space.who_for)),
            author=lambda space: None,
            release=leave,
            refuse=operations.clear_space_words,
            hide=operations.clear_space_words,
            restore=leave,
        ),
    )
    register_reviewable(
        "forums.tag",
        Handler(
            label=gettext_lazy("Tag"),
            rows=Tag.objects.all,
            title=str,
            url=lambda tag: tag.get_absolute_url(),
            preview=lambda tag: "\n\n".join([tag.name, tag.description, *(each.word for each in tag.aliases.all())]),
            author=lambda tag: None,
            release=leave,
            refuse=operations.drop_tag,
            hide=operations.drop_tag,
            restore=leave,
        ),
    )


def spaces() -> "QuerySet[Space]":
    return Space.objects.all()


def leave(target: Any, *, by: Actor) -> None:
    """Nothing to do: a space or a tag is not hidden, its words are taken away for good."""


def rows() -> "QuerySet[Post]":
    """All posts, whoever may read them; only moderation uses it."""
    return Post.objects.select_related("thread__space", "author__profession")


def title_of(post: Post) -> str:
    if post.number is None:
        return _("Post in {space}, not published").format(space=post.thread.space.name)
    return _("{title}, post {number}").format(title=post.thread.title, number=post.number)


def lines_for(viewer: Viewer, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Post id → title and address, of the posts this viewer may read now."""
    posts = Post.objects.visible_to(viewer).filter(pk__in=list(ids)).select_related("thread__space", "author")
    return {str(post.pk): (_line(post), post.get_absolute_url()) for post in posts}


def _line(post: Post) -> str:
    names: dict[str, Any] = {"name": str(post.author), "title": str(post.thread)}
    return _("{name} in “{title}”").format(**names)

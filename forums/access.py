"""Fetches a row for an operation: locked, and only if the actor may see it. Otherwise it is not there."""

from typing import Any

from community.core.audiences import Viewer, viewer_of
from community.core.errors import Missing
from forums.models import Post, Space, Thread


def thread_for(by: Any, pk: int) -> tuple[Viewer, Thread]:
    """The thread, locked until the transaction ends, with the actor's present rights."""
    viewer = viewer_of(by)
    thread = Thread.objects.select_for_update(of=("self",)).visible_to(viewer).filter(pk=pk)
    found = thread.select_related("space__profession", "author").first()
    if found is None:
        raise Missing
    return viewer, found


def post_for(by: Any, post: Post) -> tuple[Viewer, Post]:
    """The post with its thread locked: whoever changes a post holds its thread, so counters stay right."""
    viewer = viewer_of(by)
    Thread.objects.select_for_update().get(pk=post.thread_id)
    found = Post.objects.visible_to(viewer).filter(pk=post.pk)
    fresh = found.select_related("thread__space__profession", "thread__author", "author").first()
    if fresh is None:
        raise Missing
    return viewer, fresh


def space_for(by: Any, space: Space) -> tuple[Viewer, Space]:
    """The space, locked: threads are opened in it one after the other."""
    viewer = viewer_of(by)
    found = Space.objects.select_for_update(of=("self",)).visible_to(viewer).filter(pk=space.pk)
    fresh = found.select_related("profession").first()
    if fresh is None:
        raise Missing
    return viewer, fresh

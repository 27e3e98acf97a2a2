"""Fetching for pages: what the viewer may see, or 404."""

from typing import Any

from django.http import HttpRequest

from community.core.audiences import Viewer
from community.core.errors import Missing
from forums.models import Post, Space, Thread
from forums.queries import spaces_for, thread_for_page


class ForumRequest(HttpRequest):
    """A request after the middleware that resolves who looks."""

    viewer: Viewer
    user: Any


def space_or_missing(request: ForumRequest, slug: str) -> Space:
    space = spaces_for(request.viewer).filter(slug=slug).first()
    if space is None:
        raise Missing
    return space


def thread_or_missing(request: ForumRequest, path_part: str) -> Thread:
    """By the identifier at the start; the words after it are for people."""
    thread = thread_for_page(request.viewer, path_part.partition("-")[0])
    if thread is None:
        raise Missing
    return thread


def post_or_missing(request: ForumRequest, public_id: str) -> Post:
    posts = Post.objects.visible_to(request.viewer).filter(public_id=public_id)
    post = posts.select_related("thread__space__profession", "author__profession").first()
    if post is None:
        raise Missing
    return post


def positive(text: str | None, default: int = 0) -> int:
    """A whole number from an address; anything else counts as not given."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else default

"""The forums over HTTP for programs: the same queries, the same operations, the same words."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from community.core.errors import Missing
from forums import operations, queries
from forums.keyset import page_of_threads
from forums.models import Post, Space, Thread
from forums.models.posts import page_of
from forums.schemas import (
    PostIn,
    PostOut,
    PostPageOut,
    ReadIn,
    SpaceOut,
    ThreadIn,
    ThreadPageOut,
)

router = Router(tags=["forums"])


@router.get("/spaces/", response=list[SpaceOut], url_name="space-list")
def list_spaces(request: HttpRequest) -> list[SpaceOut]:
    viewer = request.viewer  # type: ignore[attr-defined]
    unread = queries.unread_by_space(viewer)
    return [SpaceOut.of(space, unread.get(space.pk, 0)) for space in queries.spaces_for(viewer)]


@router.get("/spaces/{slug}/threads/", response=ThreadPageOut, url_name="thread-list")
def list_threads(request: HttpRequest, slug: str, after: str = "") -> ThreadPageOut:
    threads = queries.latest_threads(request.viewer, _space(request, slug))  # type: ignore[attr-defined]
    with_tags = threads.prefetch_related("tags")  # type: ignore[misc]
    return ThreadPageOut.of(page_of_threads(with_tags, after))


@router.post("/spaces/{slug}/threads/", response={201: PostOut}, url_name="thread-create")
def create_thread(request: HttpRequest, slug: str, data: ThreadIn) -> Status:
    space = _space(request, slug)
    post = operations.open_thread(space, by=request.user, words=data.words(), client_key=data.client_key)
    return Status(201, _written(post))


@router.get("/threads/{public_id}/posts/", response=PostPageOut, url_name="post-list")
def list_posts(request: HttpRequest, public_id: str, page: int = Query(1, ge=1)) -> PostPageOut:
    thread = _thread(request, public_id)
    posts = list(queries.posts_on_page(thread, request.viewer, page))  # type: ignore[attr-defined]
    for post in posts:
        post.thread = thread
    return PostPageOut(posts=[PostOut.of(post) for post in posts], page=page, last_page=page_of(thread.last_number))


@router.post("/threads/{public_id}/posts/", response={201: PostOut}, url_name="post-create")
def create_reply(request: HttpRequest, public_id: str, data: PostIn) -> Status:
    thread = _thread(request, public_id)
    post = operations.reply(
        thread, by=request.user, words=data.words(), client_key=data.client_key, reply_to=data.reply_to
    )
    return Status(201, _written(post))


@router.post("/threads/{public_id}/read/", response={204: None}, url_name="thread-read")
def mark_read(request: HttpRequest, public_id: str, data: ReadIn) -> Any:
    operations.mark_read(_thread(request, public_id), by=request.user, number=data.number)
    return Status(204, None)


def _written(post: Post) -> PostOut:
    """Whoever has just written holds the right that the snapshot names."""
    post.author_verified_today = True  # type: ignore[attr-defined]
    return PostOut.of(post)


def _space(request: Any, slug: str) -> Space:
    space = queries.spaces_for(request.viewer).filter(slug=slug).first()
    if space is None:
        raise Missing
    return space


def _thread(request: Any, public_id: str) -> Thread:
    thread = queries.thread_for_page(request.viewer, public_id)
    if thread is None:
        raise Missing
    return thread

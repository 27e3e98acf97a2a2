"""Threads (with their opening post), replies, spaces and tags as documents."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from community.core.audiences import MEMBERS, Viewer
from forums.models import Post, PostState, Space, Stance, Tag, Thread, ThreadState
from search.documents.sources import Keys, Shown, Source, add_source, document, padded
from search.models import Document, Kind

ANSWERS = (Stance.EVIDENCE, Stance.PRACTICE)
REPLY = (
    *("pk", "thread_id", "thread__space_id", "audience", "author_id"),
    *("stance", "plain", "html", "published_at"),
)


# What a page says of a reply and of a thread: rows in full hold much more, and a page has up to eighty.
SAID_OF_A_REPLY = (
    *("public_id", "number", "plain", "published_at", "stance", "thread__title", "thread__public_id", "thread__slug"),
    *("thread__space__slug", "thread__space__name", "author__name", "author__handle"),
)
SAID_OF_A_THREAD = (
    *("public_id", "title", "slug", "created_at", "stance", "space__slug", "space__name"),
    *("author__name", "author__handle"),
)
STANCES = dict(Stance.choices)


def register() -> None:
    add_source(Source(Kind.THREAD, threads, _visible(Thread), show_threads, _keys(Thread), name_threads))
    add_source(Source(Kind.POST, posts, _visible(Post), show_posts, _keys(Post)))
    add_source(Source(Kind.SPACE, spaces, _visible(Space), show_spaces, _keys(Space)))
    add_source(Source(Kind.TAG, tags, allowed_tags, show_tags, _keys(Tag)))


def threads(keys: Keys) -> Iterator[Document]:
    """Published threads with the words of their first post."""
    opening = Prefetch("posts", Post.objects.filter(number=1, state=PostState.PUBLISHED), to_attr="opening")
    helpful = Post.objects.filter(thread=OuterRef("pk"), state=PostState.PUBLISHED, number__gt=1, stance__in=ANSWERS)
    found = Thread.objects.filter(pk__in=keys, state=ThreadState.PUBLISHED)
    found = found.select_related("space__specialty", "space__country")
    for thread in found.prefetch_related("tags", opening).annotate(has_answer=Exists(helpful)):  # type: ignore[misc]
        post = thread.opening[0] if thread.opening else None
        names = [tag.name for tag in thread.tags.all()]
        yield document(
            Kind.THREAD,
            thread.pk,
            title=thread.title,
            body=post.plain if post else "",
            names=" ".join(names),
            bundle=f"thread:{thread.pk}",
            audience=thread.audience,
            tags=padded(tag.slug for tag in thread.tags.all()),
            author_id=thread.author_id,
            stance=thread.stance,
            answered=thread.has_answer,
            sourced=bool(post and _has_link(post.html)),
            at=thread.created_at,
            **_place(thread.space),
        )


def posts(keys: Keys) -> Iterator[Document]:
    """Published replies; the first post stands with its thread. Plain rows: making each post's thread and space an
    instance costs more than all the rest of a document."""
    found = Post.objects.filter(pk__in=keys, state=PostState.PUBLISHED, number__gt=1)
    found = found.filter(thread__state=ThreadState.PUBLISHED)
    rows = list(found.values_list(*REPLY, named=True))
    places = _places(row.thread__space_id for row in rows)
    for row in rows:
        yield document(
            Kind.POST,
            row.pk,
            title="",
            body=row.plain,
            bundle=f"thread:{row.thread_id}",
            audience=row.audience,
            author_id=row.author_id,
            stance=row.stance,
            sourced=_has_link(row.html),
            at=row.published_at,
            **places[row.thread__space_id],
        )


def spaces(keys: Keys) -> Iterator[Document]:
    for space in Space.objects.filter(pk__in=keys).select_related("specialty", "country"):
        yield document(
            Kind.SPACE,
            space.pk,
            title=space.name,
            body=f"{space.purpose} {space.who_for}",
            bundle=f"space:{space.pk}",
            audience=space.audience,
            **_place(space),
        )


def tags(keys: Keys) -> Iterator[Document]:
    """Words of the curated list: they belong to everybody. Other words are found through their threads."""
    for tag in Tag.objects.filter(pk__in=keys, curated=True).prefetch_related("aliases"):
        yield document(
            Kind.TAG,
            tag.pk,
            title=tag.name,
            body=tag.description,
            names=" ".join(alias.word for alias in tag.aliases.all()),
            bundle=f"tag:{tag.pk}",
            audience=MEMBERS,
        )


def allowed_tags(viewer: Viewer, keys: Keys) -> set[int]:
    if not viewer.is_signed_in:
        return set()
    return set(Tag.objects.filter(pk__in=keys, curated=True).values_list("pk", flat=True))


def show_threads(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    first = Post.objects.filter(number=1, state=PostState.PUBLISHED).only("thread", "plain")
    found = Thread.objects.visible_to(viewer).filter(pk__in=keys, state=ThreadState.PUBLISHED)
    found = found.select_related("space", "author").only(*SAID_OF_A_THREAD)
    shown = {}
    for thread in found.prefetch_related("tags", Prefetch("posts", first, to_attr="opening")):  # type: ignore[misc]
        shown[thread.pk] = Shown(
            thread.title,
            thread.get_absolute_url(),
            thread.opening[0].plain if thread.opening else "",
            thread.created_at,
            str(thread.author),
            thread.space.name,
            thread.space.get_absolute_url(),
            thread.stance,
            str(STANCES.get(thread.stance, thread.stance)),
            tuple((tag.name, tag.slug) for tag in thread.tags.all()),
        )
    return shown


def name_threads(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    found = Thread.objects.visible_to(viewer).filter(pk__in=keys, state=ThreadState.PUBLISHED).select_related("space")
    found = found.only("public_id", "title", "slug", "space__slug")
    return {thread.pk: Shown(thread.title, thread.get_absolute_url()) for thread in found}


def show_posts(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    found = Post.objects.visible_to(viewer).filter(pk__in=keys, state=PostState.PUBLISHED)
    return {
        post.pk: Shown(
            post.thread.title,
            post.get_absolute_url(),
            post.plain,
            post.published_at,
            str(post.author),
            post.thread.space.name,
            post.thread.space.get_absolute_url(),
            post.stance,
            str(STANCES.get(post.stance, post.stance)),
        )
        for post in found.select_related("thread__space", "author").only(*SAID_OF_A_REPLY)
    }


def show_spaces(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    found = Space.objects.visible_to(viewer).filter(pk__in=keys)
    return {space.pk: Shown(space.name, space.get_absolute_url(), space.purpose) for space in found}


def show_tags(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    if not viewer.is_signed_in:
        return {}
    found = Tag.objects.filter(pk__in=keys, curated=True)
    return {tag.pk: Shown(tag.name, tag.get_absolute_url(), tag.description) for tag in found}


def _visible(model: Any) -> Any:
    def allowed(viewer: Viewer, keys: Keys) -> set[int]:
        found = model.objects.visible_to(viewer).filter(pk__in=keys)
        if model is not Space:
            found = found.filter(state="published")
        return set(found.values_list("pk", flat=True))

    return allowed


def _keys(model: Any) -> Any:
    def keys() -> Iterable[int]:
        return model.objects.order_by("pk").values_list("pk", flat=True).iterator()  # type: ignore[no-any-return]

    return keys


def _place(space: Space) -> dict[str, str]:
    """Where a document belongs: its space, the region and the specialty of that."""
    region = space.who_region or (space.country.who_region if space.country else "")
    return {
        "space": space.slug,
        "places": padded([space.country.code if space.country else "", region]),
        "specialty": padded([space.specialty.slug if space.specialty else ""]),
    }


def _places(spaces: Iterable[int]) -> dict[int, dict[str, str]]:
    found = Space.objects.filter(pk__in=set(spaces)).select_related("specialty", "country")
    return {space.pk: _place(space) for space in found}


def _has_link(html: str) -> bool:
    return 'href="http' in html

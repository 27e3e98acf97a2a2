"""What pages, badges and the home page read. All of it by permission sets in SQL, nothing filtered afterwards."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from community.core.audiences import VERIFIED, Viewer, members_in
from community.core.clock import now
from community.members.models import Member
from forums.models import (
    Follow,
    FollowLevel,
    Post,
    Reading,
    ReadMarker,
    Space,
    SpaceMarker,
    SpaceMember,
    Stance,
    Tag,
    Thread,
    ThreadState,
    ThreadTag,
)
from forums.models.posts import PAGE_SIZE, PostState
from forums.models.threads import UNREAD_CUTOFF

BADGE_MAX = 100


def spaces_for(viewer: Viewer) -> "QuerySet[Space]":
    """The spaces a viewer may read, with the time of the newest post in each."""
    newest = Thread.objects.filter(space=OuterRef("pk"), state=ThreadState.PUBLISHED)
    newest = newest.order_by("-last_posted_at", "-id")
    spaces = Space.objects.visible_to(viewer).select_related("profession", "specialty", "country")
    return spaces.annotate(latest=Subquery(newest.values("last_posted_at")[:1]))


def open_groups(viewer: Viewer) -> "QuerySet[Space]":
    """Private groups one may join: name and purpose only, for those who could take a seat now."""
    if viewer.member is None or not viewer.has(VERIFIED):
        return Space.objects.none()
    groups = Space.objects.filter(audience__startswith="space:", open_join=True, archived_at=None)
    return groups.exclude(audience__in=viewer.tokens)


def latest_threads(viewer: Viewer, space: Space | None = None) -> "QuerySet[Thread]":
    """Threads a viewer may read with all that a list line shows."""
    threads = (space.threads if space else Thread.objects).visible_to(viewer)
    threads = threads.filter(state__in=[ThreadState.PUBLISHED, ThreadState.HELD])
    return with_reading(with_people(threads) if space else with_lines(threads), viewer.member)


def with_lines(threads: "QuerySet[Thread]") -> "QuerySet[Thread]":
    """With all that a line of a list says about a thread, but its tags (`names_of_tags`)."""
    return with_people(threads).select_related("space")


def with_people(threads: "QuerySet[Thread]") -> "QuerySet[Thread]":
    """With who began each and who wrote last; the space is known already."""
    return threads.select_related("author__profession", "author__country", "last_poster")


def names_of_tags(threads: Iterable[Thread]) -> dict[int, list[str]]:
    """Thread id → the names of its tags, in one query."""
    rows = ThreadTag.objects.filter(content_object__in=[thread.pk for thread in threads]).order_by("tag_id")
    names: dict[int, list[str]] = {}
    for pk, name in rows.values_list("content_object_id", "tag__name"):
        names.setdefault(pk, []).append(name)
    return names


def unanswered(threads: "QuerySet[Thread]") -> "QuerySet[Thread]":
    """Questions that nobody has replied to."""
    return threads.filter(stance=Stance.QUESTION, post_count=1)


def questions_for(viewer: Viewer) -> "QuerySet[Thread]":
    """Open questions in the spaces of the viewer's specialties, newest first."""
    if viewer.member is None:
        return Thread.objects.none()
    mine = viewer.member.specialties.values("pk")
    return unanswered(latest_threads(viewer)).filter(state=ThreadState.PUBLISHED, space__specialty__in=mine)


def with_reading(threads: "QuerySet[Thread]", member: Any | None) -> "QuerySet[Thread]":
    """Annotate `last_read`, `read_floor` and `follow_level` ("" where the member does not follow): what
    `Thread.is_unread` follows from. Nothing is unread for a visitor."""
    if member is None:
        nothing = {"read_floor": Value(None, DateTimeField()), "follow_level": Value("", CharField())}
        return threads.annotate(last_read=Value(0, IntegerField()), **nothing)
    pointer = ReadMarker.objects.filter(member=member, thread=OuterRef("pk")).values("last_read_number")
    watermark = SpaceMarker.objects.filter(member=member, space=OuterRef("space_id")).values("read_at")
    follow = Follow.objects.filter(member=member, thread=OuterRef("pk")).values("level")
    return threads.annotate(
        last_read=Coalesce(Subquery(pointer[:1]), 0),
        read_floor=Coalesce(Subquery(watermark[:1]), Value(now() - UNREAD_CUTOFF)),
        follow_level=Coalesce(Subquery(follow[:1]), Value("")),
    )


def unread_threads(viewer: Viewer) -> "QuerySet[Thread]":
    """Published threads with something new for this member, looking back no further than their bound."""
    if viewer.member is None:
        return Thread.objects.none()
    bound = Reading.objects.filter(member=viewer.member).values("first_unread_at")[:1]
    threads = Thread.objects.visible_to(viewer).filter(
        state=ThreadState.PUBLISHED,
        last_posted_at__gte=Coalesce(Subquery(bound), Value(now() - UNREAD_CUTOFF)),
    )
    return only_unread(with_reading(threads, viewer.member))


def only_unread(threads: "QuerySet[Thread]") -> "QuerySet[Thread]":
    """Those of annotated threads with something new: `Thread.is_unread` in SQL."""
    is_new = Q(last_posted_at__gt=now() - UNREAD_CUTOFF, last_posted_at__gte=F("read_floor"))
    return threads.filter(is_new, ~Q(follow_level=FollowLevel.MUTED), last_post_number__gt=F("last_read"))


def unread_count(viewer: Viewer) -> int:
    """How many threads have something new, at most BADGE_MAX: one query, and a cheap one."""
    if viewer.member is None:
        return 0
    return unread_threads(viewer).order_by().values("pk")[:BADGE_MAX].count()


def unread_by_space(viewer: Viewer) -> dict[int, int]:
    """Space id → number of threads with something new, in one query."""
    counts = unread_threads(viewer).order_by().values("space_id").annotate(n=Count("pk"))
    return {row["space_id"]: row["n"] for row in counts}


def thread_for_page(viewer: Viewer, public_id: str) -> Thread | None:
    """A thread with everything above its posts, for a viewer who may read it."""
    threads = Thread.objects.visible_to(viewer).filter(public_id=public_id)
    threads = threads.select_related("space__profession", "author").prefetch_related("tags")  # type: ignore[misc]
    return with_reading(threads, viewer.member).first()


def posts_on_page(thread: Thread, viewer: Viewer, page: int) -> "QuerySet[Post]":
    """The posts of a range of numbers, each with whether its author may post today."""
    first = (page - 1) * PAGE_SIZE + 1
    numbered = Q(number__range=(first, first + PAGE_SIZE - 1))
    return _with_authors(Post.objects.visible_to(viewer).filter(numbered, thread=thread)).order_by("number")


def own_waiting_posts(thread: Thread, viewer: Viewer) -> list[Post]:
    """Posts of the viewer in this thread that were never published."""
    if viewer.member is None:
        return []
    states = [PostState.HELD, PostState.REFUSED]
    waiting = Post.objects.visible_to(viewer).filter(thread=thread, author=viewer.member, state__in=states)
    posts = list(waiting.order_by("pk"))
    for post in posts:
        post.author = viewer.member
    return posts


def first_unread_number(thread: Thread, viewer: Viewer) -> int:
    """The number of the first post the member has not had on screen; of the newest when there is none.

    The pointer decides; without one, what is older than the space's watermark or the cutoff counts as read.
    `thread` comes from `thread_for_page`. Numbers and times of posts grow together, so either index will do.
    """
    posts = Post.objects.visible_to(viewer).filter(thread=thread, state=PostState.PUBLISHED)
    if thread.last_read:  # type: ignore[attr-defined]
        unread = posts.filter(number__gt=thread.last_read).order_by("number")  # type: ignore[attr-defined]
    else:
        unread = posts.filter(published_at__gte=_floor(thread)).order_by("published_at")
    return unread.values_list("number", flat=True).first() or thread.last_post_number or 1


def tagged_threads(viewer: Viewer, tag: Any) -> "QuerySet[Thread]":
    return latest_threads(viewer).filter(state=ThreadState.PUBLISHED, tagged__tag=tag)


def tag_called(slug: str) -> Tag | None:
    tag: Tag | None = Tag.objects.filter(slug=slug).first()
    return tag


def seat_of(space: Space, member: Any) -> SpaceMember | None:
    return SpaceMember.objects.filter(space=space, member=member).first()


def seats_of(space: Space) -> "QuerySet[SpaceMember]":
    seats = SpaceMember.objects.filter(space=space).select_related("member__profession", "member__country")
    return seats.order_by("joined_at")


def member_called(handle: str) -> Member | None:
    return Member.objects.filter(handle=handle, is_active=True).first()


def _floor(thread: Thread) -> datetime:
    floor: datetime = thread.read_floor  # type: ignore[attr-defined]
    return max(floor, now() - UNREAD_CUTOFF)


def _with_authors(posts: "QuerySet[Post]") -> "QuerySet[Post]":
    today = Exists(members_in(VERIFIED).filter(pk=OuterRef("author_id")))
    people = ("author__profession", "author__country", "reply_to__author")
    return posts.select_related(*people).annotate(author_verified_today=today)

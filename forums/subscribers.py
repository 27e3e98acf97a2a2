"""What follows a published post: those it speaks to and those who follow the thread are told, each once."""

from collections.abc import Iterable
from contextlib import suppress

from community.core.audiences import members_in
from community.core.errors import Refused
from community.core.events import on
from community.core.models import Event
from community.core.notices import tell
from community.credentials.models import Application
from community.knowledge.models import WriteUpPage
from community.members.models import Member
from forums import operations
from forums.models import Follow, FollowLevel, Mention, Post, PostState

MANY = 500


@on("forums.post.published")
def tell_readers(event: Event) -> None:
    """Mention before reply before quote before following; only those who may read it now."""
    post = _published(event)
    if post is None:
        return
    addressed = set(post.mentions.values_list("member_id", flat=True))
    followers = set(_at_level(post, FollowLevel.EVERY_POST)) - addressed - {post.author_id}
    _tell_addressed(post, event)
    for member in _readers(post, followers):
        tell(member, "forums.following", target=post, event_id=event.pk, actor=post.author)


@on("forums.post.edited")
def tell_newly_addressed(event: Event) -> None:
    """An edit tells only those to whom the post did not speak before it."""
    post = _published(event)
    if post is not None:
        _tell_addressed(post, event)


@on("knowledge.writeup.published")
def open_discussion(event: Event) -> None:
    """The first version of a write-up gets a thread with the same readers, in the name of its first author who may."""
    page = WriteUpPage.objects.live().filter(pk=event.target_id).first()
    if page is None or event.facts.get("number") != 1:
        return
    for author in Member.objects.filter(pk__in=page.author_ids(), is_active=True).order_by("authorships__position"):
        with suppress(Refused):
            operations.discuss_write_up(page, by=author)
            return


@on(
    "credentials.application.verified",
    "credentials.application.renewed",
    "credentials.application.reinstated",
)
def look_back_again(event: Event) -> None:
    """Whoever gains the right to read more has older things unread than before."""
    application = Application.objects.filter(pk=event.target_id).select_related("member").first()
    if application is not None:
        operations.forget_bound(by=application.member)


def _published(event: Event) -> Post | None:
    posts = Post.objects.filter(pk=event.target_id, state=PostState.PUBLISHED)
    return posts.select_related("thread", "author").first()


def _tell_addressed(post: Post, event: Event) -> None:
    untold = dict(Mention.objects.filter(post=post, told=False).values_list("member_id", "kind"))
    for member in _readers(post, untold.keys() - set(_at_level(post, FollowLevel.MUTED))):
        tell(member, f"forums.{untold[member.pk]}", target=post, event_id=event.pk, actor=post.author)
    Mention.objects.filter(post=post, member__in=list(untold)).update(told=True)


def _at_level(post: Post, level: FollowLevel) -> Iterable[int]:
    """Members at this level who followed the thread before the post came, however late the worker is."""
    follows = Follow.objects.filter(thread=post.thread_id, level=level, since__lte=post.published_at)
    return follows.values_list("member_id", flat=True)


def _readers(post: Post, ids: Iterable[int]) -> Iterable[Member]:
    """Those of `ids` who may read the post at this moment, by the rule that hides it from others."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), MANY):
        yield from members_in(post.audience).filter(pk__in=wanted[start : start + MANY])

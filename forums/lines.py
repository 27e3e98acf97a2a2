"""What a page says of each post and each thread, worked out before the template, which then only prints it.

A template looks for every fact by itself, node after node, and a page has thirty rows. Nothing is kept here but what
`part` keeps: who an author was and what kind of contribution it is, by the very words that are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.core.templatetags.ui import part, when
from forums.models import Post, PostState, Stance, Thread
from forums.models.posts import page_query
from forums.queries import names_of_tags

READABLE = (PostState.PUBLISHED, PostState.HIDDEN)


@dataclass(frozen=True)
class PostLine:
    """A post with words, as one reader sees it; an address is empty where this reader has no use of it."""

    post: Post
    number: str
    title: str
    url: str
    author: str
    stance: str
    at: str
    answers: str
    answers_url: str
    is_own: bool
    is_first_new: bool
    quote_url: str
    reply_url: str
    report_url: str

    is_readable = True


@dataclass(frozen=True)
class UnreadableLine:
    """A post of the reader's own whose words are away: held, refused or withdrawn."""

    post: Post
    is_first_new: bool = False

    is_readable = False


@dataclass(frozen=True)
class ThreadLine:
    """A thread as a list shows it."""

    thread: Thread
    url: str
    stance: str
    tags: list[str]
    author: str
    profession: str
    country: str
    replies: str
    at: str
    last_poster: str
    space_url: str = ""


def post_lines(
    posts: Iterable[Post], thread: Thread, member: Any | None, *, first_new: int, composer: str
) -> list[PostLine | UnreadableLine]:
    """The posts of a page, for `member`; `composer` is the address of the page with the composer, "" without a right
    to reply.

    `posts` come from `queries.posts_on_page`; `first_new` is the number of the post that begins what is new, or 0.
    """
    own, address = member.pk if member else None, thread.get_absolute_url()
    posts = list(posts)
    badges = _badges(posts)
    lines: list[PostLine | UnreadableLine] = []
    for post in posts:
        is_first_new = bool(first_new) and post.number == first_new
        if post.state not in READABLE:
            lines.append(UnreadableLine(post, is_first_new))
            continue
        number, name, is_own = str(post.number), str(post.author), post.author_id == own
        answered = post.reply_to if post.reply_to and post.reply_to.number else None
        lines.append(
            PostLine(
                post=post,
                number=number,
                title=_("Post %(n)s by %(name)s") % {"n": number, "name": name},
                url=f"{address}{page_query(post.number or 1)}#post-{number}",
                author=_author(post, name),
                stance=badges[post.stance],
                at=when(post.published_at),
                answers=_answers(answered) if answered else "",
                answers_url=f"{address}?post={answered.number}" if answered else "",
                is_own=is_own,
                is_first_new=is_first_new,
                quote_url=f"{composer}&quote={number}#reply" if composer else "",
                reply_url=f"{composer}&answer={number}#reply" if composer else "",
                report_url=post.report_url if member and not is_own else "",
            )
        )
    return lines


def thread_lines(threads: Iterable[Thread], *, with_space: bool = False) -> list[ThreadLine]:
    """The threads of a list, from `queries.latest_threads` or `with_lines`; `with_space` says where each stands."""
    threads = list(threads)
    badges, tags = _badges(threads), names_of_tags(threads)
    return [
        ThreadLine(
            thread=thread,
            url=f"{thread.get_absolute_url()}{'?unread=1' if thread.is_unread else ''}",
            stance=badges[thread.stance],
            tags=tags.get(thread.pk, []),
            author=str(thread.author),
            profession=str(thread.author.profession or ""),
            country=str(thread.author.country or ""),
            replies=_replies(thread.reply_count),
            at=when(thread.last_posted_at),
            last_poster=str(thread.last_poster) if thread.reply_count and thread.last_poster else "",
            space_url=thread.space.get_absolute_url() if with_space else "",
        )
        for thread in threads
    ]


def _badges(rows: Iterable[Post] | Iterable[Thread]) -> dict[str, str]:
    """Each kind of contribution among these, drawn."""
    kinds = {row.stance for row in rows}
    return {kind: part("components/stance_badge.html", stance=kind, label=Stance(kind).label) for kind in kinds}


def _author(post: Post, name: str) -> str:
    """Who wrote a post, and what was verified of them then."""
    credential = post.credential
    return part(
        "forums/_post_author.html",
        name=name,
        handle=post.author.handle,
        profession=credential.get("profession_name"),
        specialty=credential.get("specialty_name"),
        region=post.region_then,
        level=post.badge,
        on=post.verified_on,
        by=credential.get("issuer"),
    )


def _answers(post: Post) -> str:
    return _("answers %(name)s, #%(n)s") % {"name": post.author, "n": post.number}


def _replies(count: int) -> str:
    return ngettext("%(n)s reply", "%(n)s replies", count) % {"n": count}

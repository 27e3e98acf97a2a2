"""What a person writes: limits, the guard's look at it, and how checked words become a published post.

Nothing here decides who may write; the operations do, before they call this.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.core.clock import now
from community.core.errors import Invalid, Refused
from community.core.events import record
from community.core.screening import LEVELS, Context, Screening, screen_words
from community.core.text import MAX_LENGTH, render
from community.live.operations import publish
from forums.addressing import address
from forums.models import Post, PostState, Stance, Thread
from forums.policies import audience_of_post

MAX_TITLE = 160
MAX_TAGS = 5
# Which tolerance of the guard applies to which field.
SURFACES = {"title": "title", "source": "post", "tags": "tag"}


@dataclass(frozen=True)
class Words:
    """What a person sends. Title and tags only with the first post of a thread."""

    source: str
    stance: str = Stance.OPINION
    title: str = ""
    tags: tuple[str, ...] = ()

    def sealed(self) -> dict[str, str]:
        """The words by field, as moderators hold them."""
        return {"title": self.title, "source": self.source, "tags": ", ".join(self.tags)}

    @classmethod
    def opened(cls, words: Mapping[str, str], *, stance: str) -> "Words":
        tags = tuple(tag for tag in words.get("tags", "").split(", ") if tag)
        return cls(words["source"], stance, words.get("title", ""), tags)


def check(words: Words, *, needs_title: bool, context: Context | None = None) -> Screening:
    """Raise Invalid for what cannot be published by its form and Refused for what the guard blocks.

    With a context the words add up with what their author told in the thread before.
    """
    errors = {**_errors(words), **(_title_errors(words) if needs_title else {})}
    if errors:
        raise Invalid(errors)
    screening = screened(words, context)
    if screening.outcome == "block":
        raise Refused("case_identifiers", _("This could identify a patient. Please change it."), screening.findings)
    return screening


def screened(words: Words, context: Context | None = None) -> Screening:
    """The strictest outcome over title, text and tags, with every finding; raises Refused when the guard fails."""
    each = [screen_words(SURFACES[name], context=context, **{name: text}) for name, text in words.sealed().items()]
    outcome = max((screening.outcome for screening in each), key=LEVELS.index)
    return Screening(outcome, [finding for screening in each for finding in screening.findings])


def context_of(thread_id: str, by: Any, *, before: str = "") -> Context:
    """Where the guard remembers what this author tells, by the public identifier of the thread."""
    return Context(by.pk, f"thread:{thread_id}", before)


def set_words(post: Post, words: Words) -> None:
    """Put checked words into the post, rendered once; the caller saves."""
    rendered = render(words.source)
    post.source, post.stance = words.source, words.stance
    post.html, post.plain = rendered.html, rendered.plain
    post.renderer_version = rendered.version


def slug_of(title: str) -> str:
    return slugify(title)[:80].rstrip("-")


def publish_post(post: Post, thread: Thread, words: Words, *, by: Any) -> Post:
    """Give the post the next number of its locked thread, its audience and its words, and ring the bell."""
    set_words(post, words)
    post.thread, post.state, post.published_at = thread, PostState.PUBLISHED, now()
    post.number = _count_in(thread, post)
    post.audience = audience_of_post(post)
    post.save()
    address(post)
    record("forums.post.published", by=by, target=post, thread=thread.pk, number=post.number, stance=post.stance)
    body = {"number": post.number}
    publish(f"thread:{thread.public_id}", "post.published", body, by=post.author, ref=post.client_key)
    return post


def _count_in(thread: Thread, post: Post) -> int:
    thread.last_number += 1
    thread.last_post_number = thread.last_number
    thread.post_count += 1
    thread.last_posted_at = post.published_at or thread.last_posted_at
    thread.last_poster = post.author
    thread.save(update_fields=["last_number", "last_post_number", "post_count", "last_posted_at", "last_poster"])
    return int(thread.last_number)


def recount(thread: Thread) -> None:
    """Correct the newest post and the count of a locked thread after a post went away or came back."""
    published = thread.posts.filter(state=PostState.PUBLISHED)
    newest = published.select_related("author").order_by("-number").first()
    thread.post_count = published.count()
    thread.last_post_number = (newest.number or 0) if newest else 0
    thread.last_posted_at = (newest and newest.published_at) or thread.created_at
    thread.last_poster = newest.author if newest else thread.author
    thread.save(update_fields=["post_count", "last_post_number", "last_posted_at", "last_poster"])


def _errors(words: Words) -> dict[str, Sequence[str]]:
    errors: dict[str, Sequence[str]] = {}
    if not words.source.strip():
        errors["source"] = [_("Write something first.")]
    if len(words.source) > MAX_LENGTH:
        errors["source"] = [_("This is too long: at most %(max)d characters.") % {"max": MAX_LENGTH}]
    if words.stance not in Stance.values:
        errors["stance"] = [_("Choose what kind of contribution this is.")]
    return errors


def _title_errors(words: Words) -> dict[str, Sequence[str]]:
    errors: dict[str, Sequence[str]] = {}
    if not words.title.strip() or len(words.title) > MAX_TITLE:
        errors["title"] = [_("Give a title of at most %(max)d characters.") % {"max": MAX_TITLE}]
    if len(words.tags) > MAX_TAGS or any(len(tag) > 40 for tag in words.tags):
        errors["tags"] = [_("At most %(max)d tags, each of at most 40 characters.") % {"max": MAX_TAGS}]
    return errors

"""A post, the versions it has had, and whom it mentions."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from community.core.languages import country_name
from community.core.models import Audienced, PublicId
from forums.showing import shown

PAGE_SIZE = 20


class Stance(models.TextChoices):
    """What kind of contribution this is, so that an opinion does not pass for evidence."""

    QUESTION = "question", _("Question")
    EVIDENCE = "evidence_summary", _("Evidence summary")
    PRACTICE = "local_practice", _("Local practice")
    OPINION = "opinion", _("Opinion")


class PostState(models.TextChoices):
    PUBLISHED = "published", _("Published")
    HELD = "held", _("Waiting for a moderator")
    HIDDEN = "hidden", _("Hidden by a moderator")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    REFUSED = "refused", _("Not published")


class Post(PublicId, Audienced):
    """One contribution. Its number is given when it is published and never used again.

    A held post has neither number nor words: the words lie encrypted with the moderators until they
    release it. `credential` is what was verified about the author when the words were written.
    """

    thread = models.ForeignKey("forums.Thread", models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="forum_posts")
    client_key = models.UUIDField()
    state = models.CharField(max_length=10, choices=PostState, default=PostState.PUBLISHED)
    stance = models.CharField(_("kind of contribution"), max_length=20, choices=Stance)
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    plain = models.TextField(blank=True)
    renderer_version = models.PositiveSmallIntegerField(default=0)
    credential = models.JSONField(default=dict)
    coi = models.CharField(max_length=500, blank=True)
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="answers")
    revision = models.PositiveIntegerField(default=1)
    edit_held = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, through="forums.Mention", related_name="+")

    if TYPE_CHECKING:
        author_id: int
        thread_id: int

    class Meta:
        ordering = ("thread", "number")
        indexes = [
            models.Index(fields=["thread", "published_at"], name="posts_of_thread_by_time"),
            models.Index(fields=["author", "-created_at"], name="posts_of_author"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="post_number_once_per_thread"),
            models.UniqueConstraint(fields=["author", "client_key"], name="client_key_once_per_author"),
            models.CheckConstraint(
                name="published_post_has_number",
                condition=~models.Q(state="published") | models.Q(number__gte=1, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="held_post_keeps_no_words",
                condition=~models.Q(state__in=["held", "refused"])
                | models.Q(source="", html="", plain="", number__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}#{self.number}"

    def get_absolute_url(self) -> str:
        """The permalink; it needs thread and space loaded."""
        if self.number is None:
            return f"{self.thread.get_absolute_url()}#held-{self.public_id}"
        return f"{self.thread.get_absolute_url()}{page_query(self.number)}#post-{self.number}"

    @property
    def body(self) -> SafeString:
        """The rendered words, for templates."""
        return shown(self.html)

    @property
    def badge(self) -> str:
        """What was verified of the author then, and whether it still holds; `queries` annotate the latter."""
        level = str(self.credential.get("level", ""))
        if level in {"", "learner"}:
            return level or "none"
        if not getattr(self, "author_verified_today", False):
            return "past"
        return "document" if level == "verified_document" else "verified"

    @property
    def verified_on(self) -> date | None:
        day = self.credential.get("verified_on")
        return date.fromisoformat(day) if day else None

    @property
    def region_then(self) -> str:
        """The country the author was verified for, by name where it is still theirs."""
        code = str(self.credential.get("country", ""))
        own = self.author.country
        return country_name(code, own.name if own is not None and own.code == code else code)

    @property
    def is_edited(self) -> bool:
        return self.edited_at is not None

    @property
    def report_url(self) -> str:
        """Where the post is reported; empty for one that is not published."""
        return reverse("post-report", args=[self.public_id]) if self.is_published else ""

    @property
    def is_published(self) -> bool:
        return self.state == PostState.PUBLISHED

    @property
    def is_opening(self) -> bool:
        return self.number == 1


class Revision(models.Model):
    """A version that an edit replaced. Words that were refused or held never come here."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160, blank=True)
    source = models.TextField()
    html = models.TextField()
    stance = models.CharField(max_length=20, choices=Stance)
    replaced_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("post", "number")
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="revision_number_once_per_post")]

    def __str__(self) -> str:
        return f"{self.post_id} v{self.number}"


class MentionKind(models.TextChoices):
    """Why a post speaks to somebody, strongest first: one person gets one notice for a post."""

    MENTION = "mention", _("mentioned")
    REPLY = "reply", _("answered")
    QUOTE = "quote", _("quoted")


class Mention(models.Model):
    """Somebody a post speaks to, who may also read it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_mentions")
    kind = models.CharField(max_length=8, choices=MentionKind)
    told = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="mentioned_once_per_post")]

    def __str__(self) -> str:
        return f"{self.post_id}@{self.member_id}"


def page_of(number: int) -> int:
    """The page a post number stands on. Pages are ranges of numbers: a deep page costs what the first does."""
    return (max(number, 1) - 1) // PAGE_SIZE + 1


def page_query(number: int) -> str:
    page = page_of(number)
    return f"?page={page}" if page > 1 else ""

"""A thread: a title, its tags, its place in a space, and the counters that lists are sorted by."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from community.core.clock import now
from community.core.models import Audienced, PublicId
from forums.models.posts import Stance
from forums.models.spaces import Space
from forums.models.tags import ThreadTag

# What is older counts as read.
UNREAD_CUTOFF = timedelta(days=40)


class ThreadState(models.TextChoices):
    PUBLISHED = "published", _("Published")
    HELD = "held", _("Waiting for a moderator")
    HIDDEN = "hidden", _("Hidden by a moderator")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


class FollowLevel(models.TextChoices):
    EVERY_POST = "every_post", _("Every new post")
    MENTIONS = "mentions", _("Only when I am mentioned, answered or quoted")
    MUTED = "muted", _("Nothing")


class Thread(PublicId, Audienced):  # type: ignore[django-manager-missing]
    """`audience` follows from state and space (see policies.audience_of_thread).

    `last_number` only ever grows: it gives post numbers. `last_post_number` is the newest number that
    is published, which is what "unread" compares with.
    """

    space = models.ForeignKey(Space, models.PROTECT, related_name="threads")
    title = models.CharField(_("title"), max_length=160, blank=True)
    slug = models.SlugField(max_length=80, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="forum_threads")
    stance = models.CharField(max_length=20, choices=Stance)
    tags = TaggableManager(through=ThreadTag, blank=True)
    state = models.CharField(max_length=10, choices=ThreadState, default=ThreadState.PUBLISHED)
    locked_at = models.DateTimeField(null=True, blank=True)
    pinned = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_number = models.PositiveIntegerField(default=0)
    last_post_number = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    last_posted_at = models.DateTimeField()
    last_poster = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-last_posted_at", "-id")
        indexes = [
            models.Index(fields=["space", "-pinned", "-last_posted_at", "-id"], name="threads_of_space"),
            models.Index(fields=["-last_posted_at", "-id"], name="threads_by_latest"),
            models.Index(
                fields=["space", "-last_posted_at", "-id"],
                name="threads_unanswered",
                condition=models.Q(stance="question", post_count=1),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="thread_newest_within_counter",
                condition=models.Q(last_post_number__lte=models.F("last_number")),
            ),
            models.CheckConstraint(
                name="thread_posts_within_counter",
                condition=models.Q(post_count__lte=models.F("last_number")),
            ),
            models.CheckConstraint(
                name="held_thread_keeps_no_words",
                condition=~models.Q(state="held") | models.Q(title="", slug=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Thread waiting for a moderator"))

    def get_absolute_url(self) -> str:
        """What `thread-detail` is: below its space, without asking the table of addresses for each row of a list."""
        return f"{self.space.get_absolute_url()}{self.path_part}/"

    @property
    def path_part(self) -> str:
        """What stands in the address: the identifier, then words for people."""
        return f"{self.public_id}-{self.slug}" if self.slug else self.public_id

    @property
    def is_unread(self) -> bool:
        """Whether it has something new for whom `queries.with_reading` asked; `queries.only_unread` is this in SQL."""
        floor = getattr(self, "read_floor", None)
        if floor is None or self.follow_level == FollowLevel.MUTED:  # type: ignore[attr-defined]
            return False
        is_recent = self.last_posted_at >= floor and self.last_posted_at > now() - UNREAD_CUTOFF
        return bool(is_recent and self.last_post_number > self.last_read)  # type: ignore[attr-defined]

    @property
    def reply_count(self) -> int:
        return max(self.post_count - 1, 0)

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def is_published(self) -> bool:
        return self.state == ThreadState.PUBLISHED

"""What a member follows and how far they have read.

A pointer for each member and thread, a watermark for each member and space, a cutoff for the site, and a
lower bound for each member below which nothing is unread, so that no query looks through years of threads.
"""

from django.conf import settings
from django.db import models

from community.core.clock import now
from forums.models.spaces import Space
from forums.models.threads import FollowLevel, Thread


class Follow(models.Model):
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="follows")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="thread_follows")
    level = models.CharField(max_length=10, choices=FollowLevel, default=FollowLevel.EVERY_POST)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="one_follow_per_thread_and_member")]

    def __str__(self) -> str:
        return f"{self.thread_id}:{self.member_id} {self.level}"


class ReadMarker(models.Model):
    """The highest post number of a thread that a member has had on screen; it never goes back."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="read_markers")
    last_read_number = models.PositiveIntegerField()
    read_at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "thread"], name="one_marker_per_member_and_thread")]

    def __str__(self) -> str:
        return f"{self.member_id}:{self.thread_id} {self.last_read_number}"


class SpaceMarker(models.Model):
    """Everything of a space up to here counts as read by this member."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, models.CASCADE, related_name="read_markers")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "space"], name="one_marker_per_member_and_space")]

    def __str__(self) -> str:
        return f"{self.member_id}:{self.space_id}"


class Reading(models.Model):
    """`first_unread_at`: no thread with an earlier last post is unread for this member."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    first_unread_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.member_id} from {self.first_unread_at}"

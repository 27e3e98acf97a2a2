"""What a member was told, how they want to be told, and which digests went out. No row holds words of a post."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from community.core.vault import EncryptedTextField


class Pace(models.TextChoices):
    """How soon an e-mail follows."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    NEVER = "never", _("Never")


class NotificationQuerySet(models.QuerySet["Notification"]):
    """A member's notifications, by what they are for."""

    def in_app(self) -> "NotificationQuerySet":
        """Those that the member wants to see on the site."""
        return self.filter(shown=True)

    def unread(self) -> "NotificationQuerySet":
        """Those not opened yet."""
        return self.filter(read_at=None)

    def to_mail(self, pace: str) -> "NotificationQuerySet":
        """Those an e-mail is due for; what has been read on the site needs none."""
        return self.unread().filter(mail=pace)


class Notification(PublicId):
    """Something happened to a target. Later events of the same kind in the same group count up the unread row.

    The group is what a package says belongs together (the posts of a thread); the target stays the first unread.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=64)
    target_type = models.CharField(max_length=64)
    target_id = models.CharField(max_length=40)
    group = models.CharField(max_length=64)
    actor_id = models.BigIntegerField(null=True, blank=True)
    count = models.PositiveIntegerField(default=1)
    shown = models.BooleanField(default=True)
    # The e-mail that is still due: "now", "daily" or "never" (none, or sent).
    mail = models.CharField(max_length=8, choices=Pace.choices, default=Pace.NEVER)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "group"],
                condition=Q(read_at=None),
                name="one_unread_notification_for_a_group",
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="notification_counts_something"),
        ]
        indexes = [
            models.Index(fields=["member", "-changed_at", "-id"], name="notification_list"),
            models.Index(fields=["member"], condition=Q(read_at=None, shown=True), name="notification_unread"),
            models.Index(fields=["mail", "member"], condition=~Q(mail="never"), name="notification_mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"


class Told(models.Model):
    """That a member has been told of an event: at most once, whatever ran twice and however many kinds apply."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    event_id = models.BigIntegerField()
    at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["event_id", "member"], name="told_once_of_an_event")]

    def __str__(self) -> str:
        return f"event {self.event_id} to {self.member_id}"


class Preference(models.Model):
    """How a member wants one kind of notice; a kind without a row follows its declared default."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences")
    kind = models.CharField(max_length=64)
    in_app = models.BooleanField(default=True)
    email = models.CharField(max_length=8, choices=Pace.choices)
    #: None follows the kind's default, so that kinds that are pushed at first can change without touching rows.
    push = models.BooleanField(null=True, default=None)

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="one_preference_for_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.email}"


class Digest(models.Model):
    """That a member's digest of a day, in their own time zone, is queued or sent."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()
    queued_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.day} for {self.member_id}"


class Device(PublicId):
    """A browser that a member lets us push to (a subscription of RFC 8030). Its address works like a key: kept sealed.

    It ends with the session it was added in.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    label = models.CharField(_("device"), max_length=60, blank=True)
    endpoint = EncryptedTextField()
    digest = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    session_key = models.CharField(max_length=40, db_index=True)
    added_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-added_at"]
        verbose_name = _("device")
        verbose_name_plural = _("devices")

    def __str__(self) -> str:
        return self.label or str(_("A browser"))

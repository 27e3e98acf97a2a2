"""Reviews, the reports in them, held words, decisions and sanctions. Held words stand only here, sealed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from community.core.vault import EncryptedTextField


class Reason(models.TextChoices):
    """Why something needs a human, and why it was decided as it was: one vocabulary for both."""

    IDENTIFIERS = "identifiers", _("Could identify a patient")
    CASE = "case", _("Describes an individual case")
    ADVICE = "advice", _("Asks for or gives advice on a patient")
    UNSAFE = "unsafe", _("Unsafe or misleading content")
    PROMOTION = "promotion", _("Promotion or undeclared interest")
    CONDUCT = "conduct", _("Disrespect or harassment")
    OFF_TOPIC = "off_topic", _("Not in the right place")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    """What a decision does to the target."""

    RELEASE = "release", _("Publish")
    REFUSE = "refuse", _("Do not publish")
    HIDE = "hide", _("Hide")
    KEEP = "keep", _("Leave as it is")
    RESTORE = "restore", _("Show again")
    WITHDRAW = "withdraw", _("Withdrawn by the author")


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews in the order in which they should be handled."""

    def waiting(self) -> "ReviewQuerySet":
        """Reviews that nobody has decided."""
        return self.exclude(state=Review.State.DECIDED)

    def free_for(self, member_id: int) -> "ReviewQuerySet":
        """Undecided reviews whose lease is this member's, has lapsed, or was never taken."""
        lapsed = Q(claimed_by=None) | Q(claimed_until__lt=now())
        return self.waiting().filter(lapsed | Q(claimed_by=member_id))

    def in_order(self) -> "ReviewQuerySet":
        """Most urgent first, then oldest first."""
        return self.order_by("-priority", "id")


class Review(PublicId):
    """One thing that needs a human decision. At most one is open for a target."""

    class Kind(models.TextChoices):
        HOLD = "hold", _("Held before publication")
        REPORT = "report", _("Reported by members")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLAIMED = "claimed", _("Being handled")
        DECIDED = "decided", _("Decided")

    class Priority(models.IntegerChoices):
        NORMAL = 0, _("Normal")
        HIGH = 1, _("High")
        URGENT = 2, _("Urgent")

    kind = models.CharField(max_length=16, choices=Kind.choices)
    target_type = models.CharField(max_length=64)
    target_id = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reviews_of_own"
    )
    reason = models.CharField(max_length=16, choices=Reason.choices)
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reviews_claimed"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    opened_at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id"],
                condition=~Q(state="decided"),
                name="one_open_review_for_a_target",
            ),
            models.CheckConstraint(
                condition=Q(state="decided", decided_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="decided") & Q(decided_at__isnull=True, outcome=""),
                name="review_decided_has_outcome",
            ),
        ]
        indexes = [
            models.Index(F("priority").desc(), "id", condition=~Q(state="decided"), name="review_queue"),
            models.Index(fields=["target_type", "target_id"], name="review_target"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_waiting(self) -> bool:
        """Whether a decision is still due."""
        return self.state != self.State.DECIDED

    @property
    def outcomes(self) -> tuple[Outcome, Outcome]:
        """The two decisions that this kind of review can end in."""
        if self.kind == self.Kind.HOLD:
            return (Outcome.RELEASE, Outcome.REFUSE)
        return (Outcome.HIDE, Outcome.KEEP)

    def is_held_by(self, member_id: int | None) -> bool:
        """Whether a member holds the lease now."""
        return bool(
            self.is_waiting
            and member_id is not None
            and self.claimed_by_id == member_id
            and self.claimed_until
            and self.claimed_until >= now()
        )

    @property
    def is_taken(self) -> bool:
        """Whether anybody holds the lease now."""
        return self.is_held_by(self.claimed_by_id)

    @property
    def taken_by(self) -> str:
        """The name of whoever holds the lease now, "" for nobody."""
        return str(self.claimed_by) if self.is_taken else ""


class Report(models.Model):
    """One member's report inside a review."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reports_made")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "reporter"], name="one_report_for_a_reporter")]

    def __str__(self) -> str:
        return f"{self.reason} in {self.review_id}"


class HeldWords(models.Model):
    """What an author wrote, sealed until the decision and deleted with it. Findings are offsets and kinds only."""

    review = models.OneToOneField(Review, models.CASCADE, related_name="held")
    words = EncryptedTextField()
    findings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"held words of {self.review_id}"


class Decision(models.Model):
    """One decision on a review. Rows are never changed; the database refuses it."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="moderation_decisions")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.outcome} of {self.review_id}"


class SanctionQuerySet(models.QuerySet["Sanction"]):
    """Sanctions and whether they bind."""

    def in_force(self) -> "SanctionQuerySet":
        """Sanctions that were not lifted and have not run out."""
        return self.filter(lifted_at=None).filter(Q(until=None) | Q(until__gt=now()))

    def silencing(self) -> "SanctionQuerySet":
        """Sanctions in force that end the right to write; a warning does not."""
        return self.in_force().exclude(kind=Sanction.Kind.WARN)


class Sanction(PublicId):
    """A ceiling on what a member may do, whatever else they may do."""

    class Kind(models.TextChoices):
        WARN = "warn", _("Warning")
        MUTE = "mute", _("May read, may not write")
        BAN = "ban", _("Excluded")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    imposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions_imposed")
    imposed_at = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member"], condition=Q(lifted_at=None), name="sanction_not_lifted")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.member_id}"

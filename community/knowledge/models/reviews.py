"""Review by peers: two seats in each round, the reviewers in them, remarks and verdicts; a step of a workflow."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, Task, TaskState

from community.core.clock import now
from community.core.models import PublicId
from community.knowledge.models.writeups import WriteUpPage
from community.knowledge.practice.facets import Certainty


class PeerReviewTask(Task):  # type: ignore[misc]
    """Two peers accept: one of the write-up's specialty, one from another region; neither an author.

    It is worked on at /practices/review/, not in the admin: a verdict needs the declaration of interests and the
    rules of the seats. The admin shows where it stands, and its editors may still edit the page.
    """

    class Meta:
        verbose_name = _("review by two peers")
        verbose_name_plural = _("reviews by two peers")

    @classmethod
    def get_description(cls) -> str:
        return str(_("One reviewer of the specialty and one from another region accept on the site."))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return bool(user.is_superuser or user.is_editor)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """What is under review stays as the reviewers read it, but for editors."""
        return not (user.is_superuser or user.is_editor)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Editors see on their dashboard what is under review."""
        if not (user.is_superuser or user.is_editor):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)


class Seat(models.TextChoices):
    SPECIALTY = "specialty", _("Of the specialty")
    REGION = "region", _("From another region")


class Verdict(models.TextChoices):
    ACCEPT = "accept", _("Accept")
    REVISE = "revise", _("Ask for changes")
    DECLINE = "decline", _("Decline")


class ReviewState(models.TextChoices):
    INVITED = "invited", _("invited")
    WORKING = "working", _("reading")
    DONE = "done", _("done")
    DECLINED = "declined", _("not available")
    CLOSED = "closed", _("closed")


class PeerReview(PublicId):
    """One reviewer in one seat of one round. A new round begins each time a draft is sent for review."""

    TAKEN = (ReviewState.INVITED, ReviewState.WORKING, ReviewState.DONE)

    page = models.ForeignKey(WriteUpPage, models.CASCADE, related_name="peer_reviews")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    seat = models.CharField(_("seat"), max_length=9, choices=Seat.choices)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="peer_reviews")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=ReviewState.choices, default=ReviewState.WORKING)
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="+")
    coi_none = models.BooleanField(_("no conflict of interest"), default=False)
    coi_text = models.TextField(_("conflicts of interest"), max_length=1000, blank=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    certainty = models.CharField(_("certainty of the literature"), max_length=8, choices=Certainty.choices, blank=True)
    certainty_reason = models.TextField(_("reason for the certainty"), max_length=1000, blank=True)
    began_at = models.DateTimeField(_("began"), default=now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ["page", "round", "seat", "pk"]
        verbose_name = _("peer review")
        verbose_name_plural = _("peer reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "round", "seat"],
                condition=Q(state__in=("invited", "working", "done")),
                name="review_one_in_a_seat",
            ),
            models.UniqueConstraint(fields=["page", "round", "reviewer"], name="review_one_seat_each"),
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(verdict="") & Q(decided_at__isnull=False)),
                name="review_done_has_verdict",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("working", "done")) | Q(coi_none=True) | ~Q(coi_text=""),
                name="review_interests_declared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} round {self.round} {self.seat}: {self.reviewer_id}"

    @property
    def is_open(self) -> bool:
        return self.state in {ReviewState.INVITED, ReviewState.WORKING}


class Weight(models.TextChoices):
    MUST = "must", _("Must be changed")
    SHOULD = "should", _("Should be considered")
    GOOD = "good", _("Good as it is")


class Remark(models.Model):
    """What a reviewer says about one part of a draft."""

    review = models.ForeignKey(PeerReview, models.CASCADE, related_name="remarks")
    section = models.CharField(_("part"), max_length=24)
    weight = models.CharField(_("weight"), max_length=6, choices=Weight.choices, default=Weight.SHOULD)
    text = models.TextField(_("remark"), max_length=2000)
    made_at = models.DateTimeField(_("made"), default=now)

    class Meta:
        ordering = ["review", "pk"]
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")

    def __str__(self) -> str:
        return f"{self.review_id} {self.section} ({self.weight})"

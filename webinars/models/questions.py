"""Questions of a webinar and the votes for them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from webinars.models.webinars import Webinar


class QuestionState(models.TextChoices):
    QUEUE = "queue", _("Waiting for a moderator")
    VISIBLE = "visible", _("Open")
    LIVE = "live", _("Being answered")
    ANSWERED = "answered", _("Answered")
    DISMISSED = "dismissed", _("Set aside")
    MERGED = "merged", _("Merged into another")
    HIDDEN = "hidden", _("Hidden by a moderator")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


class Question(PublicId):
    """A question to the speakers. Peers see who asked unless `anonymous`; moderators can look it up, audited.

    `who` is what stands beside it: profession and region, and the name where it is not anonymous.
    """

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="questions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webinar_questions")
    text = models.CharField(_("question"), max_length=500)
    anonymous = models.BooleanField(default=False)
    who: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.VISIBLE)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    score = models.PositiveIntegerField(default=0)
    told_score = models.PositiveIntegerField(default=0)
    shown_seq = models.PositiveBigIntegerField(null=True, editable=False)  # the event that brought it into the room
    pinned = models.BooleanField(default=False)
    in_advance = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=now)
    media_at = models.FloatField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_media_at = models.FloatField(null=True)

    class Meta:
        ordering = ["-score", "asked_at", "id"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [models.Index(fields=["webinar", "state", "-score"], name="questions_by_score")]
        constraints = [
            models.CheckConstraint(
                name="merged_question_names_its_target", condition=~Q(state="merged") | Q(merged_into__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class QuestionVote(models.Model):
    """One member's vote for one question."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "voter"], name="one_vote_for_a_question")]

    def __str__(self) -> str:
        return f"{self.voter_id} for {self.question_id}"

"""Polls and quizzes of a webinar, and what members answered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from webinars.models.webinars import Webinar


class PollKind(models.TextChoices):
    SINGLE = "single", _("One answer")
    MULTIPLE = "multiple", _("Several answers")
    SCALE = "scale", _("A scale of one to five")
    TEXT = "text", _("A few words")


class PollState(models.TextChoices):
    DRAFT = "draft", _("Not yet asked")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class ResultsRule(models.TextChoices):
    LIVE = "live", _("While people answer")
    CLOSED = "closed", _("After it is closed")


class Poll(PublicId):
    """A poll; one with a correct option is a quiz. `told` are the results that the room has heard last."""

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="polls")
    prompt = models.CharField(_("question"), max_length=300)
    kind = models.CharField(_("kind"), max_length=8, choices=PollKind, default=PollKind.SINGLE)
    results = models.CharField(_("results are shown"), max_length=6, choices=ResultsRule, default=ResultsRule.CLOSED)
    explanation = models.CharField(_("explanation shown afterwards"), max_length=600, blank=True)
    state = models.CharField(max_length=6, choices=PollState, default=PollState.DRAFT)
    position = models.PositiveSmallIntegerField(default=0)
    told: "models.JSONField[Any, Any]" = models.JSONField(default=dict, editable=False)
    tally_due = models.BooleanField(default=False, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("poll")
        verbose_name_plural = _("polls")

    def __str__(self) -> str:
        return self.prompt


class PollOption(models.Model):
    """One thing to choose. Scales and free words have none; numbers count from 1."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("answer"), max_length=160)
    is_correct = models.BooleanField(_("correct"), default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="option_number_once")]

    def __str__(self) -> str:
        return self.text


class PollAnswer(models.Model):
    """What one member answered: numbers of options (or of the scale), or a few screened words."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="answers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    choices: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    text = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "member"], name="one_answer_for_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} to {self.poll_id}"

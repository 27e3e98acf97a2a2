"""What reviewers and the clock decided. Rows are never changed or deleted; the database refuses it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.credentials.models.application import Application
from community.credentials.states import Act, ReasonCode, State


class Decision(models.Model):
    """One decision. A proposal changes no state; it waits for a second reviewer's own row that `seconds` it."""

    class Effect(models.TextChoices):
        DONE = "done", _("took effect")
        PROPOSED = "proposed", _("waits for a second reviewer")
        DISAGREED = "disagreed", _("the second reviewer disagreed")
        FLAG_CLEARED = "flag_cleared", _("a flag was looked at and cleared")

    # No constraint in the database: when an account is erased the rows stay, and they name nobody.
    application = models.ForeignKey(Application, models.DO_NOTHING, db_constraint=False, related_name="decisions")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    act = models.CharField(max_length=12, choices=Act.choices)
    effect = models.CharField(max_length=12, choices=Effect.choices, default=Effect.DONE)
    reason_code = models.CharField(max_length=24, choices=ReasonCode.choices, blank=True)
    from_state = models.CharField(max_length=20, choices=State.choices)
    to_state = models.CharField(max_length=20, choices=State.choices)
    seconds = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="seconded")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["reviewer", "at"], name="decision_of_reviewer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(seconds__isnull=True) | Q(reviewer__isnull=False), name="second_opinion_has_a_reviewer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.act} of {self.application_id} ({self.effect})"

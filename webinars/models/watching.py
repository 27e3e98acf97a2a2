"""How far a member has watched a recording."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from webinars.models.webinars import Webinar


class Progress(models.Model):
    """Where a member stopped, in seconds of the recording, and how long it was then. Seen by nobody else."""

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="progress")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webinar_progress")
    seconds = models.FloatField(default=0)
    duration = models.FloatField(default=0)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("place in a recording")
        verbose_name_plural = _("places in recordings")
        constraints = [
            models.UniqueConstraint(fields=["webinar", "member"], name="one_place_in_a_recording"),
            models.CheckConstraint(
                name="place_in_recording_not_before_it", condition=Q(seconds__gte=0) & Q(duration__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["member", "-at"], name="progress_by_member")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.webinar_id} at {self.seconds}"

    @property
    def per_cent(self) -> int:
        return min(100, round(100 * self.seconds / self.duration)) if self.duration else 0

    @property
    def minutes_left(self) -> int:
        return max(0, round((self.duration - self.seconds) / 60))

"""What the guard remembers: categories told, holds by rule, and how far old content was screened again. Never words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.core.clock import now


class Telling(models.Model):
    """One category of indirect identifiers that an author has told in a thread or room; kept for 90 days."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    thread = models.CharField(max_length=80)
    category = models.CharField(max_length=20)
    #: Told of somebody who was there, rather than of an example.
    definite = models.BooleanField(default=False)
    at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        verbose_name = _("category told")
        verbose_name_plural = _("categories told")
        constraints = [
            models.UniqueConstraint(fields=["author", "thread", "category"], name="casefree_one_telling_per_category")
        ]

    def __str__(self) -> str:
        return f"{self.category} in {self.thread}"


class Hold(models.Model):
    """One rule that held something for a human, and what the human decided: how precise the rule is in the field."""

    review = models.PositiveBigIntegerField(db_index=True)
    kind = models.CharField(max_length=24)
    at = models.DateTimeField(default=now, db_index=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [models.UniqueConstraint(fields=["review", "kind"], name="casefree_one_hold_per_rule")]

    def __str__(self) -> str:
        return f"{self.kind} in review {self.review}"


class Sweep(models.Model):
    """How far the content of one kind was screened again with one version of the rules."""

    version = models.PositiveIntegerField()
    content = models.CharField(max_length=64)
    reached = models.PositiveBigIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")
        constraints = [models.UniqueConstraint(fields=["version", "content"], name="casefree_one_sweep_per_version")]

    def __str__(self) -> str:
        return f"{self.content}, rules {self.version}"

    @property
    def is_telling(self) -> bool:
        """Whether it goes on, or has found something."""
        return self.done_at is None or self.found > 0

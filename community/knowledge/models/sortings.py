"""Rumours sorted by hand: two that are one are put together, one that is two is parted; each act can be undone."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from community.knowledge.models.myths import Rumour


class SortingKind(models.TextChoices):
    MERGED = "merged", _("put together")
    SPLIT = "split", _("parted")


class Sorting(PublicId):
    """One act of sorting: tellings and hearings went from `source` to `target`. Undone, they went back.

    `tellings` and `hearings` are the numbers of the rows that moved, so that undoing moves these and no others.
    """

    kind = models.CharField(_("kind"), max_length=6, choices=SortingKind.choices)
    source = models.ForeignKey(Rumour, models.CASCADE, related_name="sorted_from")
    target = models.ForeignKey(Rumour, models.CASCADE, related_name="sorted_into")
    tellings: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    hearings: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("sorting of rumours")
        verbose_name_plural = _("sortings of rumours")
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="sorting_between_two_rumours"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source_id} → {self.target_id}"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None

    @property
    def emptied(self) -> Rumour:
        """The rumour that ends when this is in force (merged) or when it is undone (split)."""
        return self.source if self.kind == SortingKind.MERGED else self.target

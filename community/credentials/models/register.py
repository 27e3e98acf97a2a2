"""What official registers say: one row for each number, and one row for each file that was read."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from community.core.clock import now


class RegisterImport(models.Model):
    """One reading of one official file. Without an end it was broken off; reading the file again completes it."""

    register = models.CharField(max_length=16)
    kind = models.CharField(max_length=24)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    rows_read = models.PositiveBigIntegerField(default=0)
    added = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    deactivated = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    passed_over = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)
    refusals = models.JSONField(default=dict)
    started_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)
    was_complete = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-started_at", "-pk"]
        verbose_name = _("register import")
        verbose_name_plural = _("register imports")

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    """Reads by register and number, which is the only way entries are looked up."""

    def at(self, register: str, number: str) -> "RegisterEntry | None":
        """The entry of this number in this register, or None."""
        return self.filter(register=register, number=number).first()


class RegisterEntry(models.Model):
    """One number in one register, as the register wrote it. A row without names is a number known only as deactivated.

    `codes` are the register's own profession or taxonomy codes and `regions` ISO 3166-2 codes of licences, each
    separated by spaces, the main one first. `other_names` is a list of [given, family] pairs. `changed_in` is the
    import that last wrote the row, and `checksum` what makes reading the same file again write nothing.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        IN_TRAINING = "in_training", _("In training")
        DEACTIVATED = "deactivated", _("Deactivated")

    register = models.CharField(max_length=16)
    number = models.CharField(max_length=32)
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    credential_text = models.CharField(max_length=80, blank=True)
    codes = models.CharField(max_length=400, blank=True)
    regions = models.CharField(max_length=400, blank=True)
    country = models.CharField(max_length=2, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices)
    enumerated_on = models.DateField(null=True, blank=True)
    updated_on = models.DateField(null=True, blank=True)
    deactivated_on = models.DateField(null=True, blank=True)
    reactivated_on = models.DateField(null=True, blank=True)
    # No index: the way in is always the number, and an index over millions of equal values costs every import.
    changed_in = models.ForeignKey(RegisterImport, models.PROTECT, related_name="+", db_index=False)
    checksum = models.BigIntegerField()

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "number"], name="one_entry_for_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.number}"


def changed_by(run: RegisterImport | int, *, register: str = "register_slug", number: str = "number") -> Exists:
    """A condition for any table that holds register and number: was the entry written by this import?

    Use it from the small side, `Application.objects.filter(changed_by(run))`: it reads one index entry for each.
    """
    entries = RegisterEntry.objects.filter(register=OuterRef(register), number=OuterRef(number), changed_in=run)
    return Exists(entries)

"""The kernel's rows: events and the seals over them, leases of the clock, and the identifiers other rows share."""

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.core.audiences import AudienceQuerySet, Viewer
from community.core.clock import now

# No vowels and no look-alikes: an identifier can be read out loud and never spells a word.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"


def new_public_id() -> str:
    """Twelve random characters (57 bits): not guessable, fit for an address."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


class PublicId(models.Model):
    """Gives a row the identifier that stands in addresses. It is never the permission."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True


class Audienced(models.Model):
    """A readable row. `objects.visible_to(viewer)` is the only way to it from outside."""

    audience = models.CharField(_("audience"), max_length=64, db_index=True)

    objects = AudienceQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_visible_to(self, viewer: Viewer) -> bool:
        return self.audience in viewer.tokens


class AudienceUnion(models.Model):
    """Several audience tokens under one name; written once, never changed (see unions.py)."""

    digest = models.CharField(max_length=40, unique=True)  # of `tokens`: SHA-256, its first 160 bits
    tokens = models.TextField()  # sorted, with a space between each two

    class Meta:
        verbose_name = _("union of audiences")
        verbose_name_plural = _("unions of audiences")

    def __str__(self) -> str:
        return self.tokens


class Event(models.Model):
    """One thing that happened. Append-only: database triggers refuse UPDATE and DELETE.

    It holds ids and enums, never prose, so the log can hold no patient data. The actor is a plain number rather
    than a foreign key: erasing a member must not touch the log.
    """

    verb = models.CharField(max_length=64)
    actor_id = models.BigIntegerField(null=True, blank=True)
    target_type = models.CharField(max_length=64)
    target_id = models.CharField(max_length=40)
    facts = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="event_target"),
            models.Index(fields=["actor_id", "id"], name="event_actor"),
            models.Index(fields=["verb", "id"], name="event_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.verb} {self.target_type}:{self.target_id}"


class Seal(models.Model):
    """A link of the audit chain over a batch of events.

    `entries` is a list of [event id, digest of the event]; `digest` covers the previous link, the number and the
    entries. Numbers are dense, so a lost link shows. Append-only, like the events.
    """

    number = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    entries: "models.JSONField[Any, Any]" = models.JSONField()
    last_event_id = models.BigIntegerField(db_index=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["number"]
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class Lease(models.Model):
    """Who runs a periodic task until when, so that two clocks never run it twice."""

    name = models.CharField(max_length=120, unique=True)
    holder = models.CharField(max_length=80, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    last_started = models.DateTimeField(null=True, blank=True)
    last_ended = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("lease")
        verbose_name_plural = _("leases")

    def __str__(self) -> str:
        return self.name


class Attempt(models.Model):
    """How often a job was tried and when its present run must have reported, for retry and for the reaper."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed for good")

    job = models.CharField(max_length=160)
    args: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    queue = models.CharField(max_length=32, default="default")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        indexes = [models.Index(fields=["state", "leased_until"], name="attempt_reaper")]

    def __str__(self) -> str:
        return f"{self.job} ({self.state})"

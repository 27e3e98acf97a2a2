"""A topic is a numbered log: a dense sequence from a counter locked in the writing transaction."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.core.clock import now


class Topic(models.Model):
    """Something one can follow live, such as "thread:k2m4…" or "member:7".

    `epoch` changes when numbers start afresh, so that a client knows that its place is worth nothing.
    """

    name = models.CharField(max_length=80, unique=True)
    last_seq = models.PositiveBigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return f"{self.name} at {self.last_seq}"


class Entry(models.Model):
    """One line of a topic. `body` holds what every reader of the topic may know: ids and counts, not prose."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="entries")
    seq = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=64)
    body: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    sender_id = models.BigIntegerField(null=True)
    ref = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["topic_id", "seq"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["topic", "seq"], name="entry_seq_once"),
            models.UniqueConstraint(
                fields=["sender_id", "ref"], condition=models.Q(ref__isnull=False), name="entry_ref_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.seq} {self.verb}"


class Recheck(models.Model):
    """A member whose rights may have changed; every process looks at it within a tick and asks its sockets again."""

    member_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        verbose_name = _("recheck")
        verbose_name_plural = _("rechecks")

    def __str__(self) -> str:
        return f"member {self.member_id}"

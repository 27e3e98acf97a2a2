"""The room: one numbered log of everything that happens in it, and what limits single members there."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from community.core.vault import EncryptedTextField
from webinars.models.webinars import Webinar


class Room(models.Model):
    """The counter of a webinar's log. Its row is locked by every write, so numbers are dense and commit in order.

    `epoch` changes when numbers start afresh. `tallies_due` is set while votes or results wait to be told;
    they are told at most once a second.
    """

    webinar = models.OneToOneField(Webinar, models.CASCADE, related_name="room")
    last_seq = models.PositiveBigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid.uuid4, editable=False)
    tallies_due = models.BooleanField(default=False, db_index=True)
    tallied_at = models.DateTimeField(null=True, blank=True)
    told_hands = models.PositiveIntegerField(default=0)
    deck = models.ForeignKey("webinars.Deck", models.SET_NULL, null=True, blank=True, related_name="+")
    slide = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self) -> str:
        return f"room of {self.webinar_id} at {self.last_seq}"


class Gone(models.TextChoices):
    """Why the words of an event are no longer there."""

    EDITED = "edited", _("Replaced by its author")
    DELETED = "deleted", _("Deleted by its author")
    HIDDEN = "hidden", _("Hidden by a moderator")
    CUT = "cut", _("Cut")


class RoomEvent(models.Model):
    """One line of the log: the same row serves live, resume, replay, export and search.

    `body` is what everybody in the room may know. Whoever asks anonymously stands in `sender` only. Words that went
    away are taken out of `body`, and `gone` says why; what a moderator hid stays `sealed`, so that a second one can
    show it again. `media_at` is what the author was watching, in seconds of the recording.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=32)
    body: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_anonymous = models.BooleanField(default=False)
    ref = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)
    media_at = models.FloatField(null=True)
    gone = models.CharField(max_length=8, choices=Gone, blank=True)
    sealed = EncryptedTextField(blank=True, default="")

    class Meta:
        ordering = ["room_id", "seq"]
        verbose_name = _("event of a room")
        verbose_name_plural = _("events of rooms")
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="room_seq_once"),
            models.UniqueConstraint(fields=["sender", "ref"], condition=Q(ref__isnull=False), name="room_ref_once"),
        ]
        indexes = [models.Index(fields=["room", "verb", "seq"], name="room_events_by_verb")]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.seq} {self.verb}"


class Receipt(models.Model):
    """What a command was answered that wrote no event of its own (a vote, a held line), for when it is repeated."""

    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    ref = models.UUIDField()
    answer: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "ref"], name="receipt_ref_once")]

    def __str__(self) -> str:
        return str(self.ref)


class HeldKind(models.TextChoices):
    CHAT = "chat", _("Chat line")
    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Answer to a poll")


class HeldLine(PublicId):
    """What the guard held in a room. The words are sealed with the moderators; this says where they belong."""

    class State(models.TextChoices):
        HELD = "held", _("Waiting for a moderator")
        RELEASED = "released", _("Published")
        REFUSED = "refused", _("Not published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    room = models.ForeignKey(Room, models.CASCADE, related_name="held_lines")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="held_room_lines")
    kind = models.CharField(max_length=8, choices=HeldKind)
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    details: "models.JSONField[Any, Any]" = models.JSONField(default=dict)  # ids, numbers and choices, no prose
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("held line")
        verbose_name_plural = _("held lines")

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class RoomLimit(models.Model):
    """What a moderator took from one member in one room: the word (mute) or the room (ban)."""

    class Kind(models.TextChoices):
        MUTE = "mute", _("May read, may not write")
        BAN = "ban", _("May not be in the room")

    room = models.ForeignKey(Room, models.CASCADE, related_name="limits")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="room_limits")
    kind = models.CharField(max_length=4, choices=Kind)
    reason = models.CharField(max_length=16)
    at = models.DateTimeField(default=now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room", "member", "kind"], condition=Q(lifted_at__isnull=True), name="one_limit_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.member_id} in {self.room_id}"


class Hand(models.Model):
    """A raised hand; the row goes when it is lowered."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="hands")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    raised_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["raised_at", "id"]
        constraints = [models.UniqueConstraint(fields=["room", "member"], name="one_hand_for_a_member")]

    def __str__(self) -> str:
        return f"hand of {self.member_id}"

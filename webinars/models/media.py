"""The video of a webinar: what the presenter sent, what it was cut into, what was cut out, and what hangs on it.

A take is one start of a recorder. Its chunks are kept until they are cut; its segments are the live stream and the
recording at once. `media` times are seconds of the recording as a player counts them.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from webinars.models.questions import Question
from webinars.models.webinars import Webinar


class Broadcast(PublicId):
    """The video of one webinar. `public_id` is the session in the address of the ingest socket.

    Its row is locked by every write of segments: their numbers are dense over all takes, and `media_end` is where
    the next one begins. `version` counts changes of the playlist.
    """

    webinar = models.OneToOneField(Webinar, models.CASCADE, related_name="broadcast")
    next_segment = models.PositiveIntegerField(default=0)
    media_end = models.FloatField(default=0)
    ends_at = models.DateTimeField(null=True)  # wall time of `media_end`
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("broadcast")
        verbose_name_plural = _("broadcasts")

    def __str__(self) -> str:
        return self.public_id


class StreamKey(models.Model):
    """With what a program such as OBS sends the video of a webinar to our media server. Only a digest is kept.

    `accepted_at` and `protocol` are of the last time somebody began to send with it.
    """

    webinar = models.OneToOneField(Webinar, models.CASCADE, related_name="stream_key")
    digest = models.CharField(max_length=64)  # SHA-256 of the key
    made_at = models.DateTimeField(default=now)
    accepted_at = models.DateTimeField(null=True)
    protocol = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("stream key")
        verbose_name_plural = _("stream keys")

    def __str__(self) -> str:
        return f"stream key of {self.webinar_id}"


class Container(models.TextChoices):
    MP4 = "mp4", "MP4"
    WEBM = "webm", "WebM"
    OTHER = "mp4x", _("MP4 with other codecs")


class TakeState(models.TextChoices):
    OPEN = "open", _("Running")
    ENDING = "ending", _("Being finished")
    CLOSED = "closed", _("Finished")
    FAILED = "failed", _("Could not be read")


class Take(models.Model):
    """One start of a recorder. `started_at` is the wall time of its first moment, by the server's clock.

    `next_seq` is the chunk that is expected next; `received` counts the bytes of all chunks, `consumed` those that
    have become segments. `packager` names the process that turns chunks into segments, until `packager_until`.
    """

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="takes")
    number = models.PositiveIntegerField()
    container = models.CharField(max_length=4, choices=Container, blank=True)
    codecs = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=6, choices=TakeState, default=TakeState.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    clock_offset = models.FloatField(default=0)  # seconds to add to the sender's clock
    zero = models.FloatField(null=True)  # timestamp of the first moment, in seconds of the take's own time
    first_seq = models.PositiveIntegerField(null=True)
    next_seq = models.PositiveIntegerField(null=True)
    received = models.PositiveBigIntegerField(default=0)
    consumed = models.PositiveBigIntegerField(default=0)
    last_chunk_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=24, blank=True)
    packager = models.CharField(max_length=24, blank=True)
    packager_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["broadcast_id", "number"]
        verbose_name = _("take")
        verbose_name_plural = _("takes")
        constraints = [models.UniqueConstraint(fields=["broadcast", "number"], name="take_number_once")]
        indexes = [models.Index(fields=["state", "last_chunk_at"], name="takes_by_state")]

    def __str__(self) -> str:
        return f"take {self.number} of {self.broadcast_id}"

    @property
    def acked(self) -> int | None:
        """The last chunk that is safe, or None before the first."""
        return None if self.next_seq is None else self.next_seq - 1


class Chunk(models.Model):
    """One piece of a take's stream as it came. `key` is empty once its bytes have become segments or were destroyed."""

    take = models.ForeignKey(Take, models.CASCADE, related_name="chunks")
    seq = models.PositiveIntegerField()
    offset = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    captured_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(default=now)
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["take_id", "seq"]
        verbose_name = _("chunk")
        verbose_name_plural = _("chunks")
        constraints = [models.UniqueConstraint(fields=["take", "seq"], name="chunk_seq_once")]

    def __str__(self) -> str:
        return f"{self.take_id}/{self.seq}"


class RenditionName(models.TextChoices):
    MAIN = "main", _("Picture and sound")
    AUDIO = "audio", _("Sound only")


class Rendition(models.Model):
    """One form of a take, with the beginning that a decoder needs before any of its segments."""

    take = models.ForeignKey(Take, models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=5, choices=RenditionName)
    codecs = models.CharField(max_length=80)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    bandwidth = models.PositiveIntegerField(default=0)  # peak, in bits a second
    init_key = models.CharField(max_length=120)
    slate_key = models.CharField(max_length=120, blank=True)  # the beginning of what stands for segments cut out

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [models.UniqueConstraint(fields=["take", "name"], name="rendition_once_in_a_take")]

    def __str__(self) -> str:
        return f"{self.name} of take {self.take_id}"


class SegmentState(models.TextChoices):
    LIVE = "live", _("Shown")
    REDACTED = "redacted", _("Cut out")


class Segment(models.Model):
    """A second or two of video that can be played on its own after the beginning of its rendition.

    The segments of one `seq` are the same stretch in each rendition.
    """

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="segments")
    rendition = models.ForeignKey(Rendition, models.CASCADE, related_name="segments")
    seq = models.PositiveIntegerField()
    media_start = models.FloatField()
    take_start = models.FloatField()
    duration = models.FloatField()
    pdt = models.DateTimeField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=120, blank=True)  # empty once its bytes are destroyed
    state = models.CharField(max_length=8, choices=SegmentState, default=SegmentState.LIVE)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["seq"]
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        constraints = [
            models.UniqueConstraint(fields=["rendition", "seq"], name="segment_seq_once"),
            models.CheckConstraint(name="segment_lasts", condition=Q(duration__gt=0)),
        ]
        indexes = [models.Index(fields=["broadcast", "seq"], name="segments_by_seq")]

    def __str__(self) -> str:
        return f"{self.rendition_id}/{self.seq}"

    @property
    def ends_at(self) -> datetime:
        return self.pdt + timedelta(seconds=self.duration)


class CutReason(models.TextChoices):
    PATIENT = "patient", _("Something about a patient was said or shown")
    PRIVATE = "private", _("Something private was said or shown")
    MISTAKE = "mistake", _("It was not meant for the audience")
    OTHER = "other", _("Another reason")


class Cut(models.Model):
    """A stretch that was taken out for everybody, live and in the recording; its bytes are destroyed."""

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="cuts")
    media_from = models.FloatField()
    media_to = models.FloatField()
    wall_from = models.DateTimeField()
    wall_to = models.DateTimeField()
    reason = models.CharField(max_length=8, choices=CutReason)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["media_from"]
        verbose_name = _("cut")
        verbose_name_plural = _("cuts")
        constraints = [models.CheckConstraint(name="cut_goes_forward", condition=Q(media_to__gte=F("media_from")))]

    def __str__(self) -> str:
        return f"{self.media_from}–{self.media_to}"


class UploadState(models.TextChoices):
    RECEIVING = "receiving", _("Being sent")
    WORKING = "working", _("Being prepared")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be used")
    CANCELLED = "cancelled", _("Given up")


class Upload(PublicId):
    """A recording made elsewhere, on its way in by parts. The file's name is not kept: it may name a person."""

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    part_size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.RECEIVING)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent of the preparing
    error = models.CharField(max_length=24, blank=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.UniqueConstraint(
                fields=["webinar"], condition=Q(state__in=["receiving", "working"]), name="one_upload_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def part_count(self) -> int:
        return -(-self.size // self.part_size)


class UploadPart(models.Model):
    """A part that is safe on disk; numbers count from 0."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="upload_part_once")]

    def __str__(self) -> str:
        return f"{self.upload_id}/{self.number}"


class ChapterKind(models.TextChoices):
    QUESTION = "question", _("A question that was answered")
    SLIDE = "slide", _("A slide")
    OWN = "own", _("Set by the organisers")


class Chapter(models.Model):
    """A place in the recording worth a name. Words come from screened questions and slides, never from elsewhere."""

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="chapters")
    media_at = models.FloatField()
    kind = models.CharField(max_length=8, choices=ChapterKind)
    title = models.CharField(_("title"), max_length=160)
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="+")
    slide = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["media_at", "id"]
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def __str__(self) -> str:
        return f"{self.media_at}: {self.title}"


class Caption(models.Model):
    """One line under the picture."""

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="captions")
    language = models.CharField(max_length=12)
    media_from = models.FloatField()
    media_to = models.FloatField()
    text = models.CharField(_("text"), max_length=300)

    class Meta:
        ordering = ["language", "media_from"]
        verbose_name = _("caption")
        verbose_name_plural = _("captions")

    def __str__(self) -> str:
        return f"{self.webinar_id} at {self.media_from}"


class AttendanceInterval(models.Model):
    """A stretch that a member was seen to watch: the basis of minutes, in union over live and replay."""

    class Source(models.TextChoices):
        LIVE = "live", _("Live")
        REPLAY = "replay", _("Recording")

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    media_from = models.FloatField()
    media_to = models.FloatField()
    source = models.CharField(max_length=6, choices=Source)
    proof: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("stretch attended")
        verbose_name_plural = _("stretches attended")
        constraints = [
            models.CheckConstraint(name="attendance_goes_forward", condition=Q(media_to__gte=F("media_from")))
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.media_from}–{self.media_to}"

"""A webinar and what surrounds it: its series, its crew, its speakers, those who registered."""

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from community.core.audiences import AudienceQuerySet, Viewer
from community.core.clock import now
from community.core.models import Audienced, PublicId
from community.members.identifiers import language_name
from webinars.descriptions import shown

# Words that are addresses of their own under /webinars/, so no webinar may take them.
RESERVED_SLUGS = frozenset(
    {"new", "past", "series", "mine", "calendar", "recordings", "invitations", "slides", "media"}
)
OPENS_BEFORE = timedelta(minutes=30)
EDITORS = "editors"


class WebinarState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live now")
    ENDED = "ended", _("Recording")
    CANCELLED = "cancelled", _("Cancelled")


class VideoSource(models.TextChoices):
    BROWSER = "browser", _("From the presenter’s browser")
    INGEST = "ingest", _("From OBS or another program, over our own server")
    HLS = "hls", _("An HLS address of our own (OBS, MediaMTX)")
    YOUTUBE = "youtube", _("YouTube")
    VIMEO = "vimeo", _("Vimeo")
    LINK = "link", _("A meeting link, such as Zoom")
    UPLOAD = "upload", _("A recording that was made elsewhere")


class ForWhom(models.TextChoices):
    """The wide audiences of a webinar. The others are tokens too: professions, private groups, several at once."""

    PUBLIC = "public", _("Everybody, also without an account")
    MEMBERS = "members", _("All members")
    VERIFIED = "verified", _("Verified clinicians")


class Series(PublicId):
    """Webinars that belong together, such as a monthly case-free round."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in one or two sentences"), max_length=400, blank=True)
    organiser = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="webinar_series")

    class Meta:
        ordering = ["title"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("series-detail", args=[self.slug])


class WebinarQuerySet(AudienceQuerySet):
    """Webinars by who may see them: those they are for, and always their crew."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The webinars this viewer may see: published for them, or their own as crew."""
        if viewer.member is None:
            return self.filter(audience__in=viewer.tokens)
        own = CrewMember.objects.filter(webinar=models.OuterRef("pk"), member=viewer.member)
        return self.filter(Q(audience__in=viewer.tokens) | Q(models.Exists(own)))

    def organised_by(self, viewer: Viewer) -> Self:
        """Those whose organisers' screens this viewer may open: their own, and all for editors."""
        if viewer.member is None:
            return self.none()
        if viewer.has(EDITORS):
            return self.all()
        own = CrewMember.objects.filter(webinar=models.OuterRef("pk"), member=viewer.member, role=CrewRole.ORGANISER)
        return self.filter(models.Exists(own))


class Webinar(PublicId, Audienced):  # type: ignore[django-manager-missing]
    """One event from its plan to its recording, at one address.

    `audience` follows from `for_whom` and the state (see policies.audience_of): a draft is its crew's alone.
    `sequence` counts changes of time or place for calendars (RFC 5545, SEQUENCE).
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in one or two sentences"), max_length=400, blank=True)
    description = models.TextField(_("description"), blank=True)
    description_html = models.TextField(blank=True, editable=False)
    objectives = models.TextField(_("learning objectives"), blank=True, help_text=_("One on each line."))
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="webinars")
    organiser = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="webinars_organised")
    state = models.CharField(max_length=10, choices=WebinarState, default=WebinarState.DRAFT, db_index=True)
    for_whom = models.CharField(_("who may attend"), max_length=64, default=ForWhom.VERIFIED)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone of the organiser"), max_length=40, default="UTC")
    language = models.CharField(_("language"), max_length=12, default="en")
    specialties = models.ManyToManyField("members.Specialty", blank=True, related_name="webinars")
    countries = models.ManyToManyField("members.Country", blank=True, related_name="+")
    tags = TaggableManager(blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    needs_approval = models.BooleanField(_("registrations need approval"), default=False)
    names_attendance = models.BooleanField(_("organisers see who attended"), default=False)
    cover = models.ForeignKey("knowledge.Picture", models.SET_NULL, null=True, blank=True, related_name="+")
    handouts = models.ManyToManyField("knowledge.Handout", blank=True, related_name="webinars")

    video_source = models.CharField(_("video"), max_length=10, choices=VideoSource, default=VideoSource.BROWSER)
    video_url = models.URLField(_("address of the video"), max_length=400, blank=True)
    broadcast_delay = models.PositiveSmallIntegerField(_("broadcast delay in seconds"), default=0)

    chat_open = models.BooleanField(_("chat is open"), default=True)
    slow_seconds = models.PositiveSmallIntegerField(_("seconds between two lines of one person"), default=0)
    questions_queued = models.BooleanField(_("a moderator looks at questions first"), default=False)

    sequence = models.PositiveIntegerField(default=0, editable=False)
    moved_from = models.DateTimeField(null=True, blank=True, editable=False)
    change_note = models.CharField(_("what those who registered should know"), max_length=300, blank=True)
    changed_at = models.DateTimeField(default=now, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)  # a moderator reads the plan
    is_read = models.BooleanField(default=False, editable=False)  # a moderator let these words through
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)  # a moderator took it away

    objects = WebinarQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["starts_at", "id"]
        verbose_name = _("webinar")
        verbose_name_plural = _("webinars")
        indexes = [models.Index(fields=["state", "starts_at"], name="webinars_by_start")]
        constraints = [
            models.CheckConstraint(name="webinar_ends_after_start", condition=Q(ends_at__gt=models.F("starts_at"))),
            models.CheckConstraint(name="webinar_delay_within_a_minute", condition=Q(broadcast_delay__lte=60)),
            models.CheckConstraint(name="webinar_slug_not_reserved", condition=~Q(slug__in=sorted(RESERVED_SLUGS))),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("webinar-detail", args=[self.slug])

    @property
    def is_live(self) -> bool:
        return self.state == WebinarState.LIVE

    @property
    def is_over(self) -> bool:
        return self.state == WebinarState.ENDED

    @property
    def is_upcoming(self) -> bool:
        return self.state == WebinarState.SCHEDULED

    @property
    def room_is_open(self) -> bool:
        """The lobby opens half an hour before the start and the room stays open until the end."""
        return self.is_live or (self.is_upcoming and self.starts_at - OPENS_BEFORE <= now())

    @property
    def description_shown(self) -> SafeString:
        """The description as stored HTML, for pages."""
        return shown(self.description_html)

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def is_draft(self) -> bool:
        return self.state == WebinarState.DRAFT

    @property
    def is_cancelled(self) -> bool:
        return self.state == WebinarState.CANCELLED

    @property
    def minutes(self) -> int:
        """How long it is planned to be."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def objective_lines(self) -> list[str]:
        return [line.strip() for line in self.objectives.splitlines() if line.strip()]


class CrewRole(models.TextChoices):
    ORGANISER = "organiser", _("Organiser")
    PRESENTER = "presenter", _("Presenter")
    MODERATOR = "moderator", _("Moderator")


class CrewMember(models.Model):
    """What a member does for a webinar; the token `crew:<id>` is derived from it."""

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="crew")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webinar_crews")
    role = models.CharField(max_length=10, choices=CrewRole)

    class Meta:
        verbose_name = _("crew member")
        verbose_name_plural = _("crew")
        constraints = [models.UniqueConstraint(fields=["webinar", "member", "role"], name="one_role_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.member_id} of {self.webinar_id}"


class Speaker(PublicId):
    """Who speaks: a member, or a guest by invitation. Nobody goes live before every speaker's statement is there."""

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="speakers")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="webinars_spoken"
    )
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("profession and institution"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail of a guest"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    invitation = models.CharField(max_length=64, blank=True, editable=False)  # SHA-256 of the token in the mail
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    coi_none = models.BooleanField(_("no conflict of interest"), default=False)
    coi_statement = models.CharField(_("conflicts of interest"), max_length=500, blank=True)
    coi_declared_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "member"], condition=Q(member__isnull=False), name="speaker_member_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_declared(self) -> bool:
        return self.coi_declared_at is not None

    @property
    def is_guest(self) -> bool:
        return self.member_id is None


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    ASKED = "asked", _("Waiting for approval")
    WAITING = "waiting", _("On the waiting list")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    REMOVED = "removed", _("Removed")


class Registration(models.Model):
    """A member's place at a webinar, and which reminders they want and have had."""

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="registrations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webinar_registrations")
    state = models.CharField(max_length=10, choices=RegistrationState, default=RegistrationState.REGISTERED)
    registered_at = models.DateTimeField(default=now)
    remind_day = models.BooleanField(_("a day before"), default=True)
    remind_hour = models.BooleanField(_("an hour before"), default=True)
    remind_ten = models.BooleanField(_("ten minutes before"), default=True)
    reminded = models.PositiveSmallIntegerField(default=0, editable=False)  # of three: a day, an hour, ten minutes

    class Meta:
        ordering = ["registered_at", "id"]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [models.UniqueConstraint(fields=["webinar", "member"], name="one_registration_for_a_member")]
        indexes = [models.Index(fields=["webinar", "state"], name="registrations_by_state")]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.webinar_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it holds or asks for a place."""
        return self.state in {RegistrationState.REGISTERED, RegistrationState.ASKED, RegistrationState.WAITING}


class FeedKey(models.Model):
    """The secret in the address of a member's calendar feed, for calendar programs cannot sign in."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webinar_feed_key")
    key = models.UUIDField(default=uuid.uuid4, unique=True)

    def __str__(self) -> str:
        return f"feed of {self.member_id}"

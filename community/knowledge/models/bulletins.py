"""Crisis bulletins: what happened, why trust this, what to do now, what follows if one does not; and their release."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from community.core.audiences import Viewer
from community.core.clock import now
from community.knowledge.bulletin_forms import BulletinPageForm
from community.knowledge.bulletin_words import Role, Severity, shown_words
from community.knowledge.cards import Card
from community.knowledge.lines import points_in, sources_in
from community.knowledge.models.gated import GatedPage, NothingPublishedHere
from community.knowledge.models.pages import Audience, AudiencedPage, AudiencedPageQuerySet
from community.knowledge.releasing import Release, is_shown
from community.members.models import Country, Profession, WhoRegion

#: How long a bulletin is in force unless its writers say otherwise.
USUAL_LIFE = timedelta(hours=72)


SEVERE = (Severity.WARNING, Severity.CRITICAL)


class RoleBlock(blocks.StructBlock):
    """What one role does now, and what it does not do; a step to a line."""

    role = blocks.ChoiceBlock(Role.choices, label=_("for"))
    do = blocks.TextBlock(label=_("do"), rows=3, required=False)
    dont = blocks.TextBlock(label=_("do not"), rows=2, required=False)

    class Meta:
        label = _("What to do now")
        icon = "list-ul"
        template = "knowledge/bulletins/blocks/role.html"


class BulletinIndexPage(NothingPublishedHere, AudiencedPage):
    """The shelf at /bulletins/."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    max_count = 1
    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledge.HomePage"]
    subpage_types: ClassVar[list[str]] = ["knowledge.BulletinPage"]
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("intro")]
    template = "knowledge/bulletins/bulletin_list.html"

    class Meta:
        verbose_name = _("list of bulletins")
        verbose_name_plural = _("lists of bulletins")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = list(
            BulletinPage.objects.child_of(self).visible_to(request.viewer).order_by("-first_released_at")[:200]
        )
        context["in_force"] = [page for page in pages if page.is_in_force]
        context["past"] = [page for page in pages if not page.is_in_force]
        context["may_draft"] = bool({"roster", "editors"} & request.viewer.tokens)
        return context


class BulletinQuerySet(AudiencedPageQuerySet):
    """Bulletins, by whether readers may see them now."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Published, for this viewer, and not alone for longer than two hours."""
        return super().visible_to(viewer).filter(Q(shown_until=None) | Q(shown_until__gt=now()))  # type: ignore[no-any-return]

    def in_force(self) -> Self:
        """Neither expired nor withdrawn nor replaced."""
        return self.live().filter(expires_at__gt=now(), withdrawn_at=None, superseded_at=None)  # type: ignore[no-any-return]


class BulletinPage(GatedPage):
    """One bulletin. Its words reach readers by a release of two people (see BulletinRelease)."""

    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices, default=Severity.WARNING)
    known_since = models.DateTimeField(
        _("when we learned of it"), default=now, help_text=_("From here the time to the first bulletin is counted.")
    )
    known = models.TextField(_("what is known"), max_length=3000)
    unknown = models.TextField(_("what is not known"), max_length=2000, blank=True)
    being_done = models.TextField(_("what is being done"), max_length=2000, blank=True)
    trust = models.TextField(
        _("why trust this"),
        max_length=2000,
        blank=True,
        help_text=_("Who says so, how they know, and how certain it is."),
    )
    sources = models.TextField(
        _("sources"), max_length=3000, blank=True, help_text=_("One to a line, with its address if it has one.")
    )
    steps = StreamField([("role", RoleBlock())], verbose_name=_("what to do now, by role"), blank=True)
    consequences = models.TextField(_("what follows if one does not"), max_length=2000, blank=True)
    contacts = models.TextField(_("contacts"), max_length=1000, blank=True, help_text=_("Of offices, not of patients."))
    next_update_at = models.DateTimeField(_("next update"))
    expires_at = models.DateTimeField(_("in force until"), db_index=True)
    who_regions = models.CharField(_("WHO regions"), max_length=40, blank=True, help_text=_("None: everywhere."))
    countries = ParentalManyToManyField(
        Country, blank=True, related_name="+", verbose_name=_("countries"), help_text=_("Beside the regions.")
    )
    professions = ParentalManyToManyField(
        Profession, blank=True, related_name="+", verbose_name=_("professions"), help_text=_("None: all.")
    )
    is_drill = models.BooleanField(
        _("drill"), default=False, help_text=_("Marked as an exercise and shown to the duty roster only.")
    )
    supersedes = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("takes the place of"),
    )

    version = models.PositiveIntegerField(default=0, editable=False)
    first_released_at = models.DateTimeField(null=True, editable=False, db_index=True)
    shown_until = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)

    OF_THE_WHOLE: ClassVar[tuple[str, ...]] = (
        "version", "first_released_at", "shown_until", "withdrawn_at", "superseded_at",
    )  # fmt: skip

    objects = PageManager.from_queryset(BulletinQuerySet)()
    base_form_class = BulletinPageForm
    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledge.BulletinIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/bulletins/bulletin_detail.html"
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("known"),
        index.SearchField("consequences"),
        index.FilterField("severity"),
    ]
    content_panels: ClassVar[list[Panel]] = [
        HelpPanel(_("Save the draft here. It is signed and released by two people of the duty roster, on the site.")),
        *Page.content_panels,
        FieldRowPanel([FieldPanel("severity"), FieldPanel("is_drill")]),
        MultiFieldPanel(
            [FieldPanel("known_since"), FieldPanel("known"), FieldPanel("unknown"), FieldPanel("being_done")],
            heading=_("What happened"),
        ),
        MultiFieldPanel([FieldPanel("trust"), FieldPanel("sources")], heading=_("Why trust this")),
        FieldPanel("steps"),
        FieldPanel("consequences"),
        FieldPanel("contacts"),
        FieldRowPanel([FieldPanel("next_update_at"), FieldPanel("expires_at")]),
        MultiFieldPanel(
            [FieldPanel("who_regions"), FieldPanel("countries"), FieldPanel("professions")],
            heading=_("Whom it concerns"),
        ),
        FieldPanel("supersedes"),
    ]

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("known_since")), name="bulletin_expires_after_it_begins"
            ),
        ]

    def clean(self) -> None:
        """A drill is for the duty roster, whatever was chosen, and takes the place of drills only."""
        super().clean()
        self.check_times()
        if self.is_drill and self.supersedes and not self.supersedes.is_drill:
            raise ValidationError({"supersedes": _("A drill cannot take the place of a real bulletin.")})
        if self.is_drill:
            self.audience = Audience.ROSTER

    def check_times(self) -> None:
        """Raises ValidationError where it would expire before it begins; drafts of pages are saved without `clean`."""
        if self.expires_at and self.known_since and self.expires_at <= self.known_since:
            raise ValidationError({"expires_at": _("The bulletin expires after it begins.")})

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        member = request.viewer.member if hasattr(request, "viewer") else None
        return context | {
            "words": shown_words(self.reviewed_words()),
            "counts": self.reading_counts(),
            "has_confirmed": self.was_confirmed_by(member),
            "newer_ones": self.superseded_by.visible_to(getattr(request, "viewer", Viewer.anonymous())),
        }

    # --- Where it stands ---

    def is_visible_to(self, viewer: Viewer) -> bool:
        return super().is_visible_to(viewer) and self.is_shown_now

    @property
    def is_shown_now(self) -> bool:
        """Not alone for longer than two hours, however late the clock is."""
        return self.shown_until is None or self.shown_until > now()

    def may_go_live(self) -> bool:
        """Whether a release, by two or for the moment by one, stands behind these very words."""
        moment = now()
        return any(is_shown(each.facts, moment) for each in self.releases.filter(digest=self.digest))

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= now()

    @property
    def is_in_force(self) -> bool:
        return self.live and not (self.is_expired or self.withdrawn_at or self.superseded_at)

    @property
    def stamp(self) -> str:
        """What changes whenever an open page has to be read again."""
        ended = "w" if self.withdrawn_at else "s" if self.superseded_at else ""
        return f"{self.version}{'a' if self.shown_until else ''}{ended}"

    @property
    def time_to_first(self) -> timedelta | None:
        """From learning of it to the first release."""
        return self.first_released_at - self.known_since if self.first_released_at else None

    @property
    def severity_of(self) -> Severity:
        return Severity(self.severity)

    @property
    def current_release(self) -> "BulletinRelease | None":
        """The release of the version that is shown."""
        found = self.releases.filter(version__number=self.version).select_related("signed_by", "second_by")
        return found.first()  # type: ignore[no-any-return]

    def openings(self) -> "models.QuerySet[BulletinOpening]":
        """Who has the present version before them."""
        return BulletinOpening.objects.filter(version__page=self, version__number=self.version)

    def was_confirmed_by(self, member: Any | None) -> bool:
        return member is not None and self.openings().filter(member=member).exclude(confirmed_at=None).exists()

    def reading_counts(self) -> dict[str, int]:
        """How many members opened the present version, and how many confirmed it."""
        return self.openings().aggregate(opened=Count("pk"), confirmed=Count("confirmed_at"))

    # --- Its words ---

    def reviewed_words(self) -> dict[str, Any]:
        """All that two people sign, as plain JSON: this is also what a version keeps."""
        return {
            "title": self.title,
            "severity": self.severity,
            "known_since": _iso(self.known_since),
            "known": self.known,
            "unknown": self.unknown,
            "being_done": self.being_done,
            "trust": self.trust,
            "sources": [{"title": each.title, "url": each.url} for each in sources_in(self.sources)],
            "steps": [_step(block.value) for block in self.steps],
            "consequences": self.consequences,
            "contacts": self.contacts,
            "next_update_at": _iso(self.next_update_at),
            "expires_at": _iso(self.expires_at),
            "who_regions": self.who_regions.split(),
            "countries": sorted(country.code for country in self.countries.all()),
            "professions": sorted(profession.code for profession in self.professions.all()),
            "is_drill": self.is_drill,
            "audience": Audience.ROSTER.value if self.is_drill else self.audience,
            "supersedes": self.supersedes_id,
        }

    @property
    def region_names(self) -> list[str]:
        regions = [str(WhoRegion(code).label) for code in self.who_regions.split()]
        return regions + [str(country) for country in self.countries.all()]

    # --- What is shared of it ---

    @property
    def share_text(self) -> str:
        return self.known

    @cached_property
    def share_card(self) -> Card:
        return Card(
            kind=str(_("Bulletin, version %(number)s") % {"number": self.version}),
            headline=self.title,
            label=str(self.get_severity_display()),
            tone=self.severity_of.tone,
            line=self.known,
        )

    @property
    def is_shared(self) -> bool:
        """What is over is not passed on."""
        return self.is_in_force

    @property
    def words_to_share(self) -> str:
        return f"{self.get_severity_display()}: {self.title}"

    def linked_data(self, address: str, site: str) -> dict[str, Any]:
        """SpecialAnnouncement of schema.org."""
        return {
            "@context": "https://schema.org",
            "@type": "SpecialAnnouncement",
            "name": self.title,
            "text": self.known,
            "url": address,
            "datePosted": _iso(self.first_released_at),
            "dateModified": _iso(self.last_published_at),
            "expires": _iso(self.expires_at),
            "version": self.version,
            "author": {"@type": "Organization", "name": "Collegium", "url": site},
            "spatialCoverage": [{"@type": "Place", "name": name} for name in self.region_names],
        }


def _step(value: Any) -> dict[str, Any]:
    role = Role(value["role"]) if value["role"] in Role.values else Role.EVERYBODY
    return {"role": role.value, "do": points_in(value["do"] or ""), "dont": points_in(value["dont"] or "")}


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


class ReleaseState(models.TextChoices):
    SIGNED = "signed", _("signed by one, waits for a second")
    ALONE = "alone", _("released by one, for two hours at most")
    RELEASED = "released", _("released by two")
    SUPERSEDED = "superseded", _("replaced by a newer version")
    WITHDRAWN = "withdrawn", _("withdrawn")
    VOID = "void", _("changed before its release")


class BulletinRelease(models.Model):
    """The way of one set of words to its readers. The database refuses a release whose second is its first."""

    page = models.ForeignKey(BulletinPage, models.PROTECT, related_name="releases")
    revision_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.SIGNED)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=now)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    alone_until = models.DateTimeField(null=True)
    alone_reason = models.CharField(_("why without a second"), max_length=200, blank=True)
    is_correction = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("release of a bulletin")
        verbose_name_plural = _("releases of bulletins")
        constraints = [
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("signed_by")), name="release_by_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["released", "superseded"])
                | Q(second_by__isnull=False, released_at__isnull=False),
                name="released_only_with_a_second",
            ),
            models.CheckConstraint(
                condition=~Q(state="alone")
                | Q(second_by=None, released_at__isnull=False, alone_until__gt=F("released_at")),
                name="alone_only_for_a_time",
            ),
            models.UniqueConstraint(
                fields=["page"], condition=Q(state__in=["signed", "alone"]), name="one_release_on_its_way"
            ),
            models.UniqueConstraint(fields=["page"], condition=Q(state="released"), name="one_release_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.state}"

    @property
    def facts(self) -> Release:
        """The same for the rules in `releasing`."""
        return Release(self.signed_by_id, self.state, self.second_by_id, self.released_at, self.alone_until)  # type: ignore[arg-type]


class BulletinVersion(models.Model):
    """The words of a bulletin as they were released. The database refuses UPDATE and DELETE."""

    page = models.ForeignKey(BulletinPage, models.PROTECT, related_name="versions")
    release = models.OneToOneField(BulletinRelease, models.PROTECT, related_name="version")
    number = models.PositiveIntegerField()
    content: "models.JSONField[Any, Any]" = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["page", "number"]
        verbose_name = _("version of a bulletin")
        verbose_name_plural = _("versions of bulletins")
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="bulletin_version_once")]

    def __str__(self) -> str:
        return f"{self.page_id} v{self.number}"


class BulletinOpening(models.Model):
    """That a member has opened a version, and perhaps confirmed it: whom a correction must reach."""

    version = models.ForeignKey(BulletinVersion, models.PROTECT, related_name="openings")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bulletins_opened")
    at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("opening of a bulletin")
        verbose_name_plural = _("openings of bulletins")
        constraints = [models.UniqueConstraint(fields=["version", "member"], name="opened_once")]

    def __str__(self) -> str:
        return f"{self.version_id} by {self.member_id}"


class DutyQuerySet(models.QuerySet["Duty"]):
    def current(self) -> "DutyQuerySet":
        """Those whose time it is."""
        present = now()
        return self.filter(starts_at__lte=present).filter(Q(ends_at=None) | Q(ends_at__gt=present))


class Duty(models.Model):
    """A member on the duty roster for some time: they sign, release and take part in drills."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="duties", verbose_name=_("member")
    )
    part = models.CharField(_("part"), max_length=80, blank=True, help_text=_("Such as “infection, Africa”."))
    starts_at = models.DateTimeField(_("from"), default=now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until further notice."))

    objects = DutyQuerySet.as_manager()
    panels: ClassVar[list[Panel]] = [
        FieldPanel("member"),
        FieldPanel("part"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    class Meta:
        ordering = ["starts_at"]
        verbose_name = _("duty")
        verbose_name_plural = _("duty roster")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="duty_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.part})" if self.part else str(self.member)

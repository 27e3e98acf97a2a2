"""Write-ups of regional practice: the shelf they stand on, the page, its authors and its published versions."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from community.core.clock import now
from community.knowledge.models.pages import AudiencedPage
from community.knowledge.practice.blocks import AT_MOST_ONCE, PracticeStream
from community.knowledge.practice.facets import (
    Certainty,
    EvidenceLevel,
    FacilityLevel,
    IncomeLevel,
    Kind,
    Locality,
    PopulationBand,
    StaffMix,
    Stage,
    Standing,
)
from community.knowledge.practice.joining import context_of, language_for
from community.members.models import Country, Specialty


class WriteUpIndexPage(AudiencedPage):
    """The shelf at /practices/. It holds drafts as well; the list shows what the viewer may read."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    max_count = 1
    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledge.HomePage"]
    subpage_types: ClassVar[list[str]] = ["knowledge.WriteUpPage"]
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("intro")]
    template = "knowledge/writeups/writeup_list.html"

    class Meta:
        verbose_name = _("list of write-ups")
        verbose_name_plural = _("lists of write-ups")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context_of(self, request)}


class WriteUpTag(TaggedItemBase):  # type: ignore[misc]
    """A word that a write-up can be found by."""

    content_object = ParentalKey("knowledge.WriteUpPage", on_delete=models.CASCADE, related_name="tagged_items")


class WriteUpPage(AudiencedPage):
    """One practice, one attempt that did not work, or one procedure.

    Facets are columns, so that lists filter by them; everything else stands in `body`. What is about the write-up as
    a whole rather than about one draft of it (OF_THE_WHOLE) is never taken from a revision.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PRACTICE, db_index=True)
    result = models.CharField(_("result in one line"), max_length=240, blank=True)
    problem = models.TextField(_("the problem, and whom it affects"), max_length=4000, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="write_ups", verbose_name=_("country")
    )
    place = models.CharField(_("place or facility"), max_length=160, blank=True)
    income_level = models.CharField(_("income level"), max_length=14, choices=IncomeLevel.choices, blank=True)
    locality = models.CharField(_("town or country"), max_length=10, choices=Locality.choices, blank=True)
    facility_level = models.CharField(_("facility"), max_length=12, choices=FacilityLevel.choices, blank=True)
    staff_mix = models.CharField(_("staff"), max_length=20, choices=StaffMix.choices, blank=True)
    population_band = models.CharField(_("people served"), max_length=10, choices=PopulationBand.choices, blank=True)
    specialties = ParentalManyToManyField(
        Specialty, blank=True, related_name="write_ups", verbose_name=_("specialties")
    )
    tags = ClusterTaggableManager(through=WriteUpTag, blank=True, verbose_name=_("tags"))
    language = models.CharField(_("language"), max_length=8, default="en", help_text=_("ISO 639-1, such as en."))
    started_on = models.DateField(_("started"), null=True, blank=True, help_text=_("The month counts."))
    ended_on = models.DateField(_("ended"), null=True, blank=True, help_text=_("Empty while it goes on."))
    body = StreamField(
        PracticeStream(), block_counts=AT_MOST_ONCE, blank=True, verbose_name=_("parts"), use_json_field=True
    )
    has_measures = models.BooleanField(default=False, editable=False, db_index=True)

    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage.choices, default=Stage.DRAFT, editable=False, db_index=True
    )
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing.choices, default=Standing.CURRENT, editable=False, db_index=True
    )
    review_due = models.DateField(_("review due"), null=True, blank=True, db_index=True, editable=False)
    retired_because = models.CharField(_("why it was retired"), max_length=300, blank=True, editable=False)
    evidence_level = models.PositiveSmallIntegerField(
        _("practice evidence"), choices=EvidenceLevel.choices, default=EvidenceLevel.IDEA, editable=False
    )
    literature_certainty = models.CharField(
        _("certainty of the literature"), max_length=8, choices=Certainty.choices, blank=True, editable=False
    )
    certainty_reason = models.TextField(_("reason"), max_length=1000, blank=True, editable=False)

    #: Never taken from a revision: publishing an old draft must not undo what was decided about the write-up.
    OF_THE_WHOLE: ClassVar[tuple[str, ...]] = (
        "stage",
        "standing",
        "review_due",
        "retired_because",
        "evidence_level",
        "literature_certainty",
        "certainty_reason",
    )

    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledge.WriteUpIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/writeups/writeup_detail.html"
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("result"),
        index.SearchField("problem"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]
    setting_panels: ClassVar[list[Panel]] = [
        FieldRowPanel([FieldPanel("country"), FieldPanel("place")]),
        FieldRowPanel([FieldPanel("income_level"), FieldPanel("locality")]),
        FieldRowPanel([FieldPanel("facility_level"), FieldPanel("staff_mix")]),
        FieldRowPanel([FieldPanel("population_band"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("started_on"), FieldPanel("ended_on")]),
        FieldPanel("specialties"),
        FieldPanel("tags"),
    ]
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("result"), FieldPanel("problem")], heading=_("In short")),
        FieldPanel("body"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Write-up")),
            ObjectList(setting_panels, heading=_("Setting")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(AudiencedPage.settings_panels, heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("write-up")
        verbose_name_plural = _("write-ups")
        indexes = [models.Index(fields=["kind", "country"], name="writeup_kind_country")]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=models.F("started_on")),
                name="writeup_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(evidence_level__lte=5), name="writeup_evidence_level_in_range"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.has_measures = any(block["type"] == "measures" for block in self.body.raw_data)
        return super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context_of(self, request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page, or the way to its translation for whoever chose that language."""
        elsewhere = language_for(self, request) if self.is_visible_to(request.viewer) else ""  # type: ignore[attr-defined]
        if elsewhere:
            return redirect(elsewhere)
        return super().serve(request, *args, **kwargs)

    def with_content_json(self, content: Any) -> "WriteUpPage":
        page: WriteUpPage = super().with_content_json(content)
        for name in self.OF_THE_WHOLE:
            setattr(page, name, getattr(self, name))
        return page

    def author_ids(self) -> list[int]:
        """Those who accepted, in their order."""
        accepted = self.authorships.filter(state=AuthorState.ACCEPTED)
        return list(accepted.values_list("member_id", flat=True))

    @property
    def is_attempt(self) -> bool:
        return self.kind == Kind.ATTEMPT

    @property
    def is_procedure(self) -> bool:
        return self.kind == Kind.SOP

    @property
    def who_region(self) -> str:
        """Code of the WHO region of the setting; empty where no country is given."""
        return self.country.who_region if self.country else ""

    @property
    def m49_region(self) -> str:
        """The UN's M49 subregion of the setting."""
        return self.country.m49_subregion if self.country else ""


class AuthorState(models.TextChoices):
    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("author")
    DECLINED = "declined", _("declined")


class Authorship(models.Model):
    """Who writes a page. Not a part of its revisions: publishing an old draft brings no author back."""

    page = models.ForeignKey(WriteUpPage, models.CASCADE, related_name="authorships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="authorships")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    state = models.CharField(_("state"), max_length=8, choices=AuthorState.choices, default=AuthorState.INVITED)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField(_("invited"), default=now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [models.UniqueConstraint(fields=["page", "member"], name="author_once")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.page_id} ({self.state})"


class Version(models.Model):
    """A write-up as it was published. The database refuses every change but one: to be emptied.

    `content` holds fields and body as they were, and authors by number; `digest` is SHA-256 over its canonical JSON.
    An emptied version (`content` is {}) was found to hold what must not be kept; that it existed stays.
    """

    page = models.ForeignKey(WriteUpPage, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content: "models.JSONField[Any, Any]" = models.JSONField(_("content"), default=dict)
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published"), default=now)

    class Meta:
        ordering = ["page", "number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} v{self.number}"

    @property
    def is_emptied(self) -> bool:
        return not self.content

    @property
    def published_on(self) -> date:
        return self.published_at.date()


class DraftComment(models.Model):
    """A remark on a draft, among its authors."""

    page = models.ForeignKey(WriteUpPage, models.CASCADE, related_name="draft_comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="draft_comments")
    section = models.CharField(_("section"), max_length=24)
    text = models.TextField(_("comment"), max_length=2000)
    created_at = models.DateTimeField(_("written"), default=now)
    resolved_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")

    def __str__(self) -> str:
        return f"{self.page_id} {self.section} by {self.author_id}"

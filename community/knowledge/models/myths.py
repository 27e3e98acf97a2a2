"""Rumours that members report, and myth checks: the fact first, then the claim, the verdict and who looked at it."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, Panel
from wagtail.models import Page
from wagtail.search import index

from community.core.clock import now
from community.core.models import PublicId
from community.knowledge.cards import Card
from community.knowledge.lines import Source, points_in, sources_in
from community.knowledge.models.gated import GatedPage, NothingPublishedHere
from community.knowledge.models.pages import AudiencedPage
from community.members.models import Country, Specialty


class ClaimVerdict(models.TextChoices):
    """What became of a claim. The rating that programs read is 1 for false and 5 for true."""

    FALSE = "false", _("False")
    MISLEADING = "misleading", _("Misleading")
    UNPROVEN = "unproven", _("Unproven")
    PARTLY = "partly_true", _("Partly true")
    TRUE = "true", _("True")
    OUTDATED = "outdated", _("Outdated")

    @property
    def rating(self) -> int | None:
        """The place on the scale from 1 to 5; None where the claim has none (unproven, outdated)."""
        return {"false": 1, "misleading": 2, "partly_true": 3, "true": 5}.get(self.value)

    @property
    def tone(self) -> str:
        """How it is coloured: bad, caution, good or plain."""
        return {
            "false": "bad",
            "misleading": "bad",
            "partly_true": "caution",
            "unproven": "caution",
            "true": "good",
        }.get(self.value, "plain")


class Channel(models.TextChoices):
    """Where a rumour was heard."""

    PATIENTS = "patients", _("From patients or families")
    MESSENGER = "messenger", _("In a messenger group")
    SOCIAL = "social", _("On social media")
    NEWS = "news", _("In the news")
    COLLEAGUES = "colleagues", _("From colleagues")
    MARKET = "market", _("From sellers or healers")
    OTHER = "other", _("Elsewhere")


class MythIndexPage(NothingPublishedHere, AudiencedPage):
    """The shelf at /myths/."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    max_count = 1
    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledge.HomePage"]
    subpage_types: ClassVar[list[str]] = ["knowledge.MythPage"]
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("intro")]
    template = "knowledge/myths/myth_list.html"

    class Meta:
        verbose_name = _("list of myth checks")
        verbose_name_plural = _("lists of myth checks")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        chosen = request.GET.get("verdict", "")
        pages = MythPage.objects.child_of(self).visible_to(request.viewer).order_by("-checked_on", "title")
        specialties = Specialty.objects.filter(myths__in=pages.order_by().values("pk")).distinct().names()
        specialty = request.GET.get("specialty", "")
        pages = pages.filter(verdict=chosen) if chosen in ClaimVerdict.values else pages
        context["pages"] = pages.filter(specialties__slug=specialty) if specialty in specialties else pages
        context |= {"chosen": chosen, "verdicts": ClaimVerdict.choices}
        context |= {"specialty": specialty, "specialties": specialties.items()}
        return context


class MythPage(GatedPage):
    """One claim and what is known about it. Two clinicians who did not write it must agree before it is shown."""

    fact = models.TextField(
        _("the fact"),
        max_length=400,
        help_text=_("First, and in words that can be repeated. Not “it is not true that”."),
    )
    claim = models.CharField(_("the claim"), max_length=300, help_text=_("As people say it."))
    verdict = models.CharField(_("verdict"), max_length=12, choices=ClaimVerdict.choices)
    why = models.TextField(
        _("why it misleads"), max_length=4000, help_text=_("And what is true in it, if something is.")
    )
    practical = models.TextField(
        _("what to say"), max_length=1500, blank=True, help_text=_("How to answer somebody who believes it.")
    )
    sources = models.TextField(
        _("sources"), max_length=4000, help_text=_("One to a line: who says it, its title, the year, its address.")
    )
    heard = models.CharField(_("where it is heard"), max_length=12, choices=Channel.choices, blank=True)
    first_seen = models.DateField(_("first heard"), null=True, blank=True)
    short_text = models.CharField(
        _("words to share"), max_length=280, blank=True, help_text=_("Empty: made from the fact and the verdict.")
    )
    specialties = ParentalManyToManyField(
        Specialty, blank=True, related_name="myths", verbose_name=_("specialties that hear it")
    )
    checked_on = models.DateField(_("checked"), null=True, blank=True, editable=False, db_index=True)
    review_due = models.DateField(_("review due"), null=True, blank=True, editable=False, db_index=True)

    #: Never taken from a revision.
    OF_THE_WHOLE: ClassVar[tuple[str, ...]] = ("checked_on", "review_due")
    #: What reviewers agree to.
    REVIEWED: ClassVar[tuple[str, ...]] = (
        "title",
        "fact",
        "claim",
        "verdict",
        "why",
        "practical",
        "sources",
        "short_text",
    )

    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledge.MythIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledge/myths/myth_detail.html"
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("fact"),
        index.SearchField("claim"),
        index.SearchField("why"),
        index.FilterField("verdict"),
    ]
    content_panels: ClassVar[list[Panel]] = [
        HelpPanel(
            _("Save the draft here. Two clinicians review it on the site, under Myths; then it is published there.")
        ),
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("fact"), FieldPanel("claim"), FieldPanel("verdict")], heading=_("Fact and claim")),
        FieldPanel("why"),
        FieldPanel("practical"),
        FieldPanel("sources"),
        FieldRowPanel([FieldPanel("heard"), FieldPanel("first_seen")]),
        FieldPanel("specialties"),
        FieldPanel("short_text"),
    ]

    class Meta:
        verbose_name = _("myth check")
        verbose_name_plural = _("myth checks")

    # --- What a page of it shows ---

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["reviews"] = list(self.standing_reviews())
        return context

    @property
    def verdict_of(self) -> ClaimVerdict:
        return ClaimVerdict(self.verdict)

    @property
    def listed_sources(self) -> list[Source]:
        return sources_in(self.sources)

    @property
    def said_lines(self) -> list[str]:
        return points_in(self.practical)

    @property
    def is_review_due(self) -> bool:
        return self.review_due is not None and self.review_due <= now().date()

    def reviewed_words(self) -> dict[str, str]:
        return {name: str(getattr(self, name)) for name in self.REVIEWED}

    def standing_reviews(self) -> "models.QuerySet[MythReview]":
        """Those of the words as they stand here, the oldest first."""
        return self.reviews.filter(digest=self.digest).select_related("reviewer__profession", "reviewer__country")  # type: ignore[no-any-return,attr-defined]

    def may_go_live(self) -> bool:
        """Whether two who did not write it agree to these words."""
        return self.standing_reviews().filter(agrees=True).count() >= REVIEWERS_NEEDED

    # --- What is shared of it ---

    @property
    def share_text(self) -> str:
        return self.fact

    @cached_property
    def share_card(self) -> Card:
        return Card(
            kind=str(_("Myth check")),
            headline=self.fact,
            label=str(self.get_verdict_display()),
            tone=self.verdict_of.tone,
            line=str(_("The claim: “%(claim)s”")) % {"claim": self.claim},
        )

    @property
    def words_to_share(self) -> str:
        """What fits in a message: the fact, then what is wrong with the claim."""
        if self.short_text:
            return self.short_text
        return str(_("%(fact)s (The claim “%(claim)s” is checked: %(verdict)s.)")) % {
            "fact": self.fact, "claim": self.claim, "verdict": self.get_verdict_display().lower(),
        }  # fmt: skip

    def linked_data(self, address: str, site: str) -> dict[str, Any]:
        """ClaimReview of schema.org."""
        rating: dict[str, Any] = {"@type": "Rating", "alternateName": str(self.get_verdict_display())}
        if self.verdict_of.rating is not None:
            rating |= {"ratingValue": self.verdict_of.rating, "bestRating": 5, "worstRating": 1}
        claim: dict[str, Any] = {"@type": "Claim", "text": self.claim}
        if self.first_seen:
            claim["datePublished"] = self.first_seen.isoformat()
        return {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": address,
            "name": self.title,
            "datePublished": _day(self.checked_on or self.first_published_at),
            "dateModified": _day(self.last_published_at),
            "inLanguage": self.locale.language_code,
            "author": {"@type": "Organization", "name": "Collegium", "url": site},
            "claimReviewed": self.claim,
            "itemReviewed": claim,
            "reviewBody": f"{self.fact}\n\n{self.why}",
            "reviewRating": rating,
            "citation": [
                {"@type": "CreativeWork", "name": source.title, **({"url": source.url} if source.url else {})}
                for source in self.listed_sources
            ],
        }


REVIEWERS_NEEDED = 2


def _day(moment: Any) -> str | None:
    if moment is None:
        return None
    return (moment if isinstance(moment, date) and not hasattr(moment, "hour") else moment.date()).isoformat()


class MythReview(models.Model):
    """What one clinician says about one wording of a myth check. Who disagrees says why, and it is shown."""

    page = models.ForeignKey(MythPage, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="myth_reviews")
    agrees = models.BooleanField(_("agrees"))
    note = models.TextField(_("reason"), max_length=1500, blank=True)
    no_conflict = models.BooleanField(_("no conflict of interest"), default=False)
    conflict = models.CharField(_("conflict of interest"), max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("review of a myth check")
        verbose_name_plural = _("reviews of myth checks")
        constraints = [
            models.UniqueConstraint(fields=["page", "reviewer", "digest"], name="myth_review_once"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(note=""), name="myth_dissent_says_why"),
            models.CheckConstraint(condition=Q(no_conflict=True) | ~Q(conflict=""), name="myth_conflict_declared"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} by {self.reviewer_id}"


class RumourState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    TAKEN_UP = "taken_up", _("being checked")
    ANSWERED = "answered", _("checked")
    SET_ASIDE = "set_aside", _("set aside")
    MERGED = "merged", _("put together with another")


class Rumour(PublicId):
    """What is being said, in one of the wordings members heard; near-duplicates join it."""

    headline = models.CharField(_("what is said"), max_length=300)
    state = models.CharField(_("state"), max_length=9, choices=RumourState.choices, default=RumourState.WAITING)
    page = models.ForeignKey(MythPage, models.SET_NULL, null=True, blank=True, related_name="rumours")
    first_at = models.DateTimeField(_("first heard"), default=now)
    last_at = models.DateTimeField(_("last heard"), default=now, db_index=True)

    class Meta:
        ordering = ["-last_at"]
        verbose_name = _("rumour")
        verbose_name_plural = _("rumours")
        indexes = [models.Index(fields=["state", "-last_at"], name="rumour_waiting")]

    def __str__(self) -> str:
        return self.headline


class Telling(models.Model):
    """A rumour in the words in which one member passed it on."""

    rumour = models.ForeignKey(Rumour, models.CASCADE, related_name="tellings")
    text = models.CharField(_("what is said"), max_length=300)
    channel = models.CharField(_("where"), max_length=12, choices=Channel.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="rumours_told")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("telling")
        verbose_name_plural = _("tellings")

    def __str__(self) -> str:
        return self.text


class Hearing(models.Model):
    """“I heard this too”: one for each member, with the country it was heard in."""

    rumour = models.ForeignKey(Rumour, models.CASCADE, related_name="hearings")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rumours_heard")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        constraints = [models.UniqueConstraint(fields=["rumour", "member"], name="heard_once")]

    def __str__(self) -> str:
        return f"{self.rumour_id} by {self.member_id}"

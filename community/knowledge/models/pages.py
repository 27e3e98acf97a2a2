"""Pages that editors write: the home page, guidelines and help, each with an audience."""

from typing import Any, ClassVar, Self

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from community.core.audiences import Viewer
from community.core.languages import spoken
from community.core.ui import home_panels
from community.knowledge.blocks import HomeStream, ProseStream
from community.knowledge.cards import Card
from community.knowledge.forms import ScreenedPageForm
from community.knowledge.heads import address_of, sharing_of
from community.knowledge.models.wordings import with_titles, words_for_reader


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members")
    VERIFIED = "verified", _("Verified clinicians")
    STAFF = "staff", _("Staff")
    ROSTER = "roster", _("Duty roster")


class AudiencedPageQuerySet(PageQuerySet):  # type: ignore[misc]
    """Pages that know who may read them."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The published pages this viewer may read."""
        return self.live().filter(audience__in=viewer.tokens)  # type: ignore[no-any-return]

    def titled(self) -> Self:
        """The same, each with `spoken_title` and `spoken_intro` in the reader's language, by no further query."""
        return with_titles(self)  # type: ignore[no-any-return]


AudiencedPageManager = PageManager.from_queryset(AudiencedPageQuerySet)


class AudiencedPage(Page):  # type: ignore[misc]
    """The base of every page of the site. Its own table, so that one query lists all kinds by audience."""

    audience = models.CharField(
        _("who may read this"), max_length=64, choices=Audience.choices, default=Audience.PUBLIC, db_index=True
    )

    objects = AudiencedPageManager()
    base_form_class = ScreenedPageForm
    is_creatable = False
    #: Whether editors give it in other languages.
    is_in_languages: ClassVar[bool] = False
    settings_panels: ClassVar[list[Panel]] = [FieldPanel("audience"), *Page.settings_panels]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def is_visible_to(self, viewer: Viewer) -> bool:
        """Whether this viewer may read the page; drafts have their own rules in the admin."""
        return self.audience in viewer.tokens

    # --- In the reader's language (see wordings.py) ---

    @property
    def spoken_title(self) -> str:
        """What editors call it in the reader's language, where it was read with `titled`."""
        return getattr(self, "own_title", None) or spoken(self.title)

    @property
    def spoken_intro(self) -> str:
        return getattr(self, "own_intro", None) or spoken(getattr(self, "intro", ""))

    # --- What is shared of a public page (see sharing.py); kinds of pages override these ---

    @property
    def is_shared(self) -> bool:
        """Whether this kind of page lets itself be shared now, once everybody may read it."""
        return True

    @property
    def share_text(self) -> str:
        """One or two plain sentences."""
        return str(getattr(self, "intro", "") or self.search_description)

    @property
    def share_card(self) -> Card:
        """The picture that stands for the page elsewhere."""
        return Card(kind=str(self._meta.verbose_name).capitalize(), headline=self.title, line=self.share_text)

    def linked_data(self, address: str, site: str) -> dict[str, Any]:
        """JSON-LD in terms of schema.org, as plain values; empty for none."""
        return {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["sharing"] = sharing_of(self)
        if self.is_in_languages:
            context["words"] = words_for_reader(self)
        return context

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Pages that are not for everybody are in no sitemap, whoever makes it."""
        if self.audience != Audience.PUBLIC or not self.is_shared:
            return []
        return [{"location": address_of(self), "lastmod": self.last_published_at or self.latest_revision_created_at}]


IN_LANGUAGES = InlinePanel(
    "in_languages",
    label=_("in another language"),
    help_text=_("What is empty is shown as above. The words a new site begins with are translated already."),
)


class HomePage(AudiencedPage):
    """The start: an editable introduction for visitors, what is new for members."""

    hero_title = models.CharField(_("opening line"), max_length=120)
    hero_lead = models.TextField(_("introduction"), max_length=400)
    hero_small = models.CharField(_("small line under the buttons"), max_length=200, blank=True)
    body = StreamField(HomeStream(), blank=True, verbose_name=_("parts"))

    is_in_languages = True
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_lead"), FieldPanel("hero_small")], heading=_("Opening")
        ),
        FieldPanel("body"),
        IN_LANGUAGES,
    ]

    class Meta:
        verbose_name = _("home page")

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        member = request.viewer.member  # type: ignore[attr-defined]
        return "home/member.html" if member else "home/visitor.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        panels = home_panels(request.viewer)  # type: ignore[attr-defined]
        context["main_panels"] = [panel for panel in panels if panel.place == "main"]
        context["aside_panels"] = [panel for panel in panels if panel.place == "aside"]
        return context


class IndexPage(AudiencedPage):
    """A shelf: an introduction and the pages below it that the viewer may read."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    is_in_languages = True
    parent_page_types: ClassVar[list[str]] = ["knowledge.HomePage"]
    subpage_types: ClassVar[list[str]] = ["knowledge.GuidelinePage", "knowledge.HelpPage"]
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("intro"), IN_LANGUAGES]
    template = "knowledge/index_page.html"

    class Meta:
        verbose_name = _("list of pages")
        verbose_name_plural = _("lists of pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        viewer = request.viewer  # type: ignore[attr-defined]
        context["pages"] = AudiencedPage.objects.child_of(self).visible_to(viewer).titled().specific()
        return context


class ProsePage(AudiencedPage):
    """What guideline and help pages share."""

    intro = models.TextField(_("in one or two sentences"), max_length=400, blank=True)
    body = StreamField(ProseStream(), blank=True, verbose_name=_("body"))

    is_creatable = False
    is_in_languages = True
    parent_page_types: ClassVar[list[str]] = ["knowledge.IndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        IN_LANGUAGES,
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        viewer = request.viewer  # type: ignore[attr-defined]
        context["siblings"] = AudiencedPage.objects.sibling_of(self).visible_to(viewer).titled()
        return context


class GuidelinePage(ProsePage):
    """A rule of the community, with a version, so that a member's agreement can name it."""

    version = models.CharField(_("version"), max_length=16, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    changes = models.TextField(_("what changed in this version"), blank=True)

    is_creatable = True
    template = "knowledge/prose_page.html"
    content_panels: ClassVar[list[Panel]] = [
        *ProsePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("version"), FieldPanel("in_force_from"), FieldPanel("changes")], heading=_("Version")
        ),
    ]

    class Meta:
        verbose_name = _("guideline")
        verbose_name_plural = _("guidelines")


class HelpPage(ProsePage):
    """How something on the site works."""

    is_creatable = True
    template = "knowledge/prose_page.html"

    class Meta:
        verbose_name = _("help page")
        verbose_name_plural = _("help pages")

"""The site around the pages: its navigation, its banners, its names and addresses."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from community.core.audiences import AudienceQuerySet
from community.core.clock import now
from community.core.errors import Refused
from community.core.screening import refuse_if_not_clean
from community.knowledge.models.pages import Audience, AudiencedPage


@register_setting(icon="list-ul", order=10)
class Navigation(BaseGenericSetting, ClusterableModel):  # type: ignore[misc]
    """The links on the bar and at the foot. Forums, members and review add themselves."""

    panels: ClassVar[list[Panel]] = [InlinePanel("items", label=_("link"))]

    class Meta:
        verbose_name = _("navigation")


class NavigationItem(Orderable):  # type: ignore[misc]
    """One link to a page; it shows only to those who may read the page."""

    class Place(models.TextChoices):
        MENU = "menu", _("Bar at the top")
        HELP = "help", _("Foot: help")
        RULES = "rules", _("Foot: rules")

    navigation = ParentalKey(Navigation, on_delete=models.CASCADE, related_name="items")
    place = models.CharField(_("place"), max_length=8, choices=Place.choices, default=Place.MENU)
    page = models.ForeignKey(AudiencedPage, models.CASCADE, related_name="+", verbose_name=_("page"))
    label = models.CharField(_("label"), max_length=40, blank=True, help_text=_("Empty: the page's title."))

    panels: ClassVar[list[Panel]] = [FieldPanel("page"), FieldRowPanel([FieldPanel("place"), FieldPanel("label")])]

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.label or str(self.page)


class BannerQuerySet(AudienceQuerySet):
    """Banners by time."""

    def current(self) -> Self:
        """Those whose time has come and has not passed."""
        present = now()
        return self.filter(starts_at__lte=present).filter(Q(ends_at=None) | Q(ends_at__gt=present))


class Banner(models.Model):
    """A line above every page for some time."""

    class Severity(models.TextChoices):
        INFO = "info", _("Information")
        WARNING = "warning", _("Warning")
        CRITICAL = "critical", _("Critical")

    text = models.CharField(_("text"), max_length=240)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices, default=Severity.INFO)
    audience = models.CharField(
        _("who sees it"), max_length=64, choices=Audience.choices, default=Audience.PUBLIC, db_index=True
    )
    page = models.ForeignKey(
        AudiencedPage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page to read more")
    )
    starts_at = models.DateTimeField(_("from"), default=now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = BannerQuerySet.as_manager()
    panels: ClassVar[list[Panel]] = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("severity"), FieldPanel("audience")]),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("page"),
    ]

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("banner")
        verbose_name_plural = _("banners")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")), name="banner_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        try:
            refuse_if_not_clean("practice", text=self.text)
        except Refused as refusal:
            raise ValidationError({"text": refusal.reason}, code=refusal.code) from refusal


@register_setting(icon="cog", order=20)
class SiteOptions(BaseGenericSetting):  # type: ignore[misc]
    """Names and contacts. The version of the rules stands on the code of conduct itself."""

    organisation = models.CharField(_("who runs this site"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact for members"), blank=True)
    privacy_email = models.EmailField(_("contact for data protection"), blank=True)

    panels: ClassVar[list[Panel]] = [
        FieldPanel("organisation"),
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("privacy_email")], heading=_("Contacts")),
    ]

    class Meta:
        verbose_name = _("names and contacts")

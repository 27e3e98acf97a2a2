"""A space: where threads live, whom it is for, who may read it and who may write in it."""

from functools import lru_cache

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.core.models import Audienced
from community.members.models import WhoRegion

# Words that are addresses of their own under /forums/, so no space may take them.
RESERVED_SLUGS = frozenset({"unread", "tags", "posts", "spaces", "questions", "new", "preview"})


class SpaceKind(models.TextChoices):
    SPECIALTY = "specialty", _("Specialty")
    TOPIC = "topic", _("Topic")
    REGION = "region", _("Region")


class ReadRule(models.TextChoices):
    """How an editor says who reads; stored as the audience token that it stands for."""

    PUBLIC = "public", _("Everybody, also without an account")
    MEMBERS = "members", _("All members")
    VERIFIED = "verified", _("Verified clinicians")
    PROFESSION = "profession", _("One verified profession")
    GROUP = "space", _("Members of this private group")


class WriteRule(models.TextChoices):
    VERIFIED = "verified", _("Verified clinicians")
    LEARNERS = "learners", _("Verified clinicians and learners")
    PROFESSION = "profession", _("One verified profession")
    GROUP = "group", _("Verified members of this group")


class GroupRole(models.TextChoices):
    MEMBER = "member", _("Member")
    OWNER = "owner", _("Owner")


class Space(Audienced):
    """`audience` is the token of those who read the space and everything published in it."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=SpaceKind)
    purpose = models.CharField(_("purpose"), max_length=300)
    who_for = models.CharField(_("who it is for"), max_length=200, blank=True)
    write_rule = models.CharField(_("who may write"), max_length=12, choices=WriteRule, default=WriteRule.VERIFIED)
    profession = models.ForeignKey(
        "members.Profession",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("profession"),
    )
    specialty = models.ForeignKey(
        "members.Specialty",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="spaces",
        verbose_name=_("specialty"),
    )
    country = models.ForeignKey(
        "members.Country",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
    )
    who_region = models.CharField(_("WHO region"), max_length=8, blank=True, choices=WhoRegion)
    open_join = models.BooleanField(_("verified clinicians may join by themselves"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    thread_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("position", "name")
        constraints = [
            models.CheckConstraint(
                name="space_audience_is_a_read_rule",
                condition=models.Q(audience__in=["public", "members", "verified"])
                | models.Q(audience__startswith="profession:")
                | models.Q(audience__startswith="space:"),
            ),
            models.CheckConstraint(
                name="space_profession_rule_names_one",
                condition=~models.Q(write_rule="profession") | models.Q(profession__isnull=False),
            ),
            models.CheckConstraint(
                name="space_slug_not_reserved", condition=~models.Q(slug__in=sorted(RESERVED_SLUGS))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return _address(self.slug)

    @property
    def read_rule(self) -> ReadRule:
        return ReadRule(self.audience.partition(":")[0])

    @property
    def is_group(self) -> bool:
        return self.read_rule == ReadRule.GROUP

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def readers_label(self) -> str:
        """Who can read this, in words for the reader and for the person about to write."""
        if self.read_rule == ReadRule.PROFESSION and self.profession is not None:
            return str(_("Verified: {profession}").format(profession=self.profession))
        return str(self.read_rule.label)

    @property
    def writers_label(self) -> str:
        if self.write_rule == WriteRule.PROFESSION and self.profession is not None:
            return str(_("Verified: {profession}").format(profession=self.profession))
        return str(self.get_write_rule_display())


class SpaceMember(models.Model):
    """A seat in a private group; the token `space:<id>` is derived from it."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="seats")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="space_seats")
    role = models.CharField(max_length=8, choices=GroupRole, default=GroupRole.MEMBER)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "member"], name="one_seat_per_member_and_space")]

    def __str__(self) -> str:
        return f"{self.space_id}:{self.member_id}"


@lru_cache(maxsize=1024)
def _address(slug: str) -> str:
    """Every thread of a list stands below one of the same few addresses."""
    return reverse("space-detail", args=[slug])

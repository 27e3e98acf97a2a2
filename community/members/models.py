"""The member (the user model) and the taxonomies that describe one: professions, specialties, countries."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.languages import country_name, in_order, spoken

MODERATORS, VERIFIERS, EDITORS, REVIEWERS = "Moderators", "Verifiers", "Editors", "Reviewers"


class Named(models.QuerySet[Any]):
    """Rows of reference data: their names are kept in English and shown in the reader's language."""

    def names(self) -> dict[str, str]:
        """Key (`Model.KEY`) → name in the reader's language, by name. One query."""
        key = self.model.KEY
        return in_order({row[0]: self.model.named(*row) for row in self.order_by().values_list(key, "name")})


class Profession(models.Model):
    """A health profession, by its ISCO-08 unit group."""

    code = models.CharField(_("ISCO-08 code"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=120)
    group = models.CharField(_("group"), max_length=80, blank=True)

    KEY: ClassVar[str] = "code"
    objects = Named.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("profession")
        verbose_name_plural = _("professions")

    def __str__(self) -> str:
        return self.named(self.code, self.name)

    @staticmethod
    def named(key: str, name: str) -> str:
        """The name in the reader's language."""
        return spoken(name)


class Specialty(models.Model):
    """A specialty of our own curated list, with the ISCO-08 codes of those who practise it."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    isco = models.CharField(_("ISCO-08 codes"), max_length=60, blank=True, help_text=_("Separated by spaces."))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    KEY: ClassVar[str] = "slug"
    objects = Named.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")

    def __str__(self) -> str:
        return self.named(self.slug, self.name)

    @staticmethod
    def named(key: str, name: str) -> str:
        """The name in the reader's language."""
        return spoken(name)


class WhoRegion(models.TextChoices):
    AFR = "AFR", _("African Region")
    AMR = "AMR", _("Region of the Americas")
    EMR = "EMR", _("Eastern Mediterranean Region")
    EUR = "EUR", _("European Region")
    SEAR = "SEAR", _("South-East Asia Region")
    WPR = "WPR", _("Western Pacific Region")


class Country(models.Model):
    """A country or territory of ISO 3166-1 with its places in the M49 and WHO groupings."""

    code = models.CharField(_("ISO 3166-1 code"), max_length=2, unique=True)
    alpha3 = models.CharField(max_length=3, blank=True)
    m49 = models.CharField(max_length=3, blank=True)
    name = models.CharField(_("name"), max_length=100)
    who_region = models.CharField(_("WHO region"), max_length=4, choices=WhoRegion.choices, blank=True)
    m49_region = models.CharField(max_length=60, blank=True)
    m49_subregion = models.CharField(max_length=60, blank=True)
    income_group = models.CharField(_("income group"), max_length=20, blank=True)

    KEY: ClassVar[str] = "code"
    objects = Named.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.named(self.code, self.name)

    @staticmethod
    def named(key: str, name: str) -> str:
        """The name in the reader's language."""
        return country_name(key, name)


class MemberManager(BaseUserManager["Member"]):
    """Makes members; the e-mail address is the login."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        member = self.model(email=self.normalize_email(email), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=username)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Whether one may post is derived from credentials, never stored here."""

    email = models.EmailField(_("e-mail address"), unique=True)
    handle = models.SlugField(_("handle"), max_length=40, unique=True)
    name = models.CharField(_("name shown to peers"), max_length=120, blank=True)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    former_names = models.CharField(_("former names"), max_length=160, blank=True)
    profession = models.ForeignKey(Profession, models.PROTECT, null=True, blank=True, related_name="members")
    specialties = models.ManyToManyField(Specialty, blank=True, related_name="members")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="members")
    subdivision = models.CharField(_("region within the country"), max_length=8, blank=True)
    languages: "models.JSONField[Any, Any]" = models.JSONField(_("languages"), default=list, blank=True)
    institution = models.CharField(_("institution"), max_length=160, blank=True)
    orcid = models.CharField(_("ORCID iD"), max_length=19, blank=True)
    interests = models.CharField(_("interests"), max_length=300, blank=True)
    bio = models.TextField(_("about me"), max_length=1500, blank=True)
    coi_statement = models.TextField(_("conflict-of-interest statement"), max_length=1500, blank=True)
    coi_none = models.BooleanField(_("nothing to declare"), default=False)
    coi_declared_on = models.DateField(_("declared on"), null=True, blank=True)
    coi_reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    interface_language = models.CharField(
        _("language of the site"), max_length=8, blank=True, help_text=_("Empty: as the browser says.")
    )
    who_sees: "models.JSONField[Any, Any]" = models.JSONField(_("who may see what"), default=dict, blank=True)
    listed = models.BooleanField(_("listed in the directory"), default=False)
    conduct_version = models.CharField(_("code of conduct agreed to"), max_length=16, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=now)
    leaving_on = models.DateField(_("to be erased on"), null=True, blank=True)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["handle"]

    class Meta:
        ordering = ["id"]
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [models.UniqueConstraint(Lower("email"), name="member_email_unique")]
        indexes = [models.Index(fields=["listed", "name", "handle"], name="member_directory")]

    def __str__(self) -> str:
        return self.name or self.handle

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.given_name or str(self)

    @cached_property
    def group_names(self) -> frozenset[str]:
        """The groups one is in; one query for each request."""
        return frozenset(self.groups.values_list("name", flat=True))

    def in_group(self, name: str) -> bool:
        return self.is_active and (self.is_superuser or name in self.group_names)

    @property
    def is_moderator(self) -> bool:
        return self.in_group(MODERATORS)

    @property
    def is_verifier(self) -> bool:
        return self.in_group(VERIFIERS)

    @property
    def is_editor(self) -> bool:
        return self.in_group(EDITORS)


class MemberFollow(models.Model):
    """One member follows another: new threads and write-ups of the followed are told."""

    follower = models.ForeignKey(Member, models.CASCADE, related_name="following")
    followed = models.ForeignKey(Member, models.CASCADE, related_name="followers")
    since = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("followed member")
        verbose_name_plural = _("followed members")
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="member_follow_once"),
            models.CheckConstraint(condition=~models.Q(follower=models.F("followed")), name="member_not_self_follow"),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} → {self.followed_id}"

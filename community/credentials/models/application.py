"""One verification episode of one member: what is claimed, where it stands and until when it holds."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from community.credentials.proof import Level, Seeks
from community.credentials.states import APPROVED, OPEN, ReasonCode, State
from community.members.models import Country, Profession

# The slug of "another register": one number there may be two people's, in two countries.
ANY_REGISTER = "other"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications by what they need next."""

    def open(self) -> "ApplicationQuerySet":
        """Episodes the applicant or a reviewer still works on."""
        return self.filter(state__in=OPEN)

    def approved(self, moment: datetime | None = None) -> "ApplicationQuerySet":
        """Episodes whose approval holds at `moment`: the clock may be late, the date is not."""
        return self.filter(state__in=APPROVED, expires_at__gt=moment or now())

    def waiting(self) -> "ApplicationQuerySet":
        """What a reviewer has to look at: new and answered episodes, asked renewals, and open flags."""
        wanted = Q(state__in=[State.SUBMITTED, State.IN_REVIEW]) | Q(state=State.DUE, renewal_asked_at__isnull=False)
        return self.filter(wanted | ~Q(flag=""))

    def in_order(self) -> "ApplicationQuerySet":
        """Oldest first: nobody waits longer than those who came later."""
        return self.order_by("waiting_since", "pk")


class Application(PublicId):
    """One verification episode. Its state is written by operations through the transition table, nowhere else."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications")
    seeks = models.CharField(_("I apply as"), max_length=16, choices=Seeks.choices, default=Seeks.CLINICIAN)
    profession = models.ForeignKey(Profession, models.PROTECT, null=True, blank=True, related_name="+")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    register_slug = models.CharField(_("register"), max_length=40, blank=True)
    number = models.CharField(_("registration number"), max_length=40, blank=True)
    given_name = models.CharField(_("given name as registered"), max_length=80, blank=True)
    family_name = models.CharField(_("family name as registered"), max_length=80, blank=True)
    note = models.CharField(_("note to the reviewer"), max_length=500, blank=True)

    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, editable=False)
    reason_code = models.CharField(max_length=24, choices=ReasonCode.choices, blank=True, editable=False)
    level = models.CharField(max_length=20, choices=Level.choices, blank=True, editable=False)
    flag = models.CharField(max_length=24, choices=ReasonCode.choices, blank=True, editable=False)
    policy_version = models.PositiveSmallIntegerField(default=1, editable=False)

    started_at = models.DateTimeField(default=now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    renewal_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    proposal = models.ForeignKey(
        "credentials.Decision", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    appeal_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="appeal")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        indexes = [
            models.Index(fields=["member", "state"], name="application_of_member"),
            models.Index(fields=["register_slug", "number"], name="application_number"),
            models.Index(fields=["state", "expires_at"], name="application_expiry"),
            models.Index(fields=["waiting_since"], name="application_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(state__in=sorted(OPEN)), name="one_open_application_for_a_member"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(state__in=sorted(APPROVED)), name="one_approval_for_a_member"
            ),
            models.UniqueConstraint(
                fields=["register_slug", "number"],
                condition=Q(state__in=sorted(APPROVED)) & ~Q(number="") & ~Q(register_slug=ANY_REGISTER),
                name="one_approval_for_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(APPROVED))
                | Q(verified_at__isnull=False, expires_at__isnull=False, decided_at__isnull=False) & ~Q(level=""),
                name="approval_has_level_and_dates",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=models.F("verified_at")),
                name="approval_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_editable(self) -> bool:
        """Whether the applicant may still change what is claimed."""
        return self.state in {State.DRAFT, State.MORE_INFO}

    @property
    def takes_evidence(self) -> bool:
        """Whether the applicant may add evidence: while applying, and again when renewal is due."""
        return self.state in {State.DRAFT, State.MORE_INFO, State.SUBMITTED, State.DUE}

    @property
    def is_in_force(self) -> bool:
        """Whether the approval holds now. Derived from state and date at each call."""
        return self.state in APPROVED and self.expires_at is not None and self.expires_at > now()

    @property
    def name_claimed(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

"""Codes that prove control of an address, and the domains whose addresses may prove it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from community.core.vault import EncryptedTextField
from community.credentials.models.application import Application
from community.credentials.models.evidence import Kind


class ReviewedDomain(models.Model):
    """A mail domain and what a human decided about it. Unknown domains wait for one."""

    class Verdict(models.TextChoices):
        PENDING = "pending", _("Not looked at yet")
        MEDICAL = "medical", _("Only health workers have addresses here")
        MIXED = "mixed", _("Others have addresses here, too")
        REFUSED = "refused", _("Anybody can have an address here")

    domain = models.CharField(_("domain"), max_length=253, unique=True)
    verdict = models.CharField(_("decision"), max_length=8, choices=Verdict.choices, default=Verdict.PENDING)
    institution = models.CharField(_("institution"), max_length=160, blank=True)
    asked_at = models.DateTimeField(default=now)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["domain"]
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="pending") | Q(reviewed_at__isnull=False), name="domain_verdict_has_a_date"
            )
        ]

    def __str__(self) -> str:
        return self.domain


class Challenge(PublicId):
    """One code for one address. The code itself is never stored: a keyed digest is, for ten minutes.

    Before it is sent the row is an offer: the applicant's own address, or the contact that a reviewer found published.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="challenges")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in (Kind.REGISTER_CONTACT, Kind.INSTITUTION_MAIL)])
    address = EncryptedTextField(blank=True, default="")
    digest = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=5), name="challenge_at_most_five_tries"),
            models.CheckConstraint(
                condition=Q(digest="") | Q(expires_at__gt=models.F("sent_at")), name="challenge_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"code {self.public_id}"

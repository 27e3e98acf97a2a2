"""A verified peer who states that an applicant is who they say."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from community.credentials.models.application import Application


class Known(models.TextChoices):
    """How the voucher knows the applicant. A choice, not prose."""

    COLLEAGUE = "colleague", _("We work or worked in the same service")
    SUPERVISOR = "supervisor", _("I supervised or trained this person")
    TRAINED = "trained", _("We trained together")
    COMMITTEE = "committee", _("We serve or served on a professional body together")


class VouchQuerySet(models.QuerySet["Vouch"]):
    """Vouches by whether they were given and still stand."""

    def given(self) -> "VouchQuerySet":
        return self.filter(given_at__isnull=False, withdrawn_at=None)

    def asked(self) -> "VouchQuerySet":
        return self.filter(given_at=None, declined_at=None, withdrawn_at=None)


class Vouch(PublicId):
    """One request to one peer, and the peer's answer."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="vouches")
    voucher = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="vouches_asked")
    known = models.CharField(_("how I know this person"), max_length=12, choices=Known.choices, blank=True)
    employer = models.CharField(_("where I work"), max_length=160, blank=True)
    asked_at = models.DateTimeField(default=now)
    given_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = VouchQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("vouch")
        verbose_name_plural = _("vouches")
        constraints = [
            models.UniqueConstraint(fields=["application", "voucher"], name="one_vouch_of_a_peer"),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | Q(declined_at__isnull=True) & ~Q(known=""),
                name="given_vouch_says_how_known",
            ),
        ]
        indexes = [models.Index(fields=["voucher", "given_at"], name="vouch_of_voucher")]

    def __str__(self) -> str:
        return f"vouch {self.public_id}"

"""A piece of evidence and, for documents, where its encrypted file lies. The row outlives the file."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from community.core.vault import EncryptedTextField
from community.credentials.models.application import Application
from community.credentials.proof import EvidenceClass, Proof


class Kind(models.TextChoices):
    """What kind of evidence, within its class."""

    REGISTER_BULK = "register_bulk", _("Register entry, imported")
    REGISTER_SEEN = "register_seen", _("Register entry, read by a reviewer")
    REGISTER_CONTACT = "register_contact", _("Code sent to the contact on the register")
    INSTITUTION_MAIL = "institution_mail", _("Code sent to an institutional address")
    CALL_BACK = "call_back", _("Call back to a number that register or employer publishes")
    LICENCE = "licence", _("Licence or registration certificate")
    BADGE = "badge", _("Employer's badge")
    DIPLOMA = "diploma", _("Diploma or certificate of training")
    EMPLOYER_LETTER = "employer_letter", _("Letter from an employer")
    STUDENT_PROOF = "student_proof", _("Proof of enrolment")
    PEERS = "peers", _("Verified peers")
    ORCID = "orcid", _("ORCID record")
    PUBLICATION = "publication", _("Publication")


CLASS_OF: dict[str, EvidenceClass] = {
    Kind.REGISTER_BULK: EvidenceClass.REGISTER,
    Kind.REGISTER_SEEN: EvidenceClass.REGISTER,
    Kind.REGISTER_CONTACT: EvidenceClass.CONTROL,
    Kind.INSTITUTION_MAIL: EvidenceClass.CONTROL,
    Kind.CALL_BACK: EvidenceClass.CONTROL,
    Kind.LICENCE: EvidenceClass.DOCUMENT,
    Kind.BADGE: EvidenceClass.DOCUMENT,
    Kind.DIPLOMA: EvidenceClass.DOCUMENT,
    Kind.EMPLOYER_LETTER: EvidenceClass.DOCUMENT,
    Kind.STUDENT_PROOF: EvidenceClass.DOCUMENT,
    Kind.PEERS: EvidenceClass.VOUCHING,
    Kind.ORCID: EvidenceClass.SUPPORTING,
    Kind.PUBLICATION: EvidenceClass.SUPPORTING,
}
DOCUMENT_KINDS = tuple(kind for kind, letter in CLASS_OF.items() if letter == EvidenceClass.DOCUMENT)


class Standing(models.TextChoices):
    """What was decided about a piece of evidence."""

    OFFERED = "offered", _("To be looked at")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")
    LOST = "lost", _("No longer counts")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence by whether it counts."""

    def counting(self, moment: datetime | None = None) -> "EvidenceQuerySet":
        """Accepted and not run out."""
        return self.filter(standing=Standing.ACCEPTED, valid_until__gt=moment or now())

    def with_file(self) -> "EvidenceQuerySet":
        """Evidence whose file has not been deleted."""
        return self.exclude(stored_name="").filter(file_deleted_at=None)


class Evidence(PublicId):
    """One piece of evidence for one application. A file's hash, type, issuer and dates stay after it is deleted."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="evidence")
    letter = models.CharField(_("class"), max_length=1, choices=EvidenceClass.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.OFFERED)
    added_at = models.DateTimeField(default=now)
    obtained_at = models.DateTimeField(default=now)
    checked_at = models.DateTimeField(null=True, blank=True)
    ends_on = models.DateField(_("valid until"), null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    # For class B: the address that received the code, sealed, and a keyed digest to find it by when it bounces.
    contact = EncryptedTextField(blank=True, default="")
    contact_digest = models.CharField(max_length=64, blank=True, db_index=True)

    # For class C: the file. The name it came with is not kept.
    stored_name = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    media_type = models.CharField(max_length=40, blank=True)
    file_deleted_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=~Q(standing="accepted") | Q(valid_until__isnull=False), name="accepted_evidence_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(stored_name="") | ~Q(sha256="") & ~Q(media_type=""), name="evidence_file_is_described"
            ),
            models.UniqueConstraint(
                fields=["stored_name"], condition=~Q(stored_name=""), name="evidence_file_stored_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.kind} {self.public_id}"

    @property
    def has_file(self) -> bool:
        return bool(self.stored_name) and self.file_deleted_at is None

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def ends_at(self) -> datetime | None:
        """The end of the last day on which the document is valid."""
        return datetime.combine(self.ends_on + timedelta(days=1), time.min, UTC) if self.ends_on else None

    @property
    def proof(self) -> Proof:
        """This evidence as the rule sees it."""
        if self.valid_until is None:
            raise ValueError("evidence that was not accepted is no proof")
        return Proof(self.letter, self.valid_until)

"""Documents as evidence: added, taken back, opened by a reviewer with a reason, and deleted in time."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from community.core.actors import Actor
from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.credentials import storage
from community.credentials.documents import clean_document
from community.credentials.models import CLASS_OF, DOCUMENT_KINDS, Application, Evidence, Standing
from community.credentials.policies import may_add_evidence, may_open_document, system_only
from community.credentials.proof import KEEP_FILES_DAYS
from community.credentials.states import OPEN
from community.credentials.steps import locked
from community.members.models import Member

UPLOADS_A_DAY = "20/day"
MOST_DOCUMENTS = 8
REASONS = ("decide", "second_opinion", "appeal", "renewal", "complaint")


@dataclass(frozen=True)
class Upload:
    """One file as it came in, and what the applicant says it is."""

    kind: str
    name: str
    content: bytes
    issuer: str = ""
    ends_on: date | None = None


@transaction.atomic
def add_document(application: Application, upload: Upload, *, by: Member) -> Evidence:
    """Rebuild, encrypt and keep one document. Raises Invalid with what to do, Refused for words that name a patient."""
    application = locked(application)
    require(may_add_evidence(by, application))
    _require_fit(application, upload)
    refuse_if_not_clean("file_name", file=upload.name)
    refuse_if_not_clean("application_note", issuer=upload.issuer)
    spend("credentials.upload", application.member_id, UPLOADS_A_DAY)
    document = clean_document(upload.content, upload.name)
    stored_name = storage.keep(document.content)
    evidence = Evidence.objects.create(
        application=application,
        letter=CLASS_OF[upload.kind],
        kind=upload.kind,
        issuer=upload.issuer.strip(),
        ends_on=upload.ends_on,
        stored_name=stored_name,
        sha256=document.sha256,
        size=len(document.content),
        pages=document.pages,
        media_type=document.media_type,
    )
    record("credentials.evidence.added", by=by, target=evidence, kind=upload.kind, sha256=document.sha256)
    return evidence


@transaction.atomic
def remove_document(evidence: Evidence, *, by: Member) -> None:
    """Take back a document that no reviewer has judged. Its file is deleted after the transaction."""
    application = locked(evidence.application)
    require(may_add_evidence(by, application))
    if evidence.standing != Standing.OFFERED:
        raise Invalid(_("A reviewer has looked at this document, so it stays until the decision."))
    record("credentials.evidence.removed", by=by, target=evidence, kind=evidence.kind)
    _forget_file(evidence)
    evidence.delete()


@transaction.atomic
def open_document(evidence: Evidence, *, reason: str, by: Member) -> Evidence:
    """Let a reviewer see one document, for a stated reason that the log keeps."""
    require(may_open_document(by, evidence))
    if reason not in REASONS:
        raise Invalid({"reason": [_("Please say why you open the document.")]})
    if not evidence.has_file:
        raise Invalid(_("The file was deleted after the decision."))
    record("credentials.evidence.opened", by=by, target=evidence, reason=reason, sha256=evidence.sha256)
    return evidence


@transaction.atomic
def purge_documents(*, by: Actor) -> int:
    """Delete the files whose episode was decided, withdrawn or left lying long enough; returns how many."""
    require(system_only(by))
    overdue = list(overdue_files()[:500])
    for evidence in overdue:
        _forget_file(evidence)
        evidence.file_deleted_at = now()
        evidence.save(update_fields=["file_deleted_at"])
        record("credentials.evidence.purged", by=by, target=evidence, sha256=evidence.sha256)
    return len(overdue)


def overdue_files() -> "QuerySet[Evidence]":
    """Evidence whose file has outlived its purpose: 30 days after the decision, less two for a clock that stood still.

    A document added for a renewal counts from the decision that follows it, or from its own day when none came.
    """
    limit = now() - timedelta(days=KEEP_FILES_DAYS - 2)
    since = Coalesce("application__decided_at", "added_at")
    rows = Evidence.objects.with_file().annotate(since=since)
    decided = Q(since__lt=limit, added_at__lte=F("since")) & ~Q(application__state__in=OPEN)
    later = Q(added_at__gt=F("since"), added_at__lt=limit) & ~Q(application__state__in=OPEN)
    abandoned = Q(application__state="draft", added_at__lt=now() - timedelta(days=90))
    return rows.filter(decided | later | abandoned).order_by("pk")


def _forget_file(evidence: Evidence) -> None:
    name = evidence.stored_name
    if name:
        transaction.on_commit(lambda: storage.discard(name))


def _require_fit(application: Application, upload: Upload) -> None:
    if upload.kind not in DOCUMENT_KINDS:
        raise Invalid({"kind": [_("Please say what kind of document it is.")]})
    if upload.ends_on and upload.ends_on < now().date():
        raise Invalid({"ends_on": [_("This document is out of date. Please send one that is valid now.")]})
    if application.evidence.with_file().count() >= MOST_DOCUMENTS:
        raise Invalid({"file": [_("There are eight documents already. Please remove one first.")]})

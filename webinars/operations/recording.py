"""Recordings made elsewhere: sent in parts that can be resumed, checked, and made into the webinar's recording."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from community.core.actors import SYSTEM, Actor
from community.core.audiences import viewer_of
from community.core.clock import now
from community.core.errors import Conflict, Invalid, Refused
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.core.tasks import job
from webinars.broadcasts import broadcast_of
from webinars.crews import roles_of
from webinars.media import storage, uploads
from webinars.media.boxes import BadMedia
from webinars.models import (
    Broadcast,
    Segment,
    Take,
    Upload,
    UploadPart,
    UploadState,
    Webinar,
    WebinarState,
)
from webinars.operations.broadcasting import close_take
from webinars.policies import may_organise, may_present

PART = 4 * 1024 * 1024
LARGEST = 20 * 1024**3
UPLOADS_A_DAY = "20/day"
OPEN = [UploadState.RECEIVING, UploadState.WORKING]


def may_upload(webinar: Webinar, by: Any) -> Any:
    """Organisers, presenters and editors."""
    viewer, roles = viewer_of(by), roles_of(by, webinar)
    return may_organise(viewer, roles) or may_present(viewer, roles)


@transaction.atomic
def begin_upload(webinar: Webinar, *, by: Any, size: int, sha256: str = "") -> Upload:
    """Begin, or go on with the one of the same size that was begun before. Conflict when another is on its way."""
    require(may_upload(webinar, by))
    if not 1024 <= size <= LARGEST:
        raise Invalid({"size": [_("A recording has between 1 KB and 20 GB.")]})
    known = webinar.uploads.filter(state__in=OPEN).first()
    if known is not None and known.state == UploadState.RECEIVING and known.size == size:
        return known
    if known is not None:
        raise Conflict(_("Another recording is on its way. Give it up first, or wait until it is ready."))
    if webinar.state == WebinarState.LIVE or Segment.objects.filter(broadcast__webinar=webinar).exists():
        raise Refused("has_recording", _("This webinar has a recording already."))
    spend("webinars.upload", by.pk, UPLOADS_A_DAY)
    upload = Upload.objects.create(webinar=webinar, by=by, size=size, sha256=sha256, part_size=PART)
    record("webinars.upload.begun", by=by, target=upload, webinar=webinar.pk, size=size)
    return upload


@transaction.atomic
def add_part(upload: Upload, *, by: Any, number: int, data: bytes, sha256: str) -> UploadPart:
    """Keep a part; sent twice, it is kept once. Its bytes are on disk before its row."""
    # no-record: beginning and receiving the whole are the events
    require(may_upload(upload.webinar, by))
    if upload.state != UploadState.RECEIVING:
        raise Refused("closed", _("This upload takes no more parts."))
    if not 0 <= number < upload.part_count:
        raise Invalid({"number": [_("There is no such part.")]})
    expected = min(upload.part_size, upload.size - number * upload.part_size)
    digest = hashlib.sha256(data).hexdigest()
    if len(data) != expected or digest != sha256.lower():
        raise Invalid({"data": [_("The part did not arrive whole. Send it again.")]})
    uploads.put_part(upload, number, data)
    part, _new = UploadPart.objects.update_or_create(
        upload=upload, number=number, defaults={"size": len(data), "sha256": digest}
    )
    Upload.objects.filter(pk=upload.pk).update(changed_at=now())
    return part


@transaction.atomic
def finish_upload(upload: Upload, *, by: Any, digest: str = "") -> Upload:
    """All parts are there: the worker goes on. `digest` is the SHA-256 over the parts' SHA-256 sums, as bytes in
    their order, so that a browser need not read the whole file at once."""
    require(may_upload(upload.webinar, by))
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.state != UploadState.RECEIVING:
        return upload
    parts = list(upload.parts.order_by("number").values_list("sha256", flat=True))
    if len(parts) != upload.part_count:
        raise Invalid(_("Some parts are missing."))
    if digest and digest.lower() != hashlib.sha256(bytes.fromhex("".join(parts))).hexdigest():
        raise Invalid(_("The parts are not those of one file. Begin again."))
    upload.state, upload.changed_at = UploadState.WORKING, now()
    upload.save(update_fields=["state", "changed_at"])
    record("webinars.upload.received", by=by, target=upload, webinar=upload.webinar_id)
    prepare_upload.enqueue(upload.pk)
    return upload


@transaction.atomic
def cancel_upload(upload: Upload, *, by: Any) -> Upload:
    """Give it up; what has come is removed."""
    require(may_upload(upload.webinar, by))
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.state != UploadState.RECEIVING:
        return upload
    _set(upload, UploadState.CANCELLED)
    record("webinars.upload.cancelled", by=by, target=upload, webinar=upload.webinar_id)
    transaction.on_commit(lambda: uploads.forget(upload))
    return upload


@job(retries=1, queue="media", lease=6 * 3600)
def prepare_upload(pk: int) -> None:
    """Make segments of a recording that has come; begins anew when it was broken off."""
    upload = Upload.objects.select_related("webinar", "by").filter(pk=pk, state=UploadState.WORKING).first()
    if upload is None:
        return
    if upload.sha256 and upload.sha256.lower() != uploads.sha256_of(upload):
        return settle_upload(upload, by=SYSTEM, error="checksum")
    take = start_over(upload, by=SYSTEM)
    try:
        uploads.make_segments(upload, take, lambda part: _tell(upload, part))
    except BadMedia as error:
        close_take(take, by=SYSTEM, error=error.code)
        return settle_upload(upload, by=SYSTEM, error=error.code)
    close_take(take, by=SYSTEM)
    settle_upload(upload, by=SYSTEM)


@transaction.atomic
def start_over(upload: Upload, *, by: Actor) -> Take:
    """A fresh take for the recording, without what an earlier try has left."""
    # no-require: the job goes on with what was permitted; no-record: closing the take is the event
    webinar = upload.webinar
    broadcast = broadcast_of(webinar)
    for rendition_key in Segment.objects.filter(broadcast=broadcast).values_list("key", flat=True):
        storage.forget(rendition_key)
    broadcast.takes.all().delete()
    Broadcast.objects.filter(pk=broadcast.pk).update(next_segment=0, media_end=0, ends_at=None)
    begun = webinar.started_at or webinar.starts_at
    return Take.objects.create(broadcast=broadcast, number=1, by=upload.by, started_at=begun)


@transaction.atomic
def settle_upload(upload: Upload, *, by: Actor, error: str = "") -> None:
    """Ready, or not usable. A webinar that was to be a recording becomes one."""
    # no-require: the job goes on with what was permitted
    _set(upload, UploadState.FAILED if error else UploadState.READY, error=error, progress=0 if error else 100)
    if error:
        record("webinars.upload.failed", by=by, target=upload, webinar=upload.webinar_id, code=error)
    else:
        webinar = Webinar.objects.select_for_update().get(pk=upload.webinar_id)
        if webinar.state == WebinarState.SCHEDULED and webinar.starts_at <= now():
            webinar.state, webinar.ended_at = WebinarState.ENDED, now()
            webinar.started_at = webinar.started_at or webinar.starts_at
            webinar.save(update_fields=["state", "started_at", "ended_at"])
        record("webinars.upload.ready", by=by, target=upload, webinar=upload.webinar_id)
    transaction.on_commit(lambda: uploads.forget(upload))


def upload_shown(upload: Upload) -> Mapping[str, Any]:
    """An upload as programs see it."""
    have = upload.parts.order_by("number").values_list("number", "sha256")
    return {
        "upload": upload.public_id,
        "state": upload.state,
        "size": upload.size,
        "part_size": upload.part_size,
        "part_count": upload.part_count,
        "have": dict(have),
        "received": upload.parts.aggregate(total=Sum("size"))["total"] or 0,
        "progress": upload.progress,
        "error": upload.error or None,
    }


def _tell(upload: Upload, part: float) -> None:
    progress = min(99, int(part * 100))
    if progress > upload.progress:
        upload.progress = progress
        Upload.objects.filter(pk=upload.pk).update(progress=progress, changed_at=now())


def _set(upload: Upload, state: UploadState, **values: Any) -> None:
    Upload.objects.filter(pk=upload.pk).update(state=state, changed_at=now(), **values)
    upload.state = state

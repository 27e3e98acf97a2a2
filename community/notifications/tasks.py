"""Background work of notifications: e-mail at once, the daily digest in each member's morning, and tidying."""

import zoneinfo
from datetime import UTC, datetime, timedelta

from django.db import transaction

from community.core.clock import now
from community.core.tasks import every, job
from community.members.models import Member
from community.notifications import mail, push
from community.notifications.models import Device, Digest, Notification, Pace, Told

MORNING = 7  # o'clock, where the member is
TOLD_KEPT = timedelta(days=30)
READ_KEPT = timedelta(days=365)


@job(retries=8, queue="mail")
def send_notification(pk: int) -> None:
    """Send the e-mail of one notification."""
    mail.send_due(pk)


@job(retries=8, queue="mail")
def send_digest(pk: int) -> None:
    """Send one daily digest."""
    mail.send_digest(pk)


@job(retries=6, queue="mail")
def push_notification(pk: int) -> None:
    """Queue one message for each device of the member, so that each is tried for itself."""
    row = Notification.objects.select_related("member").filter(pk=pk).first()
    for device in push.devices_to_tell(row) if row else []:
        push_to_device.enqueue(device.pk, pk)


@job(retries=6, queue="mail")
def push_to_device(device_pk: int, pk: int) -> None:
    """Send one message to one device, if both are still there."""
    device = Device.objects.select_related("member").filter(pk=device_pk).first()
    row = Notification.objects.filter(pk=pk, read_at=None).first()
    if device and row:
        push.send(device, row)


@every("10 minutes")
def queue_digests() -> None:
    """Queue the digest of each member whose morning has come and for whom something waits."""
    waiting = Notification.objects.to_mail(Pace.DAILY).order_by().values("member")
    for member in Member.objects.filter(pk__in=waiting, is_active=True).iterator():
        here = _local_time(member)
        if here.hour >= MORNING:
            _queue_once(member, here)


@every("1 day")
def forget_old() -> None:
    """Drop what no retry can need any more, and what was read a year ago."""
    Told.objects.filter(at__lt=now() - TOLD_KEPT).delete()
    Notification.objects.filter(read_at__lt=now() - READ_KEPT).delete()


def _local_time(member: Member) -> datetime:
    try:
        return now().astimezone(zoneinfo.ZoneInfo(member.time_zone))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return now().astimezone(UTC)


@transaction.atomic
def _queue_once(member: Member, here: datetime) -> None:
    digest, is_new = Digest.objects.get_or_create(member=member, day=here.date())
    if is_new:
        send_digest.enqueue(digest.pk)

"""Telling a member, and what a member does with it: read, read all, choose how to be told."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from community.core.actors import SYSTEM, Actor
from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.limits import spend
from community.core.policies import require
from community.live.operations import publish
from community.notifications.kinds import notice, notices
from community.notifications.links import DIGEST
from community.notifications.models import Device, Notification, Pace, Preference, Told
from community.notifications.policies import may_change_for, may_notify
from community.notifications.queries import preference
from community.notifications.subscriptions import Subscription, is_known_service
from community.notifications.targets import group_of
from community.notifications.tasks import push_notification, send_notification

DEVICES_A_DAY = "20/day"
MOST_DEVICES = 10


@transaction.atomic
def notify(
    member: Any,
    kind: str,
    *,
    target: Model,
    event_id: int | None = None,
    actor: Any = None,
    by: Actor = SYSTEM,
) -> Notification | None:
    """Tell a member; installed as `core.notices.tell`.

    At most one notification for each event and member, so call in order of precedence (mention, reply, …).
    None when the member was told before, did it themselves, has left, or wants nothing of this kind.
    """
    # no-require: who may not be told is passed over
    # no-record: the event that caused it is the record
    if not may_notify(by, member) or _is_own(member, actor):
        return None
    in_app, email, push = preference(member, kind)
    if not in_app and email == Pace.NEVER and not push:
        return None
    if event_id is not None and not Told.objects.get_or_create(member=member, event_id=event_id)[1]:
        return None
    row = _count_up(member, kind, target, in_app, email, getattr(actor, "pk", None))
    if push and member.devices.exists():
        push_notification.enqueue(row.pk)
    _ring(member)
    return row


@transaction.atomic
def mark_read(notification: Notification, *, by: Any) -> None:
    """Mark one notification as read; a second time changes nothing."""
    # no-record: what a member reads is nobody's business
    require(may_change_for(by, notification.member))
    if Notification.objects.filter(pk=notification.pk).unread().update(read_at=now()):
        _ring(by)


@transaction.atomic
def mark_all_read(member: Any, *, by: Any) -> int:
    """Mark everything as read that stands there now; returns how many."""
    # no-record: what a member reads is nobody's business
    require(may_change_for(by, member))
    marked = member.notifications.unread().update(read_at=now())
    if marked:
        _ring(member)
    return int(marked)


@transaction.atomic
def mark_group_read(member: Any, group: str, *, by: Actor) -> None:
    """Mark what is unread about a group, because the member has seen it in its own place."""
    # no-record: what a member reads is nobody's business
    require(may_change_for(by, member))
    if member.notifications.unread().filter(group=group).update(read_at=now()):
        _ring(member)


@transaction.atomic
def set_preferences(member: Any, chosen: Mapping[str, tuple[bool, str, bool]], *, by: Actor) -> None:
    """Store how a member wants to be told: `chosen` maps a kind to (in the app, pace of e-mail, by push).

    Kinds about one's own standing stay on. What waits for a mail that is no longer wanted is not sent.
    """
    require(may_change_for(by, member))
    for kind, (in_app, email, push) in chosen.items():
        if kind not in notices() or email not in Pace.values:
            raise Invalid(_("Choose how you want to be told."))
        if notice(kind).optional:
            _prefer(member, kind, in_app, email, push)
    record("notifications.preferences.changed", by=by, target=member)


@transaction.atomic
def unsubscribe(member: Any, kind: str, *, by: Actor = SYSTEM) -> None:
    """End the e-mails of one kind (or DIGEST: of every kind that comes once a day); notices on the site stay."""
    require(may_change_for(by, member))
    kinds = [kind] if kind != DIGEST else [one for one in notices() if preference(member, one).email == Pace.DAILY]
    for one in kinds:
        if one not in notices() or not notice(one).optional:
            raise Invalid(_("These e-mails are about your own standing and cannot be switched off."))
        held = preference(member, one)
        _prefer(member, one, held.in_app, Pace.NEVER, held.push)
    record("notifications.mail.unsubscribed", by=by, target=member, kind=kind)


@transaction.atomic
def add_device(member: Any, subscription: Subscription, *, session_key: str, label: str, by: Actor) -> Device:
    """Push to this browser from now on. Whoever used it before on this site gets nothing there any more."""
    require(may_change_for(by, member))
    spend("notifications.device", member.pk, DEVICES_A_DAY)
    if not is_known_service(subscription.endpoint):
        raise Invalid({"endpoint": [_("This browser’s push service is not one that this site sends to.")]})
    if not subscription.is_sound:
        raise Invalid({"endpoint": [_("The browser sent something that is no subscription.")]})
    digest = sha256(subscription.endpoint.encode()).hexdigest()
    Device.objects.filter(digest=digest).delete()
    for older in list(member.devices.all())[MOST_DEVICES - 1 :]:
        older.delete()
    device = Device.objects.create(
        member=member, label=label, digest=digest, session_key=session_key, **subscription._asdict()
    )
    record("notifications.device.added", by=by, target=member)
    return device


@transaction.atomic
def remove_device(device: Device, *, by: Actor) -> None:
    """Push nothing to it any more."""
    require(may_change_for(by, device.member))
    device.delete()
    record("notifications.device.removed", by=by, target=device.member)


@transaction.atomic
def forget_devices(member: Any, *, by: Actor = SYSTEM, session_key: str | None = None) -> int:
    """Push nothing to a member's devices any more, or to those of one session that has ended; returns how many."""
    # no-record: the end of the session, of the right or of the account is the record
    require(may_change_for(by, member))
    rows = Device.objects.filter(member=member)
    return rows.filter(session_key=session_key).delete()[0] if session_key is not None else rows.delete()[0]


def _is_own(member: Any, actor: Any) -> bool:
    return actor is not None and actor.pk == member.pk


def _count_up(member: Any, kind: str, target: Model, in_app: bool, email: str, actor_id: int | None) -> Notification:
    """Add to the unread row of the group, or write a new one; one e-mail for each row until it is read."""
    about = {"target_type": target._meta.label_lower, "target_id": str(target.pk), "actor_id": actor_id}
    row, is_new = Notification.objects.unread().get_or_create(
        member=member, kind=kind, group=group_of(target), defaults=about | {"shown": in_app, "mail": email}
    )
    if is_new and email == Pace.NOW:
        send_notification.enqueue(row.pk)
    if not is_new:
        Notification.objects.filter(pk=row.pk).update(count=F("count") + 1, changed_at=now(), actor_id=actor_id)
    return row


def _prefer(member: Any, kind: str, in_app: bool, email: str, push: bool) -> None:
    chosen = {"in_app": in_app, "email": email, "push": push}
    Preference.objects.update_or_create(member=member, kind=kind, defaults=chosen)
    if email != Pace.NOW:  # What waits for the digest stays there: nothing would send it at once.
        member.notifications.unread().filter(kind=kind).exclude(mail=Pace.NEVER).update(mail=email)


def _ring(member: Any) -> None:
    """Publish the new number for the badge to the member's own topic."""
    unread = Notification.objects.filter(member=member).in_app().unread().count()
    publish(f"member:{member.pk}", "notifications.unread", {"unread": unread}, by=SYSTEM)

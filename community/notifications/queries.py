"""What the screens of notifications read: a page of lines, the number on the bell, the table of preferences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.errors import Missing
from community.core.notices import Notice
from community.members.models import Member
from community.notifications.kinds import notice, notices
from community.notifications.links import DIGEST
from community.notifications.models import Device, Notification, Preference
from community.notifications.targets import lines_for

PAGE = 30
#: Kinds that are pushed to a device until the member chooses otherwise. Adding the device was the choice.
PUSHED = frozenset({"knowledge.bulletin.released", "knowledge.bulletin.corrected", "knowledge.bulletin.second_wanted"})


class Held(NamedTuple):
    """How a member is told of one kind: on the site, how soon by e-mail, on their devices."""

    in_app: bool
    email: str
    push: bool


@dataclass(frozen=True)
class Line:
    """One notification as its member may see it now; `about` is "" when the target is hidden or gone."""

    row: Notification
    about: str


@dataclass(frozen=True)
class Page:
    """One page of lines and where the next one starts ("" at the end)."""

    lines: list[Line]
    next: str

    @property
    def next_url(self) -> str:
        """The address of the next page."""
        return f"{reverse('notification-list')}?{urlencode({'after': self.next})}" if self.next else ""


@dataclass(frozen=True)
class Choice:
    """One row of the preferences page."""

    kind: str
    notice: Notice
    in_app: bool
    email: str
    push: bool


def page_for(viewer: Viewer, after: str = "") -> Page:
    """The newest notifications of a signed-in viewer, then the next page after a position."""
    rows = Notification.objects.filter(member=viewer.member).in_app().order_by("-changed_at", "-id")
    position = _read_position(after)
    if position:
        moment, pk = position
        rows = rows.filter(Q(changed_at__lt=moment) | Q(changed_at=moment, id__lt=pk))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    lines = lines_for(viewer, shown)
    about = [lines.get((row.target_type, row.target_id), ("", ""))[0] for row in shown]
    return Page(
        [Line(row, title) for row, title in zip(shown, about, strict=True)],
        f"{shown[-1].changed_at.isoformat()}~{shown[-1].pk}" if len(found) > PAGE else "",
    )


def notification_of(member: Any, public_id: str) -> Notification:
    """One of a member's own notifications; Missing for anybody else's."""
    row = Notification.objects.select_related("member").filter(member=member, public_id=public_id).first()
    if row is None:
        raise Missing
    return row


def address_of(viewer: Viewer, row: Notification) -> str:
    """Where a notification leads, or "" when the viewer may no longer see it."""
    return lines_for(viewer, [row]).get((row.target_type, row.target_id), ("", ""))[1]


def unread_count(member: Any) -> int:
    """The number on the bell: one query."""
    return Notification.objects.filter(member=member).in_app().unread().count()


def count_for(viewer: Viewer) -> int:
    """The number on the bell for whoever looks: none for visitors."""
    return unread_count(viewer.member) if viewer.member is not None else 0


def choices_of(member: Any) -> list[Choice]:
    """Every kind of notice with what holds for this member: one query."""
    rows = {row.kind: row for row in Preference.objects.filter(member=member)}
    return [
        Choice(kind, notice, *_held(rows.get(kind) if notice.optional else None, kind, notice))
        for kind, notice in notices().items()
    ]


def preference(member: Any, kind: str) -> Held:
    """How a member wants to be told of this kind. One query, and none for kinds that cannot be chosen."""
    declared = notice(kind)
    row = Preference.objects.filter(member=member, kind=kind).first() if declared.optional else None
    return _held(row, kind, declared)


def _held(row: Preference | None, kind: str, declared: Notice) -> Held:
    if row is None:
        return Held(True, declared.email, kind in PUSHED)
    return Held(row.in_app, row.email, kind in PUSHED if row.push is None else row.push)


def devices_of(member: Any) -> list[Device]:
    """The browsers a member lets us push to, the newest first."""
    return list(Device.objects.filter(member=member))


def device_of(member: Any, public_id: str) -> Device:
    """One of a member's own devices; Missing for any other."""
    found = Device.objects.filter(member=member, public_id=public_id).first()
    if found is None:
        raise Missing
    return found


def subscription(member_id: int, kind: str) -> tuple[Member, Any]:
    """Whom a signed link is about and what the mails of its kind are called; Missing when either is gone."""
    member = Member.objects.filter(pk=member_id, is_active=True).first()
    if member is None or (kind != DIGEST and kind not in notices()):
        raise Missing
    return member, _("The daily summary") if kind == DIGEST else notices()[kind].label


def own_data(member: Any) -> dict[str, Any]:
    """What this package keeps about a member, for their download."""
    told = Notification.objects.filter(member=member).order_by("id")
    return {
        "preferences": list(Preference.objects.filter(member=member).values("kind", "in_app", "email", "push")),
        "devices": list(Device.objects.filter(member=member).values("label", "added_at")),
        "notifications": list(told.values("kind", "count", "created_at", "read_at")),
    }


def _read_position(after: str) -> tuple[datetime, int] | None:
    moment, _tilde, pk = after.partition("~")
    try:
        parsed = parse_datetime(moment)
    except ValueError:
        return None
    if parsed is None or parsed.tzinfo is None or not pk.isdecimal():
        return None
    return parsed, int(pk)

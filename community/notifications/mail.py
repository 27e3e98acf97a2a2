"""E-mail about notifications: says that something happened and links to it, and carries no words of it."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from community.core.audiences import viewer_of
from community.core.languages import speaking_to
from community.notifications.kinds import notice, title
from community.notifications.links import DIGEST, absolute, unsubscribe_link
from community.notifications.models import Digest, Notification, Pace
from community.notifications.targets import lines_for


def send_due(pk: int) -> None:
    """Send the e-mail of one notification if it is still wanted, unread, and about something visible."""
    row = Notification.objects.select_related("member").to_mail(Pace.NOW).filter(pk=pk).first()
    if row is None:
        return
    with speaking_to(row.member):
        if _may_be_told(row.member, [row]):
            kind = row.kind if notice(row.kind).optional else ""
            link = absolute(reverse("notification-open", args=[row.public_id]))
            _send(row.member, str(title(row.kind)), "notification", kind, {"row": row, "link": link})
    Notification.objects.filter(pk=pk).update(mail=Pace.NEVER)


def send_digest(pk: int) -> None:
    """Send one member everything that waits for their daily mail, unless nothing is left of it."""
    digest = Digest.objects.select_related("member").get(pk=pk)
    rows = list(digest.member.notifications.to_mail(Pace.DAILY).order_by("-changed_at")[:100])
    told = _may_be_told(digest.member, rows)
    if told:
        link = absolute(reverse("notification-list"))
        with speaking_to(digest.member):
            subject = _("Your day on Collegium")
            _send(digest.member, subject, "digest", DIGEST, {"rows": told, "link": link})
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mail=Pace.NEVER)


def _may_be_told(member: Any, rows: Sequence[Notification]) -> list[Notification]:
    """The rows whose target the member may see at this moment."""
    if not member.is_active:
        return []
    lines = lines_for(viewer_of(member), rows)
    return [row for row in rows if (row.target_type, row.target_id) in lines]


def _send(member: Any, subject: str, name: str, kind: str, context: dict[str, Any]) -> None:
    """Send text and HTML; `kind` "" is mail about one's own standing, which has no way to unsubscribe."""
    unsubscribe = unsubscribe_link(member.pk, kind) if kind else ""
    context |= {
        "member": member,
        "subject": subject,
        "unsubscribe": unsubscribe,
        "settings_link": absolute(reverse("notification-settings")),
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"emails/{name}.txt", context),
        to=[member.email],
        headers=_headers(unsubscribe),
    )
    message.attach_alternative(render_to_string(f"emails/{name}.html", context), "text/html")
    message.send()


def _headers(unsubscribe: str) -> dict[str, str]:
    """RFC 3834 (no auto-replies, please) and RFC 8058 (one click unsubscribes)."""
    headers = {"Auto-Submitted": "auto-generated"}
    if unsubscribe:
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers

"""Push messages to a member's devices: that there is something, and where; never what it says, nor about what.

A lock screen is read by whoever passes. So a message carries one of two sentences and the address of the notification,
which asks for a sign-in; the push service sees neither, because browsers get it encrypted (RFC 8291).
"""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.core.audiences import viewer_of
from community.core.languages import direction_of, speaking_to
from community.credentials.queries import standing
from community.notifications.links import absolute
from community.notifications.models import Device, Notification
from community.notifications.subscriptions import is_known_service
from community.notifications.targets import lines_for
from community.notifications.vapid import private_key_file

#: The one kind that says a little of what it is about: time counts, and bulletins name no patient and no member.
BULLETIN = "knowledge.bulletin.released"
#: How long a push service keeps a message for a device that is off, in seconds.
TTL = {BULLETIN: 6 * 3600}
USUAL_TTL = 24 * 3600
TIMEOUT = 10
GONE = {404, 410}


class NotNow(Exception):
    """The push service is away, or asks to be tried again later."""


def devices_to_tell(row: Notification) -> list[Device]:
    """Where a notification goes: nowhere once it is read, hidden from its member, or its member suspended."""
    member = row.member
    if row.read_at is not None or not member.is_active or standing(member).state == "suspended":
        return []
    if (row.target_type, row.target_id) not in lines_for(viewer_of(member), [row]):
        return []
    return list(member.devices.all())


def send(device: Device, row: Notification) -> None:
    """Send one message; a device that its service no longer knows is forgotten. Raises NotNow for what may pass."""
    # Only the worker sends, and the library brings 40 MB along that web processes need not carry.
    from pywebpush import WebPushException, webpush  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    if not is_known_service(device.endpoint):
        device.delete()
        return
    with speaking_to(device.member):
        words = message(row)
    try:
        webpush(
            {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}},
            data=json.dumps(words),
            vapid_private_key=str(private_key_file()),
            vapid_claims={"sub": _contact()},
            ttl=TTL.get(row.kind, USUAL_TTL),
            headers={"Urgency": "high" if row.kind == BULLETIN else "normal", "Topic": row.public_id},
            timeout=TIMEOUT,
            requests_session=_session(),
        )
    except RequestException:  # Away, too slow, or pointing elsewhere.
        raise NotNow from None
    except WebPushException as error:
        status = getattr(error.response, "status_code", 0)
        if status in GONE:
            device.delete()
        elif status == 429 or status >= 500 or not status:
            raise NotNow from None


def message(row: Notification) -> dict[str, str]:
    """What the device shows, in the language that is spoken; the link asks for a sign-in."""
    is_bulletin = row.kind == BULLETIN
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "title": "Collegium",
        "body": _("A new bulletin for your region") if is_bulletin else _("There is something new for you"),
        "url": reverse("notification-open", args=[row.public_id]),
        "lang": language,
        "dir": direction_of(language),
    }


def _contact() -> str:
    """How a push service reaches those who run the site (RFC 8292 asks for https: or mailto:)."""
    address = absolute("/help/")
    return address if address.startswith("https:") else "mailto:operator@localhost"


def _session() -> Any:
    """Goes where it is told and nowhere else: no redirect, and nothing from the environment unless it is wanted."""
    from requests import Session  # noqa: PLC0415 - as above

    session = Session()
    session.max_redirects = 0
    session.trust_env = settings.PUSH_THROUGH_PROXY
    return session


def label_of(agent: str) -> str:
    """A browser's name for itself in a few plain words: "Firefox, Android"."""
    browsers = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {
        "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS",
        "CrOS": "ChromeOS", "Linux": "Linux",
    }  # fmt: skip
    found: list[Any] = [
        next((name for sign, name in table.items() if sign in agent), "") for table in (browsers, systems)
    ]
    return ", ".join(each for each in found if each)

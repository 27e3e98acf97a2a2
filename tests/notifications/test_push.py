"""Push messages: to whom, through which services, and what a lock screen may show."""

import json
import os
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.urls import reverse

from community.core.errors import Invalid
from community.core.models import Attempt, Event
from community.core.tasks import run_attempt, waiting_attempts
from community.members.models import Member
from community.notifications.models import Device
from community.notifications.operations import add_device, notify, set_preferences
from community.notifications.push import NotNow, label_of, send
from community.notifications.subscriptions import Subscription, is_known_service
from tests.factories.members import MemberFactory
from tests.notifications.conftest import KIND, Shelf

FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Browser:
    """A push service and a browser behind it: keeps what arrives, answers `status`."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self.key: EllipticCurvePrivateKey = generate_private_key(SECP256R1())
        self.secret = os.urandom(16)
        self.status = 201
        self.came: list[tuple[dict[str, str], bytes]] = []

    def subscription(self) -> Subscription:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Subscription(f"{self.origin}/push/{encoded(os.urandom(9))}", encoded(point), encoded(self.secret))

    def read(self) -> dict[str, Any]:
        """The last message, decrypted."""
        _headers, body = self.came[-1]
        told = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return dict(json.loads(told))


@pytest.fixture
def browser(settings: Any) -> Iterator[Browser]:
    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.came.append((dict(self.headers), body))
            self.send_response(found.status)
            self.send_header("Location", f"{found.origin}/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    found = Browser(server.server_port)
    settings.PUSH_ORIGINS_IN_TESTS = [found.origin]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()


def added(member: Member, browser: Browser, session_key: str = "s" * 32) -> Device:
    return add_device(member, browser.subscription(), session_key=session_key, label="Firefox, Android", by=member)


def work() -> None:
    for attempt in waiting_attempts():
        if not attempt.job.endswith(("push_notification", "push_to_device")):
            attempt.delete()
        else:
            run_attempt(attempt.pk)


def test_a_message_says_that_there_is_something_and_nothing_of_it(
    member: Member, target: Member, shelf: Shelf, browser: Browser
) -> None:
    added(member, browser)
    set_preferences(member, {KIND: (True, "never", True)}, by=member)
    row = notify(member, KIND, target=target, event_id=1, actor=target)
    assert row is not None

    work()

    assert browser.read() == {
        "title": "Collegium",
        "body": "There is something new for you",
        "url": f"/notifications/{row.public_id}/open/",
        "lang": "en",
        "dir": "ltr",
    }
    headers, body = browser.came[0]
    assert (headers["ttl"], headers["urgency"], headers["content-encoding"]) == ("86400", "normal", "aes128gcm")
    assert headers["authorization"].startswith("vapid t=")
    assert b"Collegium" not in body


def test_nothing_is_pushed_that_was_not_asked_for_or_is_hidden_by_now(
    member: Member, target: Member, shelf: Shelf, browser: Browser
) -> None:
    added(member, browser)
    notify(member, KIND, target=target, event_id=1)
    assert not Attempt.objects.filter(job__endswith="push_notification").exists()
    set_preferences(member, {KIND: (True, "never", True)}, by=member)
    member.notifications.all().delete()
    notify(member, KIND, target=target, event_id=2)
    shelf.hidden.add(str(target.pk))

    work()

    assert browser.came == []


def test_a_device_its_service_has_forgotten_is_forgotten_and_a_busy_service_is_asked_again(
    member: Member, target: Member, shelf: Shelf, browser: Browser
) -> None:
    device = added(member, browser)
    row = notify(member, KIND, target=target, event_id=1)
    assert row is not None
    for status in (503, 302):  # Busy; and a service that points elsewhere is not followed.
        browser.status = status
        with pytest.raises(NotNow):
            send(device, row)
    assert len(browser.came) == 2
    browser.status = 410

    send(device, row)

    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("endpoint", "is_known"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("http://fcm.googleapis.com/fcm/send/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com@127.0.0.1/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com.example.org/x", False),
        ("https://evilpush.services.mozilla.com.example/x", False),
        ("https://127.0.0.1/x", False),
        ("https://[::1]/x", False),
        ("https://[broken/x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_known_push_services_are_sent_to(endpoint: str, is_known: bool) -> None:
    assert is_known_service(endpoint) is is_known


def test_what_is_no_subscription_is_refused(member: Member, browser: Browser) -> None:
    sound = browser.subscription()
    for wrong in (
        sound._replace(p256dh="AAAA"),
        sound._replace(auth="x"),
        sound._replace(endpoint="https://10.0.0.1/"),
    ):
        with pytest.raises(Invalid):
            add_device(member, wrong, session_key="s", label="", by=member)
    assert not Device.objects.exists()


def test_a_device_is_listed_ends_with_its_session_and_is_nobody_elses_to_remove(
    member: Member, browser: Browser
) -> None:
    client, stranger = Client(HTTP_USER_AGENT=FIREFOX), Client()
    client.force_login(member)
    stranger.force_login(MemberFactory())

    answer = client.post(reverse("device-add"), browser.subscription()._asdict())

    assert answer.status_code == 302
    device = Device.objects.get()
    assert "Firefox, Android" in client.get(reverse("notification-settings")).content.decode()
    assert stranger.post(reverse("device-remove", args=[device.public_id])).status_code == 404
    assert client.post(reverse("device-remove", args=[device.public_id])).status_code == 302
    assert Event.objects.filter(verb="notifications.device.removed").count() == 1
    client.post(reverse("device-add"), browser.subscription()._asdict())
    assert Device.objects.count() == 1
    client.logout()
    assert not Device.objects.exists()


def test_browsers_are_called_by_plain_names() -> None:
    assert [label_of(FIREFOX), label_of("curl/8"), label_of("")] == ["Firefox, Android", "", ""]

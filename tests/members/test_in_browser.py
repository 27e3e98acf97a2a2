"""Passkeys in a real browser with a virtual authenticator, and axe on the pages of this package."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from community.members.models import Member
from tests.conftest import skip_or_fail
from tests.look.browsing import browser, chromium
from tests.look.test_accessibility import NARROW, WIDE, findings
from tests.members.test_accounts import confirmed, prove_again, sign_in
from tests.members.test_directory import colleague

pytestmark = [pytest.mark.journey]

PATIENCE = 60_000  # ms; the machine may be busy
KEY_IN_THE_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
FOR_VISITORS = ["/accounts/login/", "/accounts/signup/", "/accounts/signup/passkey/", "/accounts/password/reset/"]
FOR_MEMBERS = [
    "/members/",
    "/settings/profile/",
    "/settings/conflicts/",
    "/settings/visibility/",
    "/settings/following/",
    "/settings/account/",
    "/settings/data/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
]


@pytest.fixture(autouse=True)
def _browser_at_hand() -> None:
    if not chromium():
        skip_or_fail("chromium", "no Chromium: set CHROMIUM or install it")


@pytest.fixture
def tab() -> Iterator[Any]:
    with browser() as running:
        context = running.new_context(timezone_id="Africa/Nairobi")
        context.set_default_timeout(PATIENCE)
        opened = context.new_page()
        devices = context.new_cdp_session(opened)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_IN_THE_DEVICE})
        yield opened
        context.close()


def test_a_person_joins_and_comes_back_with_nothing_but_a_passkey(transactional_db, live_server, tab, monkeypatch):
    # Playwright's own event loop runs in this thread; the server's thread is another one.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    site = live_server.url.replace("127.0.0.1", "localhost")
    tab.goto(f"{site}/accounts/signup/passkey/")
    tab.fill("[name=given_name]", "Wanjiru")
    tab.fill("[name=family_name]", "Kamau")
    tab.fill("[name=email]", "wanjiru@clinic.test")
    tab.check("[name=conduct]")
    tab.click("text=Make the account")
    tab.wait_for_selector("[name=code]")  # The mail is on its way until then.
    tab.fill("[name=code]", re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE).group(0))
    tab.click("button:has-text('Confirm')")
    tab.click("button:has-text('Make the passkey')")
    tab.wait_for_url("**/settings/profile/")
    assert tab.input_value("[name=time_zone]") == "Africa/Nairobi"

    tab.context.clear_cookies()
    tab.goto(f"{site}/accounts/login/")
    tab.click("text=Sign in with a passkey")
    tab.wait_for_url(f"{site}/")
    tab.goto(f"{site}/settings/account/")
    assert "wanjiru@clinic.test" in tab.content()

    member = Member.objects.get(email="wanjiru@clinic.test")
    assert not member.has_usable_password()
    assert Authenticator.objects.filter(user=member, type="webauthn").count() == 1


@pytest.mark.django_db
def test_axe_finds_nothing_for_visitors(client: Client):
    answers = {address: client.get(address) for address in FOR_VISITORS}
    assert findings(answers, in_dark_too=True, viewport=WIDE) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("theme", "size"), [("light", WIDE), ("dark", NARROW)])
def test_axe_finds_nothing_for_members(client: Client, theme: str, size: dict[str, int]):
    other, member = colleague(coi_none=True), confirmed()
    sign_in(client, member)
    prove_again(client)
    addresses = [*FOR_MEMBERS, f"/members/{other.handle}/", f"/members/{member.handle}/"]
    answers = {address: client.get(address) for address in addresses}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert findings(answers, color_scheme=theme, viewport=size) == []

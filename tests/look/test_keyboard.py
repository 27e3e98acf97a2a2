"""The frame by keyboard and without JavaScript: skip link, menu, themes, shortcuts, nothing wider than the screen."""

import pytest
from django.test import Client

from tests.conftest import skip_or_fail
from tests.factories.forums import verified_member
from tests.look.browsing import browser, chromium, shown

PHONE = {"width": 320, "height": 640}

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


@pytest.fixture(autouse=True)
def _browser_at_hand() -> None:
    if not chromium():
        skip_or_fail("chromium", "no Chromium: set CHROMIUM or install it")


def test_first_tab_skips_to_the_content(client: Client) -> None:
    answer = client.get("/guidelines/")

    with browser() as running, shown(running, answer, "/guidelines/") as view:
        view.page.keyboard.press("Tab")
        assert view.page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        view.page.keyboard.press("Enter")
        assert view.page.evaluate("document.activeElement.id") == "main"


def test_shortcuts_help_opens_and_can_be_switched_off(client: Client) -> None:
    answer = client.get("/guidelines/")

    with browser() as running, shown(running, answer, "/guidelines/") as view:
        help_is_open = "document.getElementById('shortcut-help').open"
        view.page.keyboard.press("?")
        assert view.page.evaluate(help_is_open)
        view.page.get_by_label("Use single-key shortcuts in this browser").uncheck()
        view.page.keyboard.press("Escape")
        view.page.keyboard.press("?")
        assert not view.page.evaluate(help_is_open)


def test_chosen_theme_is_there_before_the_first_paint_of_the_next_page(client: Client) -> None:
    answer = client.get("/help/")

    with browser() as running, shown(running, answer, "/help/", color_scheme="light") as view:
        light = view.page.evaluate("getComputedStyle(document.body).backgroundColor")
        view.page.locator(".co-foot").get_by_label("Dark").check()
        dark = view.page.evaluate("getComputedStyle(document.body).backgroundColor")
        view.page.reload()
        assert light != dark == view.page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_account_menu_opens_without_javascript_and_closes_on_escape_with_it(client: Client) -> None:
    client.force_login(verified_member(), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get("/guidelines/")

    with browser() as running:
        with shown(running, answer, "/guidelines/", java_script_enabled=False) as view:
            view.page.locator(".co-menu summary").click()
            assert view.page.get_by_role("button", name="Sign out").is_visible()
        with shown(running, answer, "/guidelines/") as view:
            view.page.locator(".co-menu summary").click()
            view.page.keyboard.press("Escape")
            assert not view.page.get_by_role("button", name="Sign out").is_visible()


def test_nothing_is_wider_than_a_small_phone(client: Client) -> None:
    addresses = ["/", "/styleguide/", "/guidelines/writing-without-a-case/", "/accounts/signup/", "/no-such-page/"]
    answers = {address: client.get(address) for address in addresses}
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

    with browser() as running:
        for address, answer in answers.items():
            with shown(running, answer, address, viewport=PHONE) as view:
                assert not view.page.evaluate(wide), address

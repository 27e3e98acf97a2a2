"""axe finds nothing (WCAG 2.2 AA and its best practices) on the shared pages, in both themes, wide and narrow."""

from typing import Any

import pytest
from django.test import Client

from community.knowledge.operations.myths import report_rumour
from tests.conftest import skip_or_fail
from tests.factories.forums import SpaceFactory, make_thread, verified_member
from tests.factories.knowledge import make_bulletin, make_myth, on_duty
from tests.factories.members import MemberFactory
from tests.look.axe import COLOURS, violations
from tests.look.browsing import browser, chromium, go, opened

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
RUMOURS = ("Hot lemon water prevents dengue", "Magnets lower blood pressure for good")
FOR_VISITORS = ["/", "/styleguide/", "/guidelines/", "/guidelines/code-of-conduct/", "/help/first-hour/", "/forums/",
                "/accounts/login/", "/accounts/signup/", "/no-such-page/"]  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


@pytest.fixture(autouse=True)
def _browser_at_hand() -> None:
    if not chromium():
        skip_or_fail("chromium", "no Chromium: set CHROMIUM or install it")


def findings(answers: dict[str, Any], *, in_dark_too: bool = False, **context: Any) -> list[str]:
    """What axe and the browser's own console complain about, one line each; the colours in the dark theme as well."""
    lines: list[str] = []
    with browser() as running, opened(running, reduced_motion="reduce", **context) as view:
        for address, answer in answers.items():
            view.page.emulate_media(color_scheme=context.get("color_scheme", "light"))
            go(view, answer, address)
            view.page.wait_for_timeout(150)
            # A summary of errors takes the focus and scrolls; what then lies under the sticky bar is chance.
            view.page.evaluate("scrollTo(0, 0)")
            found = violations(view.page)
            if in_dark_too:
                view.page.emulate_media(color_scheme="dark")
                found += [f"dark: {line}" for line in violations(view.page, COLOURS)]
            lines += [f"{address}: {line}" for line in [*view.complaints, *found]]
    return lines


def test_pages_for_visitors(client: Client) -> None:
    answers = {address: client.get(address) for address in FOR_VISITORS}

    assert findings(answers, in_dark_too=True, viewport=WIDE) == []


def test_pages_for_visitors_on_a_phone(client: Client) -> None:
    answers = {address: client.get(address) for address in ["/", "/styleguide/", "/guidelines/code-of-conduct/"]}

    assert findings(answers, viewport=NARROW) == []


def test_pages_for_members(client: Client) -> None:
    member = verified_member(name="Amara Okafor", coi_none=True)
    thread = make_thread(SpaceFactory.create(), member, replies=2)
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    addresses = ["/", thread.space.get_absolute_url(), thread.get_absolute_url(), "/notifications/"]
    answers = {address: client.get(address) for address in addresses}

    assert findings(answers, in_dark_too=True, viewport=WIDE) == []


def test_a_myth_check_a_bulletin_a_region_and_a_rumour_to_sort(client: Client) -> None:
    first, second = on_duty(), on_duty()
    pages = [make_myth(first), make_bulletin(first, second)]
    rumours = [report_rumour(by=first, text=text, channel="news") for text in RUMOURS]
    client.force_login(first, backend="allauth.account.auth_backends.AuthenticationBackend")
    addresses = ["/myths/", "/specialties/", "/regions/africa/", f"/myths/rumours/{rumours[0].public_id}/sort/"]
    answers = {address: client.get(address) for address in [*addresses, *(page.url for page in pages)]}

    assert findings(answers, color_scheme="dark", viewport=NARROW) == []


def test_home_of_a_member_who_is_not_verified(client: Client) -> None:
    client.force_login(MemberFactory.create(), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert findings({"/": client.get("/")}, viewport=NARROW) == []

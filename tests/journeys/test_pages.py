"""The main pages as people see them: axe finds nothing, nothing scrolls sideways, the scripts and styles stay light.

With JOURNEYS_SCREENS=1 each is kept as a picture in .cache/screens, narrow and wide, light and dark.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from tests.journeys.browsing import NARROW, WIDE, Theme, Visits
from tests.journeys.installation import ROOT
from tests.look.axe import COLOURS, RULES, violations

SCREENS = ROOT / ".cache" / "screens"
SIZES = {"narrow": NARROW, "wide": WIDE}
THEMES: dict[Theme, dict[str, Any]] = {"light": RULES, "dark": COLOURS}
BUDGET = 100 * 1024
THREAD = "How long do you keep people on a proton pump inhibitor before you ask why?"


def thread(page: Page) -> None:
    page.goto("/forums/primary-care/")
    _follow(page, page.get_by_role("link", name=THREAD))


def review(page: Page) -> None:
    page.goto("/review/verification/")
    _follow(page, page.locator("#main .co-row__title a").last)


def _follow(page: Page, link: Any) -> None:
    with page.expect_navigation():
        link.click()


# What it is called → whose page it is, and its address or the way there.
PAGES: dict[str, tuple[str, str | Callable[[Page], None]]] = {
    "home-visitor": ("", "/"),
    "home-member": ("member", "/"),
    "spaces": ("member", "/forums/"),
    "space": ("member", "/forums/primary-care/"),
    "thread": ("member", thread),
    "new-thread": ("member", "/forums/primary-care/new/"),
    "verification": ("applicant", "/verification/"),
    "verifier-queue": ("verifier", "/review/verification/"),
    "verifier-review": ("verifier", review),
    "moderator-queue": ("moderator", "/review/queue/"),
    "member": ("nurse", "/members/presenter/"),
    "directory": ("member", "/members/"),
    "notifications": ("member", "/notifications/"),
    "profile-settings": ("member", "/settings/profile/"),
    "sign-in": ("", "/accounts/login/"),
    "guideline": ("", "/guidelines/code-of-conduct/"),
    "styleguide": ("", "/styleguide/"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_main_page(name: str, size: str, visits: Visits) -> None:
    persona, way = PAGES[name]
    page = visits.open(persona, size=SIZES[size]).page
    way(page) if callable(way) else page.goto(way)
    # A summary of errors takes the focus and scrolls; what then lies under the sticky bar is chance.
    page.evaluate("scrollTo(0, 0)")
    found = []
    for theme, rules in THEMES.items():
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        if os.environ.get("JOURNEYS_SCREENS"):
            page.screenshot(path=SCREENS / f"{name}-{size}-{theme}.png", full_page=True, animations="disabled")
        found += [f"{theme}: {line}" for line in violations(page, rules)]
    assert found == []
    assert overhang(page) <= 0, "the page scrolls sideways"


def test_a_visitor_without_scripts_reads_every_open_page_on_a_phone(visits: Visits) -> None:
    visitor = visits.open(scripts=False, size=NARROW)
    for address in ("/", "/forums/", "/forums/primary-care/", "/guidelines/", "/accounts/signup/", "/styleguide/"):
        visitor.go(address)
        assert visitor.page.locator("h1").count() == 1, address


def test_the_thread_page_costs_little_style_and_script(
    visits: Visits, record_property: Callable[[str, object], None]
) -> None:
    there = visits.open("member").page
    thread(there)
    # A browser that has nothing of this site yet.
    page = visits.open("member").page
    loaded: list[Response] = []
    page.on("response", lambda answer: loaded.append(answer))
    page.goto(there.url, wait_until="networkidle")
    weights = {one.url: one.request.sizes()["responseBodySize"] for one in loaded if _counts(one)}
    record_property("bytes", sum(weights.values()))
    assert {one.headers.get("content-encoding") for one in loaded if _counts(one)} <= {"gzip", None}
    assert any("bootstrap.min" in address for address in weights)
    assert sum(weights.values()) <= BUDGET, weights


def overhang(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _counts(answer: Response) -> bool:
    return answer.request.resource_type in {"stylesheet", "script"}

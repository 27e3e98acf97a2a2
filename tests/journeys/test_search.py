"""Searching by keyboard and without scripts: box, suggestions, facets, saving; and nothing for axe to complain of."""

from playwright.sync_api import expect

from tests.journeys.browsing import Visits
from tests.look.axe import violations


def test_a_member_searches_narrows_and_saves(visits: Visits, scripts: bool) -> None:
    member = visits.open("member", scripts=scripts)
    page = member.go("/forums/")
    page.locator("#bar-q").focus()
    page.keyboard.type("sepsis")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    member.reload_until(page.locator(".co-search__hits mark").count)
    assert not scripts or violations(page) == []

    box = page.locator("#search-q")
    box.focus()
    page.keyboard.press("End")
    page.keyboard.insert_text(" kind:thr")  # All at once, so that suggestions come once and stay.
    if scripts:
        page.wait_for_selector('[role="option"][data-insert="kind:thread"]')
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(box).to_have_value("sepsis kind:thread ")
    else:
        page.keyboard.type("ead")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".co-search__chip code").first).to_have_text("kind:thread")

    page.get_by_role("button", name="Save this search").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    saved = page.locator(".co-row", has_text="sepsis kind:thread")
    expect(saved).to_have_count(1)
    saved.get_by_role("button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(saved).to_have_count(0)

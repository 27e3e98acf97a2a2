"""The keyboard alone: from the skip link through sign-in to a sent reply, with the focus always in sight."""

from playwright.sync_api import Page, expect

from tests.journeys.browsing import PASSWORD, Visits

REPLY = "We tried the same order and it works with two people in the room; alone it takes rather longer."
# What has the focus is marked by an outline or a shadow, stands inside the window, and nothing lies over it.
IN_SIGHT = """async () => {
  // What moves out of the way, like the skip link, has done so after a frame.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const focused = document.activeElement;
  const box = focused.getBoundingClientRect();
  const style = getComputedStyle(focused);
  const marked = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none" || style.boxShadow !== "none";
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const free = !!top && (focused.contains(top) || top.contains(focused) || top.closest("label")?.control === focused);
  return { name: (focused.getAttribute("aria-label") || focused.innerText || focused.name || "").trim().slice(0, 60),
           tag: focused.tagName, over: free ? "" : top?.outerHTML.slice(0, 80), marked, free,
           inside: box.bottom > 0 && box.top < innerHeight };
}"""
MOST_STEPS = 120


def test_a_member_replies_without_a_mouse(visits: Visits) -> None:
    visit = visits.open()
    page = visit.go("/accounts/login/")
    page.keyboard.press("Tab")
    assert seen(page)["name"] == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    walk_to(page, "[name=login]")
    page.keyboard.type("member@demo.example")
    walk_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    walk_to(page, ".co-nav a[href='/forums/']")
    enter(page)
    page.keyboard.press("j")
    assert seen(page)["tag"] == "A"
    walk_to(page, "h3 a[href='/forums/acute-care/']")
    enter(page)
    walk_to(page, ".co-row__title a")
    enter(page)

    walk_to(page, "[name=source]")
    page.keyboard.type(REPLY)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator(".co-post").last).to_contain_text(REPLY)


def walk_to(page: Page, target: str) -> None:
    """Press Tab until `target` has the focus; on the way every stop must be in sight."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        seen(page)
        if page.evaluate("selector => document.activeElement.matches(selector)", target):
            return
    raise AssertionError(f"the keyboard does not reach {target} on {page.url}")


def seen(page: Page) -> dict[str, str]:
    stop = page.evaluate(IN_SIGHT)
    if stop["tag"] != "BODY":
        assert stop["marked"], f"the focus is not marked on {page.url}: {stop}"
        assert stop["free"] and stop["inside"], f"the focus is covered on {page.url}: {stop}"
    return dict(stop)


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")

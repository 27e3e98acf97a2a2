"""axe-core on an open page: WCAG 2.2 AA and its own best practices. Only what is wrong comes back from the browser."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
# The other theme has other colours and nothing else that axe could find.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
# Colours that are still changing from one theme to the other are nobody's: what moves is brought to its end first.
FIND = """async (options) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  // What inherits a colour begins to change when its parent has ended: level by level, until all is still.
  for (let still = 0, rounds = 0; still < 3 && rounds < 200; rounds += 1) {
    await frame();
    const moving = document.getAnimations();
    still = moving.length ? 0 : still + 1;
    for (const each of moving) {
      try { each.finish(); } catch { each.cancel(); }
    }
  }
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, nodes }) => {
    const first = nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`);
    return `${id}: ${nodes.length}: ${first.join(" | ")}`;
  });
}"""


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe finds wrong, one line for each rule, with the first three places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(FIND, rules))

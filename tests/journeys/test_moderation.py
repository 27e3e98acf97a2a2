"""Words that wait for a moderator, words that members report, and what their authors hear."""

from tests.journeys.browsing import Visit, Visits

DECIDED, LOOKED_AT = "A moderator has decided about something you wrote", "Something you reported has been looked at"
DOUBTFUL = "Our handout for new colleagues is at https://www.facebook.com/invented.teaching.page under the first post."


def test_a_held_reply_is_released_and_its_author_told(visits: Visits, scripts: bool) -> None:
    author, moderator = visits.open("presenter", scripts=scripts), visits.open("moderator", scripts=scripts)
    open_first_thread(author, "/forums/mental-health/" if scripts else "/forums/medicines-safety/")
    address = author.path
    author.page.fill("[name=source]", DOUBTFUL)
    author.press("Post reply")
    assert "Your post waits for a moderator" in author.text
    before = notices(author, DECIDED)
    assert "facebook" not in moderator.go(address).locator("#main").inner_text()

    claim(moderator, "hold", "Lucía Quintanar")
    assert "facebook.com/invented.teaching.page" in moderator.page.locator("mark").first.inner_text()
    decide(moderator, "release")

    assert DOUBTFUL[:30] in author.go(address).locator("#main").inner_text()
    wait_for_notice(author, DECIDED, before)


def test_a_report_is_decided_and_its_reporter_told(visits: Visits, scripts: bool) -> None:
    reporter, moderator = visits.open("nurse", scripts=scripts), visits.open("moderator", scripts=scripts)
    open_first_thread(reporter, "/forums/rehabilitation-ageing/" if scripts else "/forums/infection/")
    title = reporter.page.locator("h1").inner_text()
    with reporter.page.expect_navigation():
        reporter.page.locator(".co-post a[href$='/report/']").first.click()
    reporter.page.locator("[name=reason]").first.check()
    reporter.page.fill("[name=note]", "It reads like an advertisement to me.")
    reporter.press("Send report")
    before = notices(reporter, LOOKED_AT)

    claim(moderator, "report", title)
    assert "It reads like an advertisement to me." in moderator.text
    decide(moderator, "keep")
    wait_for_notice(reporter, LOOKED_AT, before)


def test_a_thread_locked_while_somebody_writes_gives_their_words_back(visits: Visits, scripts: bool) -> None:
    author, moderator = visits.open("presenter", scripts=scripts), visits.open("moderator", scripts=scripts)
    open_first_thread(author, "/forums/rural-community/")
    moderator.go(author.path)
    with moderator.page.expect_navigation():
        moderator.page.get_by_role("button", name="Lock", exact=True).click()

    author.page.fill("[name=source]", "Our nurses carry the same list.")
    with author.watch.expecting(403):
        author.press("Post reply")
    assert author.page.locator("#reply textarea").input_value().strip() == "Our nurses carry the same list."

    with moderator.page.expect_navigation():
        moderator.page.get_by_role("button", name="Unlock", exact=True).click()


def open_first_thread(person: Visit, space: str) -> None:
    person.go(space)
    with person.page.expect_navigation():
        person.page.locator(".co-row__title a").first.click()


def claim(moderator: Visit, kind: str, words: str) -> None:
    """Take up the newest row of the queue that shows these words."""
    moderator.go(f"/review/queue/?kind={kind}")
    with moderator.page.expect_navigation():
        moderator.page.locator("#main .co-list > li").filter(has_text=words).last.get_by_role("link").first.click()
    moderator.press("Claim it for 15 minutes")


def decide(moderator: Visit, outcome: str) -> None:
    moderator.page.check(f"[name=outcome][value={outcome}]")
    moderator.press("Decide")


def notices(person: Visit, words: str) -> set[str | None]:
    """Addresses of the notices that say so: each decision has its own."""
    person.go("/notifications/")
    return shown_notices(person, words)


def shown_notices(person: Visit, words: str) -> set[str | None]:
    return {link.get_attribute("href") for link in person.page.locator("#main h2 a").filter(has_text=words).all()}


def wait_for_notice(person: Visit, words: str, before: set[str | None]) -> None:
    """The worker tells; how soon depends on what else it has to do. What another story brought does not count."""
    person.go("/notifications/")
    person.reload_until(lambda: shown_notices(person, words) - before)

"""Two people on one thread: what one writes reaches the other's page without a reload."""

from playwright.sync_api import expect

from tests.journeys.browsing import PATIENCE, Visits

THREAD = "Home blood pressure: how many readings do you really use?"
REPLY = "We teach the technique once in the waiting room; after that three days of readings are usually good enough."


def test_a_reply_appears_as_a_bar_and_moves_nothing(visits: Visits) -> None:
    reader, writer = visits.open("nurse"), visits.open("member")
    for person in (reader, writer):
        person.go("/forums/primary-care/")
        person.follow(THREAD)
    bar = reader.page.locator("new-replies")
    expect(bar).to_be_hidden()
    before = reader.page.locator(".co-post").count()

    writer.page.fill("[name=source]", REPLY)
    writer.press("Post reply")

    expect(bar.get_by_role("link")).to_have_text("1 new reply", timeout=PATIENCE)
    assert reader.page.locator(".co-post").count() == before
    with reader.page.expect_navigation():
        bar.get_by_role("link").click()
    arrived = reader.page.locator(".co-post").last
    expect(arrived).to_contain_text(REPLY)
    assert arrived.get_attribute("id") == reader.page.url.partition("#")[2] or arrived.is_visible()
    # One's own reply is no news to oneself.
    expect(writer.page.locator("new-replies")).to_be_hidden()

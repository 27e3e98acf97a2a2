"""A presenter with a fake camera goes live from the browser; who attends sees it run, and afterwards from its start."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import PATIENCE, Visits

ROOM = "/webinars/case-free-rounds-second-look/"
LINE = "The sound is clear here."
RUNS_UNTIL = """(video, until) => new Promise((done, failed) => {
  const look = () => video.currentTime >= until && done(video.currentTime);
  video.addEventListener("timeupdate", look);
  setTimeout(() => failed(new Error(`stands at ${video.currentTime} of ${video.duration}`)), 120_000);
  look();
})"""


def test_a_presenter_goes_live_and_the_same_page_plays_the_recording(visits: Visits) -> None:
    presenter, attendee = visits.open("presenter"), visits.open("nurse")
    attendee.go(ROOM)
    attendee.press("Register")

    # Nobody sees anything before the button is pressed; it cannot be pressed before there is something to see.
    page = presenter.go(f"{ROOM}golive/")
    button = page.get_by_role("button", name="Go live", exact=True)
    expect(button).to_be_disabled()
    page.get_by_role("button", name="Use camera and microphone").click()
    expect(page.locator("go-live")).to_have_attribute("phase", "ready", timeout=PATIENCE)
    page.get_by_label("Picture", exact=True).select_option("low")
    button.click()
    expect(page.locator("go-live")).to_have_attribute("phase", "live", timeout=PATIENCE)

    # The room plays by itself and goes on; what is written there knows the moment.
    attendee.go(ROOM)
    began = runs(attendee.page, 1)
    assert runs(attendee.page, began + 2) >= began + 2
    attendee.page.fill("#chat-text", LINE)
    attendee.page.keyboard.press("Enter")
    expect(attendee.page.locator(".room-line__text", has_text=LINE)).to_be_visible(timeout=PATIENCE)

    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="End now").click()
    expect(page.locator("go-live")).to_have_attribute("phase", "ended", timeout=PATIENCE)

    # The same address is the recording: from its start, with the line at its place.
    attendee.go(ROOM)
    video = attendee.page.locator("room-player video")
    expect(attendee.page.locator("room-player")).to_have_attribute("state", "playing", timeout=PATIENCE)
    assert video.evaluate("video => video.currentTime") == 0
    video.evaluate("video => { video.muted = true; return video.play(); }")
    runs(attendee.page, 1)
    line = attendee.page.locator(".rec-line", has_text=LINE)
    place = float(line.get_attribute("data-at") or "nan")
    assert place > 0
    line.get_by_role("link").click()
    # Where it was sent stands in the address; it goes on from there.
    attendee.page.wait_for_url(re.compile(r"\?t=\d+$"))
    assert place - 1 <= int(attendee.page.url.rpartition("=")[2]) <= place + 1
    runs(attendee.page, place - 0.5)
    expect(line).to_have_attribute("aria-current", "true", timeout=PATIENCE)


def runs(page: Page, until: float) -> float:
    """Wait until the video has reached this second; returns where it is."""
    video: Locator = page.locator("room-player video")
    return float(video.evaluate(RUNS_UNTIL, until))

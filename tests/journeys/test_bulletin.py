"""A bulletin is signed by one and released by a second; a correction reaches open pages within seconds."""

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.browsing import PATIENCE, Visit, Visits

SECONDS_TO_ARRIVE = 5.0
WRITERS_ZONE = ZoneInfo("Europe/Brussels")
WORDS = {
    "known": "A water main broke; two districts have no safe water.",
    "unknown": "How long the repair takes.",
    "being_done": "Tankers are on their way.",
    "trust": "The water works and two members say the same.",
    "steps-0-do": "Boil water for one minute\nUse alcohol rub",
    "consequences": "Diarrhoea within days.",
    "contacts": "The water works.",
}


def write(visit: Visit, title: str) -> str:
    """Keep a draft by the form; returns its place below /bulletins/."""
    visit.go("/bulletins/desk/new/")
    visit.page.fill("[name=title]", title)
    for name, words in WORDS.items():
        visit.page.fill(f"[name={name}]", words)
    for name, hours in {"known_since": -1, "next_update_at": 6, "expires_at": 48}.items():
        # On the writer's clock, where no hour is typed that a change of clocks leaves out.
        moment = (datetime.now(UTC) + timedelta(hours=hours)).astimezone(WRITERS_ZONE)
        visit.page.fill(f"[name={name}]", moment.strftime("%Y-%m-%dT%H:%M"))
    visit.press("Keep the draft")
    return visit.page.url.rstrip("/").split("/")[-2]


def test_two_release_it_and_a_correction_arrives_on_open_pages(visits: Visits) -> None:
    writer, second = visits.open("editor", scripts=False), visits.open("moderator")
    slug = write(writer, f"Safe water {uuid4().hex[:6]}")
    writer.press("Sign as the first person")
    second.go(f"/bulletins/desk/{slug}/release/")
    second.press("Release as the second person")
    reader, visitor = visits.open("nurse"), visits.open()
    for person in (reader, visitor):
        person.go(f"/bulletins/{slug}/")
        expect(person.page.get_by_text("Boil water for one minute")).to_be_visible()
    reader.press("I have read this version")

    writer.go(f"/bulletins/desk/{slug}/")
    writer.page.fill("[name=known]", "A water main broke; three districts have no safe water.")
    writer.press("Keep the draft")
    writer.press("Sign as the first person")
    second.go(f"/bulletins/desk/{slug}/release/")
    second.press("Release as the second person")
    released = time.monotonic()
    expect(reader.page.get_by_text("three districts")).to_be_visible(timeout=PATIENCE)
    took = time.monotonic() - released
    expect(visitor.page.get_by_text("three districts")).to_be_visible(timeout=PATIENCE)
    for person in (reader, visitor):
        expect(person.page.locator("[data-said]")).to_contain_text("has just changed")
    assert took < SECONDS_TO_ARRIVE

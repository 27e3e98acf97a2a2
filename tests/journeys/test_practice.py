"""A failed attempt is reviewed, found elsewhere, adapted and reported on; its translation goes stale and says so."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.journeys.browsing import NARROW, Visit, Visits
from tests.journeys.installation import Installation

TITLE = "Dipsticks for every fever in the rainy season: nobody could act on them"
PROBLEM = "Fever clinics overflow in the rains, and dipstick testing at the door slowed the queue."
ADAPTED = "Dipsticks for fever, read by the nurse who may treat"
STEPS = {
    "short": {
        "result": "The queue grew by an hour; treatment did not change.",
        "problem": PROBLEM,
        "summary": "Testing at the door without the right to treat only makes people wait.",
    },
    "done": {
        "timeline-0-when": "2025-10",
        "timeline-0-what": "Tested every fever at the door",
        "core-0-element": "Whoever tests may also treat",
    },
    "results": {"not_worked": "The result waited for a doctor, and so did the patients."},
}

#: The second version, as it is published when its reviewers have agreed; the story has shown their work once.
PUBLISH = """
from community.core.actors import SYSTEM
from community.knowledge.models import WriteUpPage
from community.knowledge.operations.writeups import publish_version
publish_version(WriteUpPage.objects.get(slug="{slug}"), by=SYSTEM)
"""


def test_a_failed_attempt_helps_somebody_elsewhere(visits: Visits, site: Installation) -> None:
    nurse = visits.open("nurse", scripts=False)
    slug = write(nurse)
    review(visits.open("presenter", scripts=False), "specialty")
    review(visits.open("moderator", scripts=False), "region")

    doctor = visits.open("member")
    find_and_adapt(doctor, slug)
    report(doctor)

    expect(doctor.page.locator(".co-stat", has_text="Evidence from practice")).to_contain_text("2")
    expect(doctor.page.locator(".li-tree .li-box--better")).to_contain_text("United Kingdom")
    expect(doctor.page.locator(".li-map .li-dot")).to_have_count(2)
    expect(doctor.page.locator(".li-table tbody tr")).to_have_count(2)
    be_told(visits.open("nurse", size=NARROW, theme="dark"), slug)

    spanish = visits.open("presenter", scripts=False)
    translate(spanish, visits.open("editor", scripts=False), slug)
    spanish.go(f"/practices/{slug}/in/es/")
    assert "the original is at version" not in spanish.text
    go_on(nurse, site, slug)
    spanish.go(f"/practices/{slug}/in/es/")
    assert "Translated from version 1; the original is at version 2" in spanish.text


def write(nurse: Visit) -> str:
    """The guided form, step by step, saved as one goes; returns the word in the address."""
    page = nurse.go("/practices/new/?kind=attempt")
    page.fill("[name=title]", TITLE)
    page.check("[name=kind][value=attempt]")
    nurse.press("Begin")
    slug = nurse.path.split("/")[2]
    for step, fields in STEPS.items():
        page = nurse.go(f"/practices/{slug}/write/{step}/")
        for name, words in fields.items():
            page.fill(f"[name={name}]", words)
        nurse.press("Save and go on")
    page = nurse.go(f"/practices/{slug}/write/setting/")
    page.select_option("[name=facility_level]", "primary")
    page.select_option("[name=specialties]", "infectious-diseases")
    nurse.press("Save and go on")
    page = nurse.go(f"/practices/{slug}/write/integrity/")
    page.select_option("[name=ethics__kind]", "improvement")
    page.check("[name=conflicts__none]")
    nurse.press("Save and go on")
    nurse.go(f"/practices/{slug}/draft/")
    nurse.press("Send for review")
    assert "With its reviewers" in nurse.text, nurse.text
    return slug


def review(peer: Visit, seat: str) -> None:
    """Take a seat with a declaration, make a remark, accept."""
    peer.go("/practices/review/")
    with peer.page.expect_navigation():
        peer.page.locator("[aria-labelledby=wait-h]").get_by_role("link", name=TITLE, exact=True).click()
    peer.page.check(f"[name=seat][value={seat}]")
    peer.page.check("[name=coi_none]")
    peer.press("Take the seat and read")
    assert PROBLEM in peer.text
    peer.page.select_option("[name=weight]", "good")
    peer.page.fill("[name=text]", "The reason is named, and that is what others need.")
    peer.press("Add the remark")
    peer.page.check("[name=verdict][value=accept]")
    peer.page.fill("[name=reason]", "Clear, honest and short.")
    peer.press("Give my verdict")


def find_and_adapt(doctor: Visit, slug: str) -> None:
    page = doctor.go("/practices/match/")
    page.fill("[name=problem]", "In the rains our fever clinic overflows; should we use dipstick tests at the door?")
    page.select_option("[name=facility_level]", "primary")
    doctor.press("Find write-ups")
    first = page.locator(".li-match").first
    expect(first).to_contain_text(TITLE)
    expect(first).to_contain_text("same facility level")
    doctor.follow(TITLE)
    assert doctor.path == f"/practices/{slug}/"
    with page.expect_navigation():
        page.get_by_role("link", name="Adapt this").first.click()
    page.fill("[name=title]", ADAPTED)
    page.fill("[name=started_on]", (date.today() - timedelta(days=120)).isoformat())
    for name, value in {"modified": "context", "nature": "substituting", "decided_by": "team", "goals": "feasibility",
                        "reasons": "organisation", "fidelity": "kept", "moment": "before", "planning": "planned",
                        "delivery_level": "facility"}.items():  # fmt: skip
        page.check(f"[name={name}][value={value}]")
    doctor.press("Begin my adaptation")
    assert ADAPTED in doctor.text


def report(doctor: Visit) -> None:
    doctor.go("/practices/adaptations/")
    doctor.follow("Report")
    doctor.page.check("[name=month][value='3']")
    doctor.page.check("[name=outcome][value=better]")
    doctor.press("Send the report")
    assert doctor.path.endswith("/lineage/")


def be_told(nurse: Visit, slug: str) -> None:
    """The author finds what came of it where notifications stand, and on the page itself."""
    nurse.go("/notifications/")
    assert "An adopter of your write-up reports" in nurse.text
    nurse.go(f"/practices/{slug}/")
    assert "1 adaptation" in nurse.page.locator("body").inner_text()


def translate(translator: Visit, second: Visit, slug: str) -> None:
    """Piece by piece beside the original; somebody else reads it before others do."""
    page = translator.go(f"/practices/{slug}/translate/")
    page.select_option("[name=language]", "es")
    translator.press("Begin")
    boxes = page.locator(".pr-translate__own textarea")
    for number in range(boxes.count()):
        boxes.nth(number).fill("La prueba en la puerta alargó la espera y no cambió el tratamiento.")
    translator.press("Send it to a second reader")
    assert "A second reader who knows the language" in translator.text
    second.go(f"/practices/{slug}/in/es/answer/")
    second.press("It says the same: publish it")
    assert "Published. Thank you for reading it." in second.text


def go_on(nurse: Visit, site: Installation, slug: str) -> None:
    """The original changes, and its second version is published."""
    page = nurse.go(f"/practices/{slug}/write/short/")
    page.fill("[name=result]", "The queue grew by two hours; treatment did not change.")
    nurse.press("Save and go on")
    site.manage("shell", "-c", PUBLISH.format(slug=slug))

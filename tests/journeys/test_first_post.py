"""The whole path: a clinician signs up, is verified, opens a discussion, and is answered."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Visit, Visits
from tests.journeys.installation import Installation
from tests.journeys.newcomers import PASSWORD, Newcomer, licence, put_in_register

SPACE = "/forums/primary-care/"
TITLE = "How do you plan visits after starting a new anticoagulant?"
UNSAFE = "Mrs Waverley, MRN 48151623, called me on 617-555-0142 about her tablets. When would you see her again?"
SAFE = (
    "We see people at one week, one month and three months after starting. **What is your schedule**, and who runs it?"
)
CODE = re.compile(r"^[A-Z0-9-]{6,}$", re.MULTILINE)
ANSWER = "Our nurses run it: two weeks, then quarterly, with a checklist that names the interactions to ask for."


@pytest.fixture(scope="module")
def newcomers(site: Installation, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Newcomer]:
    """Who joins with scripts, and who without; both stand in the register."""
    both = {True: Newcomer("Ottilie", "Brackenfold"), False: Newcomer("Ruben", "Castellow")}
    put_in_register(both.values(), site, tmp_path_factory.mktemp("register"))
    return both


def test_a_clinician_joins_is_verified_posts_and_is_answered(
    visits: Visits, newcomers: dict[bool, Newcomer], scripts: bool
) -> None:
    newcomer = newcomers[scripts]
    doctor = visits.open(scripts=scripts)

    join(doctor, newcomer)
    fill_profile(doctor)
    apply_for_verification(doctor, newcomer)
    be_verified(visits, newcomer, scripts=scripts)
    hear_of_it(doctor)
    open_thread(doctor)
    thread = doctor.path
    answer_as_nurse(visits, thread, scripts=scripts)
    be_told(doctor, newcomer, scripts=scripts)


def join(doctor: Visit, newcomer: Newcomer) -> None:
    page = doctor.go("/accounts/signup/")
    page.fill("[name=email]", newcomer.email)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=given_name]", newcomer.given)
    page.fill("[name=family_name]", newcomer.family)
    page.check("[name=conduct]")
    doctor.press("Make the account")
    asked = page.url

    doctor.go("/demo/outbox/")
    doctor.reload_until(lambda: CODE.search(doctor.text))
    code = CODE.findall(doctor.text)[0]

    page.goto(asked)
    page.fill("[name=code]", code)
    doctor.press("Confirm")


def fill_profile(doctor: Visit) -> None:
    page = doctor.go("/settings/profile/")
    page.select_option("[name=profession]", "2211")
    page.select_option("[name=specialties]", "general-practice")
    page.select_option("[name=country]", "US")
    page.select_option("[name=time_zone]", "America/New_York")
    doctor.press("Save")
    page = doctor.go("/settings/profile/")
    assert page.input_value("[name=country]") == "US"
    # The regions have followed the country.
    page.select_option("[name=subdivision]", "US-MA")
    doctor.press("Save")


def apply_for_verification(doctor: Visit, newcomer: Newcomer) -> None:
    page = doctor.go("/verification/")
    doctor.press("Begin your application")
    page.check("[name=seeks][value=clinician]")
    assert page.input_value("[name=family_name]") == newcomer.family
    page.select_option("[name=profession]", "2211")
    page.select_option("[name=country]", "US")
    doctor.press("Save and continue")

    page.check("[name=register_slug][value=npi]")
    page.fill("[name=number]", newcomer.npi)
    doctor.press("Save and continue")

    doctor.go("/verification/document/")
    page.check("[name=kind][value=licence]")
    page.set_input_files("[name=file]", files=[licence(newcomer)])  # type: ignore[list-item]
    doctor.press("Add the document")
    assert "The document is kept, encrypted" in doctor.text

    doctor.go("/verification/submit/")
    page.check("[name=truthful]")
    doctor.press("Submit")
    assert "Your application is with the reviewers" in doctor.text


def be_verified(visits: Visits, newcomer: Newcomer, *, scripts: bool) -> None:
    verifier = visits.open("verifier", scripts=scripts)
    name = f"{newcomer.given} {newcomer.family}"
    verifier.go("/review/verification/")
    verifier.follow(name)
    verifier.press("Take it up c")
    wait_for_register(verifier)
    rows = verifier.page.locator("table tbody tr")
    cells = [cell.strip() for cell in rows.nth(3).locator("th, td").all_inner_texts()]
    assert cells == ["Number", newcomer.npi, newcomer.npi, "yes"]

    verifier.press("Open o")
    shown = verifier.page.locator("#document img")
    expect(shown).to_be_visible()
    if scripts:
        assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
    verifier.press("Accept Licence or registration certificate")
    address = verifier.path
    decide(verifier)
    second(visits, address, scripts=scripts)


def wait_for_register(verifier: Visit) -> None:
    """The register is read by the worker, not while the applicant waits."""
    verifier.reload_until(lambda: "Register entry" in verifier.text)


def decide(verifier: Visit) -> None:
    button = verifier.page.locator("button[name=decision][value^='verify:']").first
    with verifier.page.expect_navigation():
        button.click()
    assert "Decided." in verifier.text


def second(visits: Visits, address: str, *, scripts: bool) -> None:
    """Where the rule asks for two, another reviewer looks at the same page and agrees."""
    other = visits.open("admin", scripts=scripts)
    other.go(address)
    if other.page.get_by_role("button", name="I agree").count():
        other.press("I agree a")


def hear_of_it(doctor: Visit) -> None:
    """The bell counts the news; once read it is silent again. Others' bulletins may ring it too, earlier or later."""
    wait_for_bell(doctor)
    doctor.go("/notifications/")
    wait_for_news(doctor, "You are verified and may post")
    doctor.press("Mark all as read")
    expect(doctor.page.get_by_role("button", name="Mark all as read")).to_be_hidden()


def open_thread(doctor: Visit) -> None:
    page = doctor.go(SPACE)
    doctor.follow("New thread")
    page.fill("[name=title]", TITLE)
    page.select_option("[name=stance]", "question")
    page.fill("[name=source]", UNSAFE)
    page.fill("[name=tags]", "anticoagulation, follow-up")
    with doctor.watch.expecting(400, 403, 422):
        doctor.press("Post")
    assert "This cannot be posted as it is" in doctor.text
    assert page.input_value("[name=source]") == UNSAFE
    assert page.input_value("[name=title]") == TITLE
    assert {"48151623", "617-555-0142"} <= set(page.locator(".co-findings mark").all_inner_texts())

    page.fill("[name=source]", SAFE)
    doctor.press("Post")
    assert page.locator("h1").inner_text() == TITLE
    assert page.locator(".co-prose strong").first.inner_text() == "What is your schedule"
    assert set(page.locator(".co-tag").all_inner_texts()) == {"anticoagulation", "follow-up"}


def answer_as_nurse(visits: Visits, thread: str, *, scripts: bool) -> None:
    nurse = visits.open("nurse", scripts=scripts)
    nurse.go(thread)
    nurse.follow("Reply #1")
    nurse.page.select_option("[name=stance]", label="Local practice")
    nurse.page.fill("[name=source]", ANSWER)
    nurse.press("Post reply")
    expect(nurse.page.locator(".co-post").last).to_contain_text("two weeks, then quarterly")


def be_told(doctor: Visit, newcomer: Newcomer, *, scripts: bool) -> None:
    """With scripts the bell counts by itself; without, at the next page. The mail says that, not what."""
    bell = doctor.page.locator("live-badge [data-count]")
    if not scripts:
        doctor.go("/forums/")  # Not the thread: whoever sees the answer there has read the notice too.
        wait_for_bell(doctor)
    expect(bell).to_have_text(re.compile("[1-9]"))

    doctor.go("/notifications/")
    wait_for_news(doctor, "Somebody answered your post")
    doctor.follow("Somebody answered your post")
    expect(doctor.page.locator(".co-post").last).to_contain_text("two weeks, then quarterly")

    doctor.go("/demo/outbox/")
    mails = doctor.page.locator("#main article").filter(has_text="Somebody answered your post")
    doctor.reload_until(mails.count)
    mail = mails.first.inner_text()
    assert newcomer.email in mail
    for words in (TITLE, "quarterly", "checklist", "anticoag", "Mbalisa"):
        assert words.lower() not in mail.lower(), mail


def wait_for_bell(doctor: Visit) -> None:
    doctor.reload_until(doctor.page.locator("live-badge:not([hidden])").count)


def wait_for_news(doctor: Visit, text: str) -> None:
    doctor.reload_until(lambda: text in doctor.text)

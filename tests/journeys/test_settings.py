"""What members say about themselves, what they see of others, and what reaches them."""

from playwright.sync_api import expect

from tests.journeys.browsing import Visit, Visits

STATEMENT = "Lecture fees from an invented maker of inhalers, this year."
ANSWER = "Ours is a one-page sheet that the pharmacist fills in before the visit."


def test_a_declared_interest_stands_with_the_next_post(visits: Visits, scripts: bool) -> None:
    member = visits.open("editor", scripts=scripts)
    page = member.go("/settings/conflicts/")
    page.fill("[name=statement]", STATEMENT)
    page.uncheck("[name=none]")
    member.press("Declare as of today")
    assert "Your statement is saved with today's date." in member.text

    member.go("/forums/medicines-safety/" if scripts else "/forums/palliative-cancer/")
    with page.expect_navigation():
        page.locator(".co-row__title a").last.click()
    page.fill("[name=source]", ANSWER)
    member.press("Post reply")
    assert STATEMENT in page.locator(".co-post").last.inner_text()


def test_times_are_shown_in_the_members_own_zone(visits: Visits, scripts: bool) -> None:
    member = visits.open("learner", scripts=scripts)
    page = member.go("/settings/profile/")
    titles = {}
    for zone in ("Asia/Kolkata", "America/New_York"):
        page.select_option("[name=time_zone]", zone)
        member.press("Save")
        member.go("/forums/")
        titles[zone] = page.locator("relative-time").first.get_attribute("title")
        member.go("/settings/profile/")
    assert titles["Asia/Kolkata"].endswith("IST")
    assert titles["America/New_York"].endswith(("EST", "EDT"))


def test_the_directory_finds_a_nurse_in_africa(visits: Visits, scripts: bool) -> None:
    member = visits.open("member", scripts=scripts, size={"width": 390, "height": 844})
    page = member.go("/members/")
    everybody = page.locator("#main .co-row").count()
    page.get_by_text("Narrow by profession, specialty, place or language").click()
    page.select_option("[name=profession]", "2221")
    page.select_option("[name=who_region]", "AFR")
    member.press("Show")
    found = page.locator("#main .co-row")
    assert 1 <= found.count() < everybody
    assert "Thandeka Mbalisa" in member.text
    member.follow("Clear")
    assert page.locator("#main .co-row").count() == everybody


def test_a_member_chooses_what_reaches_them(visits: Visits, scripts: bool) -> None:
    member = visits.open("nurse", scripts=scripts)
    page = member.go("/settings/notifications/")
    choice = page.locator("[name$=email]").first
    before = choice.input_value()
    other = "daily" if before != "daily" else "now"
    choice.select_option(other)
    member.press("Save")
    member.go("/settings/notifications/")
    expect(choice).to_have_value(other)


def test_a_session_on_another_device_is_ended_from_the_list(visits: Visits, scripts: bool) -> None:
    member, elsewhere = signed_in(visits, scripts=scripts), signed_in(visits, scripts=scripts)
    member.go("/accounts/sessions/")
    assert member.page.get_by_text("This one", exact=True).count() == 1
    ends = member.page.locator("#main").get_by_role("button", name="End", exact=True)
    assert ends.count() >= 1

    member.press("End all others")
    elsewhere.go("/settings/profile/")
    assert elsewhere.path == "/accounts/login/"
    member.go("/settings/profile/")
    assert member.path == "/settings/profile/"


def signed_in(visits: Visits, *, scripts: bool) -> Visit:
    """The one persona that no other story keeps a session of."""
    visit = visits.open(scripts=scripts)
    visit.sign_in("expired@demo.example", "collegium-demo")
    return visit

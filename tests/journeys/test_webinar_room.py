"""The room of a webinar: a question is asked, voted for and answered, a poll is held; and the same without scripts."""

from playwright.sync_api import Page, expect

from tests.journeys.browsing import NARROW, PATIENCE, Visits

ROOM = "/webinars/case-free-sepsis-rounds/"
LINE = "Here we take the capillary refill time before anything else."
REFUSED = "My patient John Smith, born 3 March 1961, has it too."
QUESTION = "Which sign do you teach first to those who have no laboratory at night?"
POLL = "What do you measure first?"


def test_a_question_is_voted_for_and_answered_and_a_poll_is_held(visits: Visits) -> None:
    attendee, asker = visits.open("member"), visits.open("nurse", size=NARROW)
    presenter, moderator = visits.open("presenter"), visits.open("moderator")
    for person in (attendee, asker, presenter, moderator):
        person.watch.expected |= {403}  # words that are refused; nobody asks for video before there is any

    for person in (attendee, asker):
        _enter(person.go(ROOM))
    presenter.go(f"{ROOM}present/")
    moderator.go(f"{ROOM}desk/")

    # What may point to a patient stays with its author; what may not reaches everybody.
    attendee.page.fill("#chat-text", REFUSED)
    attendee.page.keyboard.press("Enter")
    expect(attendee.page.locator("#chat-findings mark", has_text="John Smith")).to_be_visible(timeout=PATIENCE)
    expect(attendee.page.locator("#chat-text")).to_have_value(REFUSED)
    attendee.page.fill("#chat-text", LINE)
    attendee.page.keyboard.press("Enter")
    expect(asker.page.locator(".room-line__text", has_text=LINE)).to_be_visible(timeout=PATIENCE)

    # Asked without a name, voted for by another, answered by the presenter: everybody sees it.
    asker.page.click("#tab-questions")
    asker.page.fill("#question-text", QUESTION)
    asker.page.check("#question-anonymous")
    asker.page.get_by_role("button", name="Ask", exact=True).click()
    attendee.page.click("#tab-questions")
    asked = attendee.page.locator(".room-question", has_text=QUESTION)
    expect(asked).to_contain_text("Anonymous", timeout=PATIENCE)
    asked.locator(".room-vote").click()
    expect(asker.page.locator(".room-question", has_text=QUESTION).locator(".room-vote__n")).to_have_text(
        "1", timeout=PATIENCE
    )
    presenter.page.get_by_role("button", name="Answered", exact=True).click()  # the one that was being answered
    waiting = presenter.page.locator(".presenter__later li", has_text=QUESTION)
    waiting.get_by_role("button", name="Answer now").click()
    expect(asked).to_contain_text("Being answered", timeout=PATIENCE)
    expect(presenter.page.locator(".presenter__text")).to_have_text(QUESTION, timeout=PATIENCE)
    presenter.page.get_by_role("button", name="Answered", exact=True).click()
    expect(asked).to_contain_text("Answered", timeout=PATIENCE)

    # A poll is made at the desk, opened there, answered with the keyboard, and closed.
    _make_poll(moderator.page)
    moderator.page.get_by_role("button", name=f"Open {POLL}").click()
    attendee.page.click("#tab-polls")
    choice = attendee.page.get_by_role("radio", name="Respiratory rate")
    expect(choice).to_be_visible(timeout=PATIENCE)
    choice.focus()
    attendee.page.keyboard.press("Space")
    attendee.page.keyboard.press("Enter")
    expect(attendee.page.locator(".room-poll").first).to_contain_text("You have answered", timeout=PATIENCE)
    moderator.page.get_by_role("button", name=f"Close the poll {POLL}").click()
    expect(attendee.page.locator(".room-poll").first).to_contain_text("fewer than 5", timeout=PATIENCE)


def test_the_room_works_without_scripts(visits: Visits) -> None:
    asker, voter = visits.open("nurse", scripts=False), visits.open("member", scripts=False)
    asker.watch.expected |= {403}
    question = "Without scripts: how often do you look again in the first hour?"

    asker.go(ROOM)
    assert asker.page.locator("meta[http-equiv=refresh]").count() == 1
    asker.go(f"{ROOM}?still=1")
    assert asker.page.locator("meta[http-equiv=refresh]").count() == 0
    asker.page.fill("#question-text", REFUSED)
    asker.press("Ask")
    assert "John Smith" in asker.page.locator(".room-tried mark").all_inner_texts()
    assert asker.page.locator("#question-text").input_value() == REFUSED
    asker.page.fill("#question-text", question)
    asker.press("Ask")
    assert question in asker.text

    voter.go(ROOM)
    before = voter.page.locator(".room-question", has_text=question)
    with voter.page.expect_navigation():
        before.get_by_role("button").click()
    voter.go(ROOM)
    after = voter.page.locator(".room-question", has_text=question)
    assert after.locator(".room-vote").get_attribute("aria-pressed") == "true"


def _enter(page: Page) -> None:
    expect(page.locator("[data-room=connection]")).to_have_text("Connected", timeout=PATIENCE)


def _make_poll(page: Page) -> None:
    page.get_by_text("Make a poll").click()
    page.get_by_label("Question", exact=True).fill(POLL)
    for number, words in enumerate(["Respiratory rate", "Blood pressure"], start=1):
        page.get_by_label(f"Answer {number}").fill(words)
    page.get_by_role("button", name="Save the poll").click()
    expect(page.get_by_role("button", name=f"Open {POLL}")).to_be_visible(timeout=PATIENCE)

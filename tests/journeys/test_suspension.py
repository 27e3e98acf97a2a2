"""A right that ends while its holder is on the page: the next word is refused, over the form and over the socket."""

from typing import Any

from playwright.sync_api import expect

from tests.journeys.browsing import Visit, Visits

SPACE = "/forums/acute-care/"
FIRST = "We moved the discussion to the start of the shift, and attendance went up at once."
SECOND = "After a month we made it shorter, and nobody wanted the longer one back."
THIRD = "The short form is still in use a year later."
OPEN = """async (topic) => {
  const socket = new WebSocket(`ws://${location.host}/ws/topics/${topic}/`);
  const frames = [];
  window.line = { socket, frames };
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  await new Promise((resolve) => { socket.onopen = resolve; });
  socket.send(JSON.stringify({ do: "join" }));
}"""
SAY = """(text) => window.line.socket.send(JSON.stringify({ do: "thread.reply", ref: crypto.randomUUID(), text }))"""
HEARD = "(kind) => window.line.frames.find((frame) => frame.is === kind)"


def test_a_muted_member_can_say_nothing_more_until_it_is_lifted(visits: Visits) -> None:
    member, moderator = visits.open("presenter"), visits.open("moderator")
    open_line(member)
    say(member, FIRST)
    assert heard(member, "ack")["state"] == "published"
    report_last_post(visits, member.path)

    mute(moderator, member.page.locator("h1").inner_text())
    say(member, SECOND)
    assert heard(member, "refused")["code"] == "sanctioned"
    with member.watch.expecting(403):
        reply(member, SECOND)
    assert SECOND not in member.page.locator(".co-posts").inner_text()
    assert member.page.locator("#reply textarea").input_value().strip() == SECOND

    with moderator.page.expect_navigation():
        moderator.page.get_by_role("button", name="Lift").last.click()
    member.page.reload()
    reply(member, THIRD)
    expect(member.page.locator(".co-post").last).to_contain_text(THIRD)


def open_line(member: Visit) -> None:
    member.go(SPACE)
    with member.page.expect_navigation():
        member.page.locator(".co-row__title a").last.click()
    member.page.evaluate(OPEN, member.page.locator("new-replies").get_attribute("topic"))


def say(member: Visit, text: str) -> None:
    member.page.evaluate(SAY, text)


def heard(member: Visit, kind: str) -> dict[str, Any]:
    return dict(member.page.wait_for_function(HEARD, arg=kind).json_value())


def reply(member: Visit, text: str) -> None:
    member.page.fill("[name=source]", text)
    member.press("Post reply")


def report_last_post(visits: Visits, thread: str) -> None:
    nurse = visits.open("nurse")
    nurse.go(thread)
    with nurse.page.expect_navigation():
        nurse.page.locator(".co-post a[href$='/report/']").last.click()
    nurse.page.locator("[name=reason]").first.check()
    nurse.press("Send report")


def mute(moderator: Visit, title: str) -> None:
    moderator.go("/review/queue/?kind=report")
    with moderator.page.expect_navigation():
        moderator.page.locator("#main .co-list").get_by_role("link", name=title).last.click()
    moderator.page.get_by_text("Warn, mute or exclude").click()
    moderator.page.select_option("[name=kind]", "mute")
    moderator.page.fill("[name=days]", "2")
    with moderator.page.expect_navigation():
        moderator.page.get_by_role("button", name="Impose").click()

"""People at browsers: contexts that keep what the pages complain about, and the few gestures that all stories need."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A camera that shows a clock and a microphone that beeps, allowed without asking.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PATIENCE = 120_000  # ms; the machine that runs the stories may be busy
PASSWORD = "collegium-demo"
WORDS = re.compile(r"status of (\d{3})")

Theme = Literal["light", "dark"]


def chromium() -> str | None:
    """The browser at hand: CHROMIUM, or what the system has."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@dataclass
class Watch:
    """Keeps every complaint of the pages in a browser: console errors, refused content, requests that failed."""

    site: str
    complaints: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("response", self._response)
        context.on("requestfailed", self._failed)

    @contextmanager
    def expecting(self, *codes: int) -> Iterator[None]:
        """Answers with these codes are part of the story here."""
        self.expected |= set(codes)
        yield
        self.expected -= set(codes)

    def _console(self, message: ConsoleMessage) -> None:
        told = WORDS.search(message.text)
        # Answers with an error are seen in `_response`, which knows the address.
        if message.type == "error" and not (told and "Failed to load resource" in message.text):
            self.complaints.append(f"console: {message.text} ({message.location.get('url')})")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"answer: {response.status} {response.request.method} {response.url}")
        if urlsplit(response.url).netloc != urlsplit(self.site).netloc:
            self.complaints.append(f"leaves the site: {response.url}")

    def _failed(self, request: Request) -> None:
        # A page that is left takes its open requests with it, and so does a question about words since changed.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"request: {request.failure} {request.url}")


@dataclass
class Visits:
    """Opens browsers for people. A persona signs in once, by the form, and keeps the session for later stories."""

    browser: Browser
    site: str
    sessions: dict[str, Any] = field(default_factory=dict)
    opened: list[tuple[BrowserContext, Watch]] = field(default_factory=list)

    def open(
        self,
        persona: str = "",
        *,
        scripts: bool = True,
        size: dict[str, int] = WIDE,
        theme: Theme = "light",
        session: Any = None,
        **options: Any,
    ) -> "Visit":
        """A page of its own browser, signed in as `persona` or with `session`, or as a visitor."""
        context = self.browser.new_context(
            base_url=self.site,
            java_script_enabled=scripts,
            viewport=size,
            color_scheme=theme,
            storage_state=session or (self.session_of(persona) if persona else None),
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        watch = Watch(self.site)
        watch.over(context)
        self.opened.append((context, watch))
        return Visit(context.new_page(), watch)

    def session_of(self, persona: str) -> Any:
        if persona not in self.sessions:
            visit = self.open(scripts=False)
            visit.sign_in(f"{persona}@demo.example", PASSWORD)
            self.sessions[persona] = visit.page.context.storage_state()
            visit.page.close()
        return self.sessions[persona]

    def close(self) -> list[str]:
        """End what is open; returns what the pages complained about."""
        complaints = [line for _context, watch in self.opened for line in watch.complaints]
        for context, _watch in self.opened:
            context.close()
        self.opened.clear()
        return complaints


@dataclass
class Visit:
    """One person at one page."""

    page: Page
    watch: Watch

    def go(self, address: str) -> Page:
        self.page.goto(address)
        return self.page

    def sign_in(self, email: str, password: str) -> None:
        self.go("/accounts/login/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")
        assert urlsplit(self.page.url).path == "/", f"{email} was not let in: {self.page.url}"

    def press(self, name: str) -> None:
        """Press the button with exactly this name in the page's content and wait for what comes."""
        with self.page.expect_navigation():
            self.page.locator("#main").get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.locator("#main").get_by_role("link", name=name).first.click()

    def reload_until(self, is_so: Callable[[], object]) -> None:
        """For what the worker brings, however soon: load the page again until it is there."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not is_so():
            assert time.monotonic() < deadline, self.text
            time.sleep(0.25)
            self.page.reload()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def text(self) -> str:
        return self.page.locator("#main").inner_text()

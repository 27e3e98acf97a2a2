"""Shows finished answers in a real browser: no server, every request of the page is answered from here.

The answers are fetched with Django's test client first, so that no query runs while the browser's event loop does.
"""

import mimetypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from playwright.sync_api import Page, Route, sync_playwright

ORIGIN = "http://testserver"
PATIENCE = 60_000  # ms; the machine may be busy
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

Theme = Literal["light", "dark"]


def chromium() -> str | None:
    """The browser at hand: CHROMIUM, or what the system has."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@dataclass
class Shown:
    """A page in the browser, and what it complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@contextmanager
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@contextmanager
def shown(running: Any, answer: HttpResponse, address: str, **context: Any) -> Iterator[Shown]:
    """Show an answer at its address; `context` is Playwright's (color_scheme, viewport, java_script_enabled …)."""
    with opened(running, **context) as view:
        go(view, answer, address, wait_until="networkidle")
        yield view


@contextmanager
def opened(running: Any, **context: Any) -> Iterator[Shown]:
    """A page for several answers, one after another (see `go`): much cheaper than a new one for each."""
    kept = running.new_context(**context)
    kept.set_default_timeout(PATIENCE)
    view = Shown(kept.new_page())
    view.page.on("console", lambda message: _keep(view, message.type, message.text))
    view.page.on("pageerror", lambda error: view.complaints.append(str(error)))
    yield view
    kept.close()


def go(view: Shown, answer: HttpResponse, address: str, wait_until: Literal["load", "networkidle"] = "load") -> None:
    view.complaints.clear()
    view.page.unroute_all()
    view.page.route("**/*", lambda route: _fulfil(route, answer, address))
    view.page.goto(ORIGIN + address, wait_until=wait_until)


def _keep(view: Shown, kind: str, text: str) -> None:
    if kind == "error" and "status of 4" not in text and "status of 5" not in text and "WebSocket" not in text:
        view.complaints.append(text)


def _fulfil(route: Route, answer: HttpResponse, address: str) -> None:
    path = urlsplit(route.request.url).path
    if path == urlsplit(address).path:
        kept = {name: value for name, value in answer.headers.items() if name.startswith("Content-")}
        route.fulfill(status=answer.status_code, headers=kept, body=answer.content)
        return
    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if not found:
        route.fulfill(status=404, body="")
        return
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    route.fulfill(status=200, content_type=kind, body=Path(str(found)).read_bytes())

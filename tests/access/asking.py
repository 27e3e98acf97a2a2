"""Asks the site as a persona and says in one letter what it answered, and which tables it wrote to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from community.core import limits
from community.members.models import Member

LOGIN = "/accounts/login/"
# What an answer may write without being a change: that somebody is here, caches, and what of a thread was on screen
# (a refused reply shows the thread again).
BOOKKEEPING = {"django_session", "usersessions_usersession", "core_cache", "forums_readmarker"}
WRITE = re.compile(r'^(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
CHANGING = [
    (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'), b"TOKEN"),
    (re.compile(rb'nonce="[^"]*"'), b"NONCE"),
    (re.compile(rb'"csrf[^"]*": ?"[^"]*"'), b"TOKEN"),
]


@dataclass(frozen=True)
class Answer:
    """`letter` as in the table; `written` are the tables that changed."""

    letter: str
    status: int
    body: bytes
    written: frozenset[str]


class Asker:
    """One persona's browser. Whatever it does is undone."""

    def __init__(self, member: Member | None) -> None:
        self.client = Client(raise_request_exception=False)
        if member is not None:
            self.client.force_login(member)
        self.asked = 0
        self.session = self.client.cookies.get(settings.SESSION_COOKIE_NAME)

    def ask(self, method: str, path: str, data: Any = None) -> Answer:
        """GET with a query or POST with a form (or JSON under /api/)."""
        limits.forget_all()
        self._same_session()
        extra = {"REMOTE_ADDR": self._new_address()}
        if path.startswith("/api/") and method == "post":
            extra["content_type"] = "application/json"
        with transaction.atomic(), _writes() as written:
            response = getattr(self.client, method)(path, data or {}, **extra)
            body = b"" if response.streaming else response.content
            transaction.set_rollback(True)
        return Answer(_letter(response), response.status_code, _same(body, path), frozenset(written - BOOKKEEPING))

    def _new_address(self) -> str:
        """Never the same twice, so that no limit by address stands in for a permission."""
        self.asked += 1
        return f"2001:db8:{id(self) % 0xFFFF:x}:{self.asked:x}::1"

    def _same_session(self) -> None:
        self.client.cookies = SimpleCookie()
        if self.session is not None:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.session.value


def _letter(response: Any) -> str:
    status = response.status_code
    if status in {301, 302, 303, 307, 308}:
        return "L" if response.headers["Location"].startswith(LOGIN) else "r"
    return {200: ".", 201: ".", 204: ".", 400: "?", 422: "?", 401: "x", 403: "x", 404: "-", 405: "m", 409: "c"}.get(
        status, "!"
    )


def _same(body: bytes, path: str) -> bytes:
    """The body without what differs at each request."""
    for pattern, word in CHANGING:
        body = pattern.sub(word, body)
    return body.replace(path.encode(), b"PATH")


@contextmanager
def _writes() -> Iterator[set[str]]:
    written: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        found = WRITE.match(sql.lstrip())
        if found and context["cursor"].rowcount:
            written.add(found[1])
        return result

    with connection.execute_wrapper(watch):
        yield written

"""Asks the site as a persona and says in one letter what it answered, and which tables it wrote to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import connection, transaction
from django.test import Client

from community.core import limits
from community.core import middleware as viewers
from community.core.audiences import Viewer, viewer_of
from community.members import middleware as factors
from community.members.models import Member
from community.members.policies import has_second_factor

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

    def __init__(self, member: Member | None, *, enforce_csrf_checks: bool = False) -> None:
        self.client = Client(enforce_csrf_checks, raise_request_exception=False)
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


@contextmanager
def looked_up_once() -> Iterator[None]:
    """Look each persona up at their first request only: whatever a request does is undone, so that the next one would
    find the same rows. The member of a session, their groups, second factor and tokens were a third of all the time.
    """
    fetch = ModelBackend.get_user
    members: dict[int, Member] = {}
    tokens: dict[int, frozenset[str]] = {}
    has_factor: dict[int, bool] = {}

    def get_user(backend: ModelBackend, pk: int) -> Member | None:
        if pk not in members:
            found = fetch(backend, pk)
            if not isinstance(found, Member):
                return None
            has_factor[pk], tokens[pk] = has_second_factor(found), viewer_of(copy(found)).tokens
            assert found.group_names is not None  # kept on the member from now on
            members[pk] = found
        return copy(members[pk])

    def viewer(user: Any) -> Viewer:
        return Viewer(user, tokens[user.pk]) if user.is_authenticated and user.is_active else viewer_of(user)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ModelBackend, "get_user", get_user)
        patch.setattr(viewers, "viewer_of", viewer)
        patch.setattr(factors, "has_second_factor", lambda member: has_factor[member.pk])
        yield


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

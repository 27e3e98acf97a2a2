"""Who a socket belongs to, from the session cookie, and whether that session still counts.

Channels' own look-up ignores SECRET_KEY_FALLBACKS and throws the session away; this one only reads.
"""

from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.db import Error
from django.utils.crypto import constant_time_compare

from community.core.languages import asked_language
from community.live.threads import to

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]


class SessionKey:
    """Puts `session_key` ("" without a cookie) and `language` into the scope of a socket.

    Whose it is must still be asked; what they chose as their language comes before this one.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        cookie = _cookie(scope)
        key, chosen = cookie.get(settings.SESSION_COOKIE_NAME), cookie.get(settings.LANGUAGE_COOKIE_NAME)
        accepted = next((value for name, value in scope.get("headers", []) if name == b"accept-language"), b"")
        language = asked_language(chosen.value if chosen else "", accepted.decode("latin-1"))
        known = {"session_key": key.value if key else "", "language": language}
        await self.application({**scope, **known}, receive, send)


class SessionAuthentication:
    """Inside SessionKey: puts `member` (or None) into the scope."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        key = scope["session_key"]
        try:
            member = await to("join", member_of_session, key) if key else None
        except Error:  # the database is away for a moment: come back later
            await WebsocketDenier()(scope, receive, send)
            return
        await self.application({**scope, "member": member}, receive, send)


def member_of_session(session_key: str) -> Any | None:
    """The active member this session is signed in as, or None when it has ended."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return members_of_contents({session_key: session.load()}).get(session_key)


def members_of_contents(contents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Session key → the active member, for those of these sessions that count, in one query."""
    signed_in = {
        key: data
        for key, data in contents.items()
        if data.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS and str(data.get(SESSION_KEY)).isdecimal()
    }
    wanted = {int(data[SESSION_KEY]) for data in signed_in.values()}
    members = get_user_model()._default_manager.filter(is_active=True).in_bulk(wanted) if wanted else {}
    found = {key: members.get(int(data[SESSION_KEY])) for key, data in signed_in.items()}
    return {key: member for key, member in found.items() if member and _is_current(member, signed_in[key])}


def _is_current(member: Any, data: dict[str, Any]) -> bool:
    """The session dies with the password; keys that are being rotated out still count."""
    session_hash = data.get(HASH_SESSION_KEY, "")
    hashes = [member.get_session_auth_hash(), *member.get_session_auth_fallback_hash()]
    return any(constant_time_compare(session_hash, candidate) for candidate in hashes)


def _cookie(scope: Scope) -> "SimpleCookie":
    cookie: SimpleCookie = SimpleCookie()
    for name, value in scope.get("headers", []):
        if name == b"cookie":
            cookie.load(value.decode("latin-1"))
    return cookie

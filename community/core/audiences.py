"""Visibility is data: a row has one audience token, a viewer has a set of them, and the intersection decides.

The same rule runs in reverse: `members_in(token)` are the people who may see a row. Packages above register what
they know ("space:12", "verified") as token sources. Several audiences at once are one token too (unions.py).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.auth import get_user_model
from django.db import models

from community.core.unions import UNION, tokens_in, unions_with

PUBLIC = "public"
MEMBERS = "members"
VERIFIED = "verified"
STAFF = "staff"


@dataclass(frozen=True)
class TokenSource:
    """Where tokens of one prefix come from, and who holds them.

    `tokens_for(member)` yields the tokens a signed-in member has; `members_for(token)` is the queryset of members
    who have `token`. Both must say the same: a property-based test compares them.
    """

    prefix: str
    tokens_for: Callable[[Any], Iterable[str]]
    members_for: Callable[[str], "models.QuerySet[Any]"]


_sources: dict[str, TokenSource] = {}
_names: dict[str, Callable[[str], str]] = {}


def register_tokens(source: TokenSource) -> None:
    _sources[source.prefix] = source


def register_names(prefix: str, name_of_value: Callable[[str], str]) -> None:
    """Say what tokens of a prefix stand for: `name_of_value("12")` is the name behind "space:12"."""
    _names[prefix] = name_of_value


def name_of(token: str) -> str:
    """The name of what a token stands for; empty where nobody knows one."""
    prefix, _colon, value = token.partition(":")
    return _names[prefix](value) if prefix in _names else ""


def user_token(member: Any) -> str:
    """The audience of what only this member may see."""
    return f"user:{member.pk}"


@dataclass(frozen=True)
class Viewer:
    """Who looks, and what may be seen. Resolved once for each request or socket check."""

    member: Any | None
    tokens: frozenset[str]

    @classmethod
    def anonymous(cls) -> Self:
        return cls(None, frozenset({PUBLIC}))

    @property
    def is_signed_in(self) -> bool:
        return self.member is not None

    def has(self, token: str) -> bool:
        return token in self.tokens


def viewer_of(member: Any | None) -> Viewer:
    """The viewer for a member; nobody, or somebody who is no longer active, sees what is public."""
    if member is None or not member.is_authenticated or not member.is_active:
        return Viewer.anonymous()
    tokens = {PUBLIC, MEMBERS, user_token(member)}
    for source in _sources.values():
        tokens.update(source.tokens_for(member))
    return Viewer(member, frozenset(tokens | unions_with(tokens)))


def members_in(token: str) -> "models.QuerySet[Any]":
    """Who may see a row of this audience: the rule in reverse, for notifications, mail and sockets."""
    active = get_user_model()._default_manager.filter(is_active=True)
    if token in {PUBLIC, MEMBERS}:
        return active
    prefix, _colon, value = token.partition(":")
    if prefix == "user":
        return active.filter(pk=int(value)) if value.isdigit() else active.none()
    if prefix == UNION:
        some = models.Q(pk__in=[])
        for each in tokens_in(token):
            some |= models.Q(pk__in=members_in(each).order_by().values("pk"))
        return active.filter(some)
    source = _sources.get(prefix)
    return source.members_for(token).filter(is_active=True) if source else active.none()


class AudienceQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """A queryset whose rows carry an audience."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The rows this viewer may see."""
        return self.filter(audience__in=viewer.tokens)

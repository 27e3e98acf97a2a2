"""Several audiences at once: a union of tokens is one token as well, "any:" and a digest of them, so it never changes.

So a row keeps its one token, and SQL, search, sockets and mail need not know that it stands for several. A viewer who
has one of the tokens has the union's as well (audiences.viewer_of), and `members_in` is whoever has one of them.
"""

import hashlib
from collections.abc import Collection, Iterable

from django.apps import apps
from django.core.cache import caches
from django.db import transaction

UNION = "any"
#: A page view must not pay a query for it. A new union is unknown to other processes for at most this long, and what
#: it opens is then not seen yet; nothing is ever seen too long, for a union never changes.
KEPT_SECONDS = 10
KEY = "core.unions"


def union_of(tokens: Collection[str]) -> str:
    """One token for these: the token itself where there is one, else the union of them, made when it is new."""
    names = sorted(set(tokens))
    if not names:
        raise ValueError("a union of nothing")
    if len(names) == 1:
        return names[0]
    tokens = " ".join(names)
    digest = hashlib.sha256(tokens.encode()).hexdigest()[:40]
    apps.get_model("core", "AudienceUnion")._default_manager.get_or_create(digest=digest, defaults={"tokens": tokens})
    _forget()
    transaction.on_commit(_forget)
    return f"{UNION}:{digest}"


def tokens_in(token: str) -> list[str]:
    """The tokens that a token stands for; of one that is no union, itself."""
    prefix, _colon, digest = token.partition(":")
    if prefix != UNION:
        return [token]
    unions = apps.get_model("core", "AudienceUnion")._default_manager
    found = unions.filter(digest=digest).values_list("tokens", flat=True).first()
    return found.split() if found else []


def unions_with(tokens: Iterable[str]) -> set[str]:
    """The unions that hold one of these tokens."""
    cache = caches["process"]
    known: dict[str, list[str]] | None = cache.get(KEY)
    if known is None:
        known = _by_token()
        cache.set(KEY, known, KEPT_SECONDS)
    return {union for token in tokens for union in known.get(token, ())} if known else set()


def forget_unions() -> None:
    """Begin with none, as an empty database has none, until one is made: for tests, which count queries."""
    caches["process"].set(KEY, {}, None)


def _by_token() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for digest, tokens in apps.get_model("core", "AudienceUnion")._default_manager.values_list("digest", "tokens"):
        for token in tokens.split():
            found.setdefault(token, []).append(f"{UNION}:{digest}")
    return found


def _forget() -> None:
    caches["process"].delete(KEY)

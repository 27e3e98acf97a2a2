"""Who may stay: the rights of many open sockets asked in few queries, and of one socket in full."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session

from community.core.among import Among
from community.core.audiences import viewer_of
from community.core.clock import now
from community.live.authentication import member_of_session
from community.live.registry import TopicAccess, access, still_in_of

IN_ONE_QUERY = 2_000
KEPT_IN_DATABASE = {"django.contrib.sessions.backends.db", "django.contrib.sessions.backends.cached_db"}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stand:
    """What an open socket stands on. `proof` changes with the member's password, and all sessions end with it."""

    session_key: str
    member_id: int
    proof: int
    kind: str
    key: str


@dataclass
class Verdict:
    """Those who are signed in no more, those without a right, and those who can only be asked one by one."""

    signed_out: set[Stand] = field(default_factory=set)
    without_right: set[Stand] = field(default_factory=set)
    unsure: set[Stand] = field(default_factory=set)


def right_of(session_key: str, kind: str, key: str) -> tuple[Any, TopicAccess | None] | None:
    """In full: None without a living session, else the member and the access to the topic."""
    member = member_of_session(session_key)
    if member is None:
        return None
    return member, access(kind, key, viewer_of(member))


def proof_of(member: Any) -> int:
    return hash(member.password)


def judge(stands: Collection[Stand]) -> Verdict:
    """The same in bulk, by sessions, members and `still_in` of each kind of topic."""
    if settings.SESSION_ENGINE not in KEPT_IN_DATABASE:
        return Verdict(unsure=set(stands))
    living = _living_sessions({stand.session_key for stand in stands})
    proofs = _proofs({stand.member_id for stand in stands})
    verdict = Verdict()
    by_topic: dict[tuple[str, str], list[Stand]] = defaultdict(list)
    for stand in stands:
        if stand.session_key in living and proofs.get(stand.member_id) == stand.proof:
            by_topic[stand.kind, stand.key].append(stand)
        else:
            verdict.signed_out.add(stand)
    for (kind, key), there in by_topic.items():
        still_in = still_in_of(kind)
        if still_in is None:
            verdict.unsure.update(there)
        else:
            staying = _staying(still_in, key, {stand.member_id for stand in there})
            verdict.without_right.update(stand for stand in there if stand.member_id not in staying)
    return verdict


def _living_sessions(keys: set[str]) -> set[str]:
    rows = Session.objects.filter(expire_date__gt=now())
    return {key for some in chunks(keys) for key in rows.filter(pk__in=Among(some)).values_list("pk", flat=True)}


def _proofs(ids: set[int]) -> dict[int, int]:
    rows = get_user_model()._default_manager.filter(is_active=True)
    found = (pair for some in chunks(ids) for pair in rows.filter(pk__in=Among(some)).values_list("pk", "password"))
    return {pk: hash(password) for pk, password in found}


def _staying(still_in: Callable[[str, Collection[int]], set[int]], key: str, ids: set[int]) -> set[int]:
    return {member for some in chunks(ids) for member in still_in(key, some)}


def chunks(items: Iterable[T], size: int = IN_ONE_QUERY) -> Iterator[list[T]]:
    whole = list(items)
    for start in range(0, len(whole), size):
        yield whole[start : start + size]

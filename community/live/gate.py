"""The door: who comes while others are being asked for is asked for together with all who wait by then.

One who comes alone waits for nobody. A crowd, such as after a broken line, costs few queries for all of it.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.contrib.sessions.models import Session

from community.core.among import Among
from community.core.audiences import viewer_of
from community.core.clock import now
from community.live.authentication import member_of_session, members_of_contents
from community.live.registry import TopicAccess, access, resolver_of_many
from community.live.rights import KEPT_IN_DATABASE
from community.live.threads import to

MOST_AT_ONCE = 250

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Entry = tuple[str, str, Any]  # kind of topic, its key, the member


class Together(Generic[Item, Answer]):
    """Gathers questions while a batch of them is being answered, and asks those as the next batch."""

    def __init__(self, ask: Callable[[Sequence[Item]], list[Answer]]) -> None:
        self._ask = ask
        self._waiting: list[tuple[Item, asyncio.Future[Answer]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, item: Item) -> Answer:
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        while self._waiting:
            some, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            try:
                answers = await to("join", self._ask, [item for item, _future in some])
            except Exception as error:
                for _item, future in some:
                    if not future.done():
                        future.set_exception(error)
            else:
                for (_item, future), answer in zip(some, answers, strict=True):
                    if not future.done():
                        future.set_result(answer)


class Gate:
    """Belongs to a hub."""

    def __init__(self) -> None:
        self._sessions = Together(members_of_sessions)
        self._entries = Together(accesses)

    async def member_of(self, session_key: str) -> Any | None:
        """The member a session is signed in as, or None."""
        return await self._sessions.ask(session_key)

    async def access_of(self, member: Any, kind: str, key: str) -> TopicAccess | None:
        """The right of a member, whose session was asked just now, to a topic."""
        return await self._entries.ask((kind, key, member))


def members_of_sessions(keys: Sequence[str]) -> list[Any | None]:
    """For each key the active member, or None."""
    if len(keys) == 1 or settings.SESSION_ENGINE not in KEPT_IN_DATABASE:
        return [member_of_session(key) for key in keys]
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    rows = Session.objects.filter(pk__in=Among(set(keys)), expire_date__gt=now()).values_list("pk", "session_data")
    members = members_of_contents({key: store.decode(data) for key, data in rows})
    return [members.get(key) for key in keys]


def accesses(entries: Sequence[Entry]) -> list[TopicAccess | None]:
    """For each entry the right to its topic: in bulk where the kind of topic can, the others one by one."""
    by_topic: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for kind, key, member in entries:
        by_topic[kind, key].append(member)
    known = {topic: _in_bulk(*topic, members) for topic, members in by_topic.items()}
    return [_from(known[kind, key], kind, key, member) for kind, key, member in entries]


def _in_bulk(kind: str, key: str, members: Iterable[Any]) -> dict[int, TopicAccess]:
    resolve_many, crowd = resolver_of_many(kind), list(members)
    return resolve_many(key, crowd) if resolve_many and len(crowd) > 1 else {}


def _from(known: dict[int, TopicAccess], kind: str, key: str, member: Any) -> TopicAccess | None:
    return known.get(member.pk) or access(kind, key, viewer_of(member))

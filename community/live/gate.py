"""The way back in for a crowd: after a broken line everybody comes at once, and most were here a moment ago.

Whoever this process knew in the last minute keeps what they were told of their rights. While many wait at the door,
such members are asked for together (session, account and right to the topic, in few queries); others one by one.
"""

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass

from community.live.registry import TopicAccess
from community.live.rights import IN_ONE_QUERY, Stand, Verdict, judge
from community.live.threads import to

CROWD = 16
KEPT_SECONDS = 60.0
MOST_KEPT = 20_000
GATHER = 0.05


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody stood on and was granted when their socket ended."""

    stand: Stand
    granted: TopicAccess
    until: float


class Gate:
    """Belongs to a hub."""

    def __init__(self) -> None:
        self.known: OrderedDict[tuple[str, str, str], Known] = OrderedDict()
        self.at_the_door = 0
        self.pending: list[tuple[Stand, asyncio.Future[bool]]] = []
        self.opening: asyncio.Task[None] | None = None

    def remember(self, stand: Stand, granted: TopicAccess) -> None:
        place = (stand.session_key, stand.kind, stand.key)
        self.known[place] = Known(stand, granted, time.monotonic() + KEPT_SECONDS)
        while len(self.known) > MOST_KEPT:
            self.known.popitem(last=False)

    def recall(self, session_key: str, kind: str, key: str) -> Known | None:
        """Those who come back in a crowd; whoever comes alone is looked at afresh."""
        known = self.known.pop((session_key, kind, key), None)
        return known if known and self.at_the_door > CROWD and known.until > time.monotonic() else None

    async def may_return(self, stand: Stand) -> bool:
        """Whether they still may be there, asked for everybody at the door together; False also means "not sure"."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.pending.append((stand, answer))
        if self.opening is None or self.opening.done():
            self.opening = asyncio.create_task(self._open())
        return await answer

    async def _open(self) -> None:
        while self.pending:
            await asyncio.sleep(GATHER)
            some, self.pending = self.pending[:IN_ONE_QUERY], self.pending[IN_ONE_QUERY:]
            stands = {stand for stand, _answer in some}
            try:
                verdict = await to("join", judge, stands)
            except Exception:
                verdict = Verdict(unsure=stands)
            doubtful = verdict.signed_out | verdict.without_right | verdict.unsure
            for stand, answer in some:
                if not answer.done():
                    answer.set_result(stand not in doubtful)

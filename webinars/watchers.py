"""Who watches the video that a media server of ours gives out, and whether they still may.

It is asked for each playlist, many times a second; the answer is what was true at most `FRESH` seconds ago, found for
all who watch one webinar through this process at once.
"""

import threading
import time
from dataclasses import dataclass, field

from community.live.gate import members_of_sessions
from community.members.models import Member
from webinars.joining import still_in
from webinars.models import Webinar
from webinars.streaming import is_held_back, webinar_at

FRESH = 3.0  # seconds
SEEN = 30.0  # seconds after which somebody who asks no more is forgotten

#: A member, and the session whose cookie came along, or "" where none can (a media server under another address).
Watcher = tuple[int, str]


@dataclass
class Audience:
    """Those who asked lately for the video of one webinar, and those of them who may have it."""

    asked: dict[Watcher, float] = field(default_factory=dict)
    known: frozenset[Watcher] = frozenset()
    allowed: frozenset[Watcher] = frozenset()
    looked_at: float = -FRESH
    lock: threading.Lock = field(default_factory=threading.Lock)

    def may(self, name: str, watcher: Watcher) -> bool:
        with self.lock:
            moment = time.monotonic()
            self.asked[watcher] = moment
            if watcher not in self.known or self.looked_at <= moment - FRESH:
                self.asked = {each: at for each, at in self.asked.items() if at > moment - SEEN}
                self.known = frozenset(self.asked)
                self.allowed, self.looked_at = _allowed(name, self.known), moment
            return watcher in self.allowed


_audiences: dict[str, Audience] = {}
_guard = threading.Lock()
MOST = 200


def may_watch_now(name: str, member: int, session: str = "") -> bool:
    """Whether this member may have the video at the path `live/<name>` now. With a session, it must be theirs still."""
    with _guard:
        if name not in _audiences and len(_audiences) >= MOST:
            _audiences.clear()
        audience = _audiences.setdefault(name, Audience())
    return audience.may(name, (member, session))


def forget_watchers() -> None:
    """Look again at the next question."""
    with _guard:
        _audiences.clear()


def _allowed(name: str, asked: frozenset[Watcher]) -> frozenset[Watcher]:
    webinar = webinar_at(f"live/{name}")
    if webinar is None or is_held_back(webinar):
        return frozenset()
    may = _members(webinar, {member for member, _session in asked})
    keys = sorted({session for _member, session in asked if session})
    owner = {key: member.pk for key, member in zip(keys, members_of_sessions(keys), strict=True) if member}
    return frozenset(each for each in asked if each[0] in may and (not each[1] or owner.get(each[1]) == each[0]))


def _members(webinar: Webinar, asked: set[int]) -> set[int]:
    inside = still_in(webinar.slug, asked)
    return set(Member.objects.filter(pk__in=inside, is_active=True).values_list("pk", flat=True))

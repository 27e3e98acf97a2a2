"""Writes, hides and closes, and looks how soon search and its index know it; a process of `bench search_fresh`."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter, sleep
from typing import Any

from community.core.audiences import Viewer, viewer_of
from community.core.limits import forget_all
from forums.models import Space, SpaceMember, Thread
from forums.operations import hide_post
from search import outbox
from search.engines import elastic
from search.models import Document
from search.searching import Request, search
from tests.factories.forums import SpaceFactory, make_reply, make_thread, private_group, verified_member
from tests.factories.members import MemberFactory

LOOK_EVERY, AT_MOST = 0.02, 60.0


@dataclass
class Watch:
    """Who writes, who reads, who hides; and how many seconds each thing took."""

    author: Any
    reader: Any
    moderator: Any
    thread: Any
    times: dict[str, list[float]] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begin(cls) -> "Watch":
        author, reader = (verified_member(email=f"{_name()}@bench.test", handle=_name()) for _each in range(2))
        moderator = MemberFactory.create(email=f"{_name()}@bench.test", handle=_name(), in_groups=["Moderators"])
        space = SpaceFactory.create(slug=_name(), name=_name())
        return cls(author, reader, moderator, make_thread(space, by=author))

    def measured(self, rounds: int) -> dict[str, Any]:
        self._write_and_hide(searched=False)  # The clock may still be starting.
        self.times.clear()
        for number in range(rounds):
            forget_all()
            self._write_and_hide(searched=number % 2 == 0)
            if number % 5 == 0:
                self._close()
        found = {name: _figures(times) for name, times in self.times.items()}
        return {**found, "wrong_answers": self.wrong}

    def _write_and_hide(self, *, searched: bool) -> None:
        """Every second reply is searched for at once; the others are left to the clock, and the index is watched."""
        word = f"zq{uuid.uuid4().hex[:10]}"
        post = make_reply(self.thread, by=self.author, source=f"We write {word} today.")
        if searched:
            self._expect("own reply, searched for at once", self.author, word, 1)
            self._expect("another's reply, searched for at once", self.reader, word, 1)
        self._until("written to in the index", lambda: _is_indexed("post", post.pk))
        hide_post(post, by=self.moderator)
        if searched:
            self._expect("hidden, searched for at once", self.reader, word, 0)
        self._until("hidden to gone from the index", lambda: not _is_indexed("post", post.pk))

    def _close(self) -> None:
        """Somebody leaves a group, and a space is for a group only from now on."""
        word = f"zq{uuid.uuid4().hex[:10]}"
        group = private_group(self.author, self.reader, slug=_name(), name=_name())
        make_thread(group, by=self.author, title=f"Of {word}")
        self._expect("in a group", self.reader, word, 1)
        SpaceMember.objects.filter(space=group, member=self.reader).delete()
        self._expect("after leaving a group", self.reader, word, 0)
        word = f"zq{uuid.uuid4().hex[:10]}"
        space = SpaceFactory.create(slug=_name(), name=_name())
        thread = make_thread(space, by=self.author, title=f"Of {word}")
        self._until("written to in the index", lambda: _is_indexed("thread", thread.pk, space.audience))
        audience = f"space:{space.pk}"
        Space.objects.filter(pk=space.pk).update(audience=audience)
        thread.posts.update(audience=audience)
        Thread.objects.filter(pk=thread.pk).update(audience=audience)
        self._until("closed to closed in the index", lambda: _is_indexed("thread", thread.pk, audience))
        self._expect("after a space was closed", self.reader, word, 0)

    def _expect(self, what: str, member: Any, word: str, total: int) -> None:
        """One search, as the page makes it: the seconds of it, and whether it was right."""
        started = perf_counter()
        outbox.catch_up()
        found = search(Request(word, _viewer(member), by_meaning=False)).total
        self.times.setdefault(what, []).append(perf_counter() - started)
        if (found > 0) != (total > 0):
            self.wrong[what] = self.wrong.get(what, 0) + 1

    def _until(self, what: str, is_so: Callable[[], bool]) -> None:
        started = perf_counter()
        while not is_so() and perf_counter() - started < AT_MOST:
            sleep(LOOK_EVERY)
        self.times.setdefault(what, []).append(perf_counter() - started)


def _is_indexed(kind: str, key: int, audience: str = "") -> bool:
    """Whether the index itself holds it, for this audience; on the search server where there is one."""
    if not elastic.is_on():
        found = Document.objects.filter(kind=kind, key=key)
        return (found.filter(audience=audience) if audience else found).exists()
    from search.engines.elastic import server  # noqa: PLC0415 - the client is imported where it is used

    asked: list[dict[str, Any]] = [{"term": {"kind": kind}}, {"term": {"key": key}}]
    asked += [{"term": {"audience": audience}}] if audience else []
    try:
        answer = server.client().search(index=server.index_name(), size=1, query={"bool": {"filter": asked}})
    except server.UNAVAILABLE:
        return False
    return bool(answer["hits"]["hits"])


def _viewer(member: Any) -> Viewer:
    return viewer_of(type(member).objects.get(pk=member.pk))


def _name() -> str:
    return uuid.uuid4().hex[:12]


def _figures(times: list[float]) -> dict[str, Any]:
    cuts = quantiles(times, n=20) if len(times) > 1 else [times[0]] * 19
    return {"times": len(times), "p50_s": round(cuts[9], 2), "p95_s": round(cuts[18], 2), "max_s": round(max(times), 2)}

"""A crowd in a room: visitors that join, come back and resend as the page does, and record what they got.

Runs in a process of its own, so that the load does not share a lock with what is measured: `start(plan)` from the
bench, `main()` there.
"""

import asyncio
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.wire import Line, request
from tests.faults.history import Reader, Said

ROOT = Path(__file__).resolve().parent.parent.parent
FIRST_WAIT, LONGEST_WAIT = 1.0, 8.0
AT_ONCE = 40
SETTLE = 12.0
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Plan:
    """What the crowd does. `script` are (second, what, argument) that happen on the way; see Crowd.do_*. At the end it
    waits `settle` seconds at most for answers and for the last number."""

    addresses: list[tuple[str, int]]
    origin: str
    path: str
    sessions: list[str]
    rate: float
    seconds: float
    senders: int = 25
    naive: bool = False
    cookie: str = "sessionid"
    script: list[tuple[float, str, Any]] = field(default_factory=list)
    settle: float = SETTLE


class Visitor:
    """One page: a socket, the place it has reached, and the commands that have no answer yet."""

    def __init__(self, crowd: "Crowd", number: int, session: str) -> None:
        self.crowd, self.number, self.session = crowd, number, session
        self.reader = Reader()
        self.since: int | None = None
        self.epoch = ""
        self.waiting: dict[str, str] = {}
        self.failures = 0
        self.bye_ms: float | None = None
        self.joined = asyncio.Event()
        self.line: Line | None = None
        self.leaving = False

    async def stay(self) -> None:
        """Connect, and connect again whenever the line breaks."""
        while not self.leaving:
            ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
            await self._connect(ended)
            code = await ended
            self.joined.clear()
            self.crowd.codes[code] += 1
            if code in {4401, 4403} or self.leaving:
                return
            await asyncio.sleep(self._wait())

    def _wait(self) -> float:
        if self.bye_ms is not None:
            wait, self.bye_ms = self.bye_ms / 1000, None
            return wait
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2**self.failures) * random.uniform(0.25, 1)
        self.failures += 1
        return wait

    async def _connect(self, ended: "asyncio.Future[int]") -> None:
        def end(code: int) -> None:
            if not ended.done():
                ended.set_result(code)

        plan, loop = self.crowd.plan, asyncio.get_running_loop()
        tries = self.number + self.failures
        host, port = plan.addresses[tries % len(plan.addresses)]
        headers = {"Origin": plan.origin, "Cookie": f"{plan.cookie}={self.session}"}
        asking = request(f"{host}:{port}", plan.path, headers)
        try:
            async with self.crowd.door:
                _transport, line = await loop.create_connection(lambda: Line(asking, self.hear, end), host, port)
                self.line = line
                if not await asyncio.wait_for(asyncio.shield(line.opened), 30):
                    return end(1006)
                place = {} if self.since is None else {"since": self.since, "epoch": self.epoch}
                line.say(json.dumps({"do": "join", **place}))
        except (OSError, TimeoutError):
            end(1006)

    def hear(self, payload: bytes) -> None:
        frame = self.crowd.parsed(payload)
        kind = frame["is"]
        if kind == "events":
            self._take(frame["events"])
        elif kind == "joined":
            self._joined(frame)
        elif kind == "ack":
            self.waiting.pop(frame["ref"], None)
            self.crowd.acknowledged(frame)
        elif kind == "refused":
            self.waiting.pop(frame["ref"], None)
            self.crowd.refusals[frame["code"]] += 1
        elif kind == "bye":
            self.bye_ms = frame["retry_after_ms"]
        else:
            self.crowd.frames[kind] += 1
            if kind == "resync" and self.line:
                self.line.abort()

    def _joined(self, frame: dict[str, Any]) -> None:
        self.epoch, self.failures = frame["epoch"], 0
        if self.since is None:
            self.since = self.reader.place = frame["seq"]
        else:
            self._take(frame["events"])
        self.joined.set()
        for text in self.waiting.values():
            self.say(text)

    def _take(self, events: list[dict[str, Any]]) -> None:
        moment = time.monotonic()
        for event in events:
            self.reader.received.append(event["seq"])
            self.since = max(self.since or 0, event["seq"])
            self.crowd.received(event, moment, self.number)

    def say(self, text: str) -> None:
        if self.line:
            self.line.say(text)


class Crowd:
    """All visitors of this process."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.door = asyncio.Semaphore(AT_ONCE)
        self.visitors = [Visitor(self, number, session) for number, session in enumerate(plan.sessions)]
        self.said: dict[str, Said] = {}
        self.sent_at: dict[str, float] = {}
        self.texts: dict[str, str] = {}
        self.delays: list[tuple[float, float, int]] = []
        self.ack_delays: list[float] = []
        self.codes: Counter[int] = Counter()
        self.refusals: Counter[str] = Counter()
        self.frames: Counter[str] = Counter()
        self.facts: dict[str, Any] = {}
        self.stalled: set[int] = set()
        self.cache: dict[bytes, Any] = {}

    # --- What is heard ---

    def parsed(self, payload: bytes) -> Any:
        """The same bytes go to everybody: read once."""
        frame = self.cache.get(payload)
        if frame is None:
            if len(self.cache) > 200:
                self.cache.clear()
            frame = self.cache[payload] = json.loads(payload)
        return frame

    def acknowledged(self, frame: dict[str, Any]) -> None:
        said = self.said[frame["ref"]]
        if said.seq is None:
            said.seq = frame["seq"]
            self.ack_delays.append(time.monotonic() - self.sent_at[self._text_of(said.ref)])

    def received(self, event: dict[str, Any], moment: float, number: int) -> None:
        sent = self.sent_at.get(event["body"].get("text", ""))
        if sent is not None and number not in self.stalled:
            self.delays.append((sent, moment - sent, number))

    def _text_of(self, ref: str) -> str:
        return self.texts[ref]

    # --- What is done ---

    async def run(self) -> dict[str, Any]:
        began = time.monotonic()
        stays = [asyncio.create_task(visitor.stay()) for visitor in self.visitors]
        await self._all_joined()
        self.facts["join_s"] = round(time.monotonic() - began, 2)
        self.codes.clear()
        await self.do_call("joined")
        script = asyncio.create_task(self._follow_script())
        cpu, started = time.process_time(), time.monotonic()
        await self._talk()
        await script
        self.facts["client_cpu"] = round((time.process_time() - cpu) / (time.monotonic() - started), 2)
        await self._settle()
        for visitor in self.visitors:
            visitor.leaving = True
            if visitor.line:
                visitor.line.abort()
        await asyncio.gather(*stays, return_exceptions=True)
        return self._report()

    async def _all_joined(self, patience: float = 150.0) -> None:
        async with asyncio.timeout(patience):
            for visitor in self.visitors:
                await visitor.joined.wait()

    async def _talk(self) -> None:
        """One after another of the senders says a line, whether or not the one before was answered."""
        senders = self.visitors[:: max(1, len(self.visitors) // self.plan.senders)][: self.plan.senders]
        count, began = int(self.plan.rate * self.plan.seconds), time.monotonic()
        for number in range(count):
            await asyncio.sleep(max(0.0, began + number / self.plan.rate - time.monotonic()))
            self._speak(senders[number % len(senders)], number)

    def _speak(self, visitor: Visitor, number: int) -> None:
        ref, text = str(uuid.uuid4()), f"Step {_letters(number)} of our checklist is done every week."
        frame = json.dumps({"do": "chat.say", "ref": ref, "text": text})
        self.said[ref], self.texts[ref], self.sent_at[text] = Said(ref), text, time.monotonic()
        visitor.waiting[ref] = frame
        if visitor.joined.is_set():
            visitor.say(frame)

    async def _follow_script(self) -> None:
        began = time.monotonic()
        for second, what, argument in self.plan.script:
            await asyncio.sleep(max(0.0, began + second - time.monotonic()))
            await getattr(self, f"do_{what}")(argument)

    async def do_stall(self, share: float) -> None:
        """Some read no more. Their places are counted, their delays are not."""
        some = self.visitors[1 :: max(1, int(1 / share))]
        self.stalled = {visitor.number for visitor in some}
        for visitor in some:
            if visitor.line:
                visitor.line.stall()

    async def do_go_on(self, _argument: Any) -> None:
        for visitor in self.visitors:
            if visitor.number in self.stalled and visitor.line:
                visitor.line.go_on()

    async def do_drop(self, _argument: Any) -> None:
        """Everybody's line tears at once; how long until all are back?"""
        began = time.monotonic()
        for visitor in self.visitors:
            visitor.joined.clear()
            if visitor.line:
                visitor.line.abort()
        await self._all_joined()
        self.facts["all_back_s"] = round(time.monotonic() - began, 2)

    async def do_mark(self, name: str) -> None:
        self.facts[f"at_{name}"] = time.monotonic()

    async def do_call(self, argument: str) -> None:
        """Ask the bench to do something, and wait until it has."""
        sys.stdout.write(json.dumps({"call": argument}) + "\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)

    async def _settle(self) -> None:
        """Until every command has its answer and every reader the last number, but not for ever."""
        until = time.monotonic() + self.plan.settle
        while time.monotonic() < until:
            last = max((visitor.since or 0 for visitor in self.visitors), default=0)
            answered = all(not visitor.waiting for visitor in self.visitors)
            if answered and all(visitor.since == last for visitor in self.visitors):
                await asyncio.sleep(0.5)
                return
            await asyncio.sleep(0.1)

    def _report(self) -> dict[str, Any]:
        return {
            **self.facts,
            "delays": _quantiles([delay for _sent, delay, _number in self.delays]),
            "ack": _quantiles(self.ack_delays),
            "received": len(self.delays),
            "codes": dict(self.codes),
            "refusals": dict(self.refusals),
            "frames": dict(self.frames),
            "by_time": self._by_mark(),
            "client_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "said": [[one.ref, one.seq, self.texts[one.ref]] for one in self.said.values()],
            "readers": [[visitor.reader.place, visitor.reader.received] for visitor in self.visitors],
        }

    def _by_mark(self) -> dict[str, Any]:
        """Delays of what was sent between one mark and the next."""
        marks = sorted((at, name[3:]) for name, at in self.facts.items() if name.startswith("at_"))
        spans = zip(marks, [*marks[1:], (float("inf"), "")], strict=False)
        return {
            name: _quantiles([delay for sent, delay, _number in self.delays if at <= sent < until])
            for (at, name), (until, _next) in spans
        }


def _letters(number: int) -> str:
    """A number in letters, so that no rule of the guard can take it for somebody's."""
    return "".join(LETTERS[number // 26**place % 26] for place in (2, 1, 0))


def _quantiles(values: list[float]) -> dict[str, float]:
    if len(values) < 2:
        return {}
    cuts = statistics.quantiles(values, n=100)
    shown = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(values)}
    return {name: round(value * 1000, 1) for name, value in shown.items()}


def start(plan: Plan) -> "subprocess.Popen[str]":
    """The crowd as a process; it writes calls of its script, and at last its report, one JSON object a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from tests.bench import crowd; crowd.main()"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdin
    process.stdin.write(json.dumps(vars(plan)) + "\n")
    process.stdin.flush()
    return process


def conduct(process: "subprocess.Popen[str]", on_call: Callable[[str], object]) -> dict[str, Any]:
    """Do what the script calls for until the report comes."""
    assert process.stdout and process.stdin
    for line in process.stdout:
        message = json.loads(line)
        if "report" in message:
            process.wait(30)
            return dict(message["report"])
        on_call(message["call"])
        process.stdin.write("done\n")
        process.stdin.flush()
    raise RuntimeError("the crowd has ended without a report")


def main() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    plan = Plan(**json.loads(sys.stdin.readline()))

    async def visit() -> dict[str, Any]:
        return await Crowd(plan).run()

    sys.stdout.write(json.dumps({"report": asyncio.run(visit())}) + "\n")
    sys.stdout.flush()

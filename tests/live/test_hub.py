"""The hub without sockets and without a database: who gets what, who is counted, who is too slow."""

import asyncio
import json
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest

from community.config.websockets import Valve
from community.live import bells, presence, registry
from community.live.codes import TRY_AGAIN
from community.live.frames import Frame
from community.live.gate import Together
from community.live.hub import Hub
from community.live.pace import Pace
from community.live.presence import Presence, Share, without_small_cells
from community.live.registry import register_topic
from community.live.rights import Stand
from community.live.wires import LONGEST_QUEUE, QueuedWire

PATIENCE = 60.0  # seconds; the machine may be busy


class Memory:
    """A log of one topic, in memory."""

    def __init__(self) -> None:
        self.epoch, self.last, self.looks = "e1", 0, 0

    def heads(self, names: Iterable[str]) -> dict[str, tuple[int, str]]:
        self.looks += 1
        return dict.fromkeys(names, (self.last, self.epoch))

    def page_for(self, name: str, since: int | None, epoch: str | None) -> Any:
        raise NotImplementedError

    def entries_after(self, name: str, since: int, until: int) -> list[dict[str, Any]]:
        return [{"seq": seq, "verb": "said"} for seq in range(since + 1, until + 1)]

    def flush(self, names: Iterable[str]) -> None:
        return None


class Reader:
    """An open socket, as the hub sees it."""

    topic = "memory:a"

    def __init__(self, seq: int, member_id: int = 1) -> None:
        self.seq, self.stand = seq, Stand("s", member_id, 0, "memory", "a")
        self.got: list[dict[str, Any]] = []
        self.ended: list[int] = []

    def offer(self, frame: Frame, seq: int) -> None:
        self.got.append(json.loads(frame.text))
        self.seq = max(self.seq, seq)

    def end(self, code: int) -> None:
        self.ended.append(code)

    def stuck_for(self) -> float:
        return 0.0

    @property
    def numbers(self) -> list[int]:
        return [event["seq"] for frame in self.got if frame["is"] == "events" for event in frame["events"]]


@pytest.fixture
def memory() -> Iterator[Memory]:
    log = Memory()
    register_topic("memory", lambda key, viewer: None, log=log)
    yield log
    registry._topics.pop("memory")
    registry._logs.pop("memory")


@pytest.fixture
def quiet_hub(monkeypatch: pytest.MonkeyPatch) -> type[Hub]:
    """A hub that looks only when it is told to."""
    monkeypatch.setattr(Hub, "_start", lambda self: None)
    return Hub


async def test_each_reader_gets_what_it_lacks_once(memory: Memory, quiet_hub: type[Hub]) -> None:
    hub, memory.last = quiet_hub(), 5
    readers = [Reader(seq) for seq in (0, 3, 5)]
    for reader in readers:
        hub.add(reader, reader.seq, "e1")
    for _again in range(2):
        await hub._look({"memory:a"})
    assert [reader.numbers for reader in readers] == [[1, 2, 3, 4, 5], [4, 5], []]


async def test_late_bells_and_bells_of_the_past_are_no_reason_to_look(memory: Memory, quiet_hub: type[Hub]) -> None:
    hub = quiet_hub()
    hub.add(Reader(5), 5, "e1")
    hub.rung_topics.clear()
    for seq in (3, 5, 4):
        hub.hear({"topic": "memory:a", "seq": seq})
    hub.hear({"topic": "memory:elsewhere", "seq": 9})
    assert hub.rung_topics == set()
    hub.hear({"topic": "memory:a", "seq": 6})
    assert hub.rung_topics == {"memory:a"}


async def test_numbers_that_start_afresh_are_a_resync(memory: Memory, quiet_hub: type[Hub]) -> None:
    hub, reader = quiet_hub(), Reader(7)
    hub.add(reader, 7, "e1")
    memory.epoch, memory.last = "e2", 2
    await hub._look({"memory:a"})
    memory.last = 3
    await hub._look({"memory:a"})
    assert reader.got[0] == {"is": "resync", "seq": 2}
    assert reader.numbers == [3]


async def test_a_large_backlog_comes_in_pieces(memory: Memory, quiet_hub: type[Hub]) -> None:
    hub, reader = quiet_hub(), Reader(0)
    memory.last = 1200
    hub.add(reader, 0, "e1")
    while reader.seq < memory.last:
        await hub._look({"memory:a"})
    assert reader.numbers == list(range(1, 1201))
    assert len(reader.got) == 3


async def test_farewell_tells_each_when_to_come_back(memory: Memory, quiet_hub: type[Hub]) -> None:
    hub, readers = quiet_hub(), [Reader(0) for _ in range(50)]
    for reader in readers:
        hub.add(reader, 0, "e1")
    await hub.farewell()
    waits = {reader.got[-1]["retry_after_ms"] for reader in readers}
    assert {(reader.got[-1]["is"], *reader.ended) for reader in readers} == {("bye", 1012)}
    assert min(waits) >= 500
    assert len(waits) > 25  # not all at once


# --- Presence --------------------------------------------------------------------------------------------------


def test_presence_sums_processes_hides_small_cells_and_forgets_the_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(presence, "ring", told.append)
    here = Presence()
    here.strangers("room:a", range(6))
    here.meet("room:a", {member: {"profession": "Nurse", "region": "Africa"} for member in range(6)})
    theirs = {"present": 4, "by": {"profession": {"Nurse": 1, "Physician": 3}}}
    here.hear({"topic": "room:a", "from": "another", "share": theirs})
    here.hear({"topic": "room:a", "reaction": "clap", "count": 2})
    first = json.loads(here.frame("room:a", 6).text)  # type: ignore[union-attr]
    assert first == {
        "is": "presence",
        "present": 10,
        "by": {"profession": {"Nurse": 7}, "region": {"Africa": 6}},
        "reactions": {"clap": 2},
    }
    assert here.frame("room:a", 6) is None  # nothing new, nothing said
    assert len(told) == 1

    moment = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: moment + 13)
    assert json.loads(here.frame("room:a", 6).text)["present"] == 6  # type: ignore[union-attr]
    here.leave("room:a")
    assert told[-1]["share"]["present"] == Share().present


def test_cells_under_five_are_left_out() -> None:
    assert without_small_cells({"region": {"A": 5, "B": 4}, "profession": {"C": 1}}) == {"region": {"A": 5}}


# --- Slow readers ----------------------------------------------------------------------------------------------


class Transported:
    """A protocol whose transport takes what it is given."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.written.append(data)


def test_a_closed_valve_keeps_256_frames_in_order_and_then_says_no() -> None:
    protocol = Transported()
    valve = Valve(protocol)  # type: ignore[arg-type]
    assert valve.send(Frame("first"))
    valve.pauseProducing()
    assert all(valve.send(Frame(str(number))) for number in range(LONGEST_QUEUE))
    assert not valve.send(Frame("one too many"))
    assert valve.stuck_for() > 0
    valve.resumeProducing()
    assert [data[2:] for data in protocol.written] == [b"first", *(str(number).encode() for number in range(256))]
    assert valve.stuck_for() == 0


async def test_a_server_that_makes_us_wait_fills_the_queue() -> None:
    taken = asyncio.Event()

    async def slow(text_data: str) -> None:
        await taken.wait()

    wire = QueuedWire(slow)
    sent = 0
    while wire.send(Frame("x")):
        sent += 1
        await asyncio.sleep(0)
    assert LONGEST_QUEUE <= sent <= LONGEST_QUEUE + 1
    wire.shut()


@pytest.mark.parametrize(
    ("length", "head"), [(5, b"\x81\x05"), (300, b"\x81\x7e\x01\x2c"), (70_000, b"\x81\x7f" + bytes(5))]
)
def test_frames_have_the_head_of_the_standard(length: int, head: bytes) -> None:
    assert Frame("x" * length).wire.startswith(head)


# --- Bells and the door ----------------------------------------------------------------------------------------


def test_equal_bells_become_one_while_the_layer_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    done, hanging, all_rung = threading.Event(), threading.Event(), threading.Event()

    async def send(message: Any) -> None:
        if not sent:
            hanging.set()
            await asyncio.to_thread(all_rung.wait, PATIENCE)
        sent.append(message)
        if message.get("seq") == 100:
            done.set()

    monkeypatch.setattr(bells, "_send", send)
    ringer = bells.Ringer()
    ringer.add({"topic": "a", "seq": 1})
    assert hanging.wait(PATIENCE)
    for seq in range(2, 101):
        ringer.add({"topic": "b", "reaction": "clap", "count": 1})
        ringer.add({"topic": "a", "seq": seq})
    all_rung.set()
    assert done.wait(PATIENCE)
    assert sent == [
        {"topic": "a", "seq": 1},
        {"topic": "b", "reaction": "clap", "count": 99},
        {"topic": "a", "seq": 100},
    ]


async def test_a_crowd_at_the_door_is_asked_for_together() -> None:
    batches: list[int] = []

    def ask(items: Sequence[int]) -> list[int]:
        batches.append(len(items))
        time.sleep(0.01)
        return [item * 2 for item in items]

    together = Together(ask)
    answers = await asyncio.gather(*(together.ask(number) for number in range(250)))
    assert answers == [number * 2 for number in range(250)]
    assert len(batches) <= 4


async def test_nobody_stays_for_long_whose_right_cannot_be_asked(memory: Memory) -> None:
    hub, gone = Hub(), asyncio.Event()

    class Guest(Reader):
        def end(self, code: int) -> None:
            super().end(code)
            gone.set()

    reader = Guest(0)
    hub.pace = Pace(sweep=0.04, unasked=0.05)
    hub.add(reader, 0, "e1")  # there is no database in this test
    await asyncio.wait_for(gone.wait(), PATIENCE)
    for task in hub.tasks:
        task.cancel()
    assert set(reader.ended) == {TRY_AGAIN}

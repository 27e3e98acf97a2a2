"""The room protocol, frame by frame, over the real application: origin, session, join, commands, resume, ends."""

import json
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from community.config.asgi import application
from community.core.actors import SYSTEM
from community.core.audiences import Viewer
from community.core.errors import Refused
from community.live import pace, registry
from community.live.models import Entry
from community.live.operations import publish, recheck
from community.live.pace import PACE, Pace
from community.live.registry import Command, TopicAccess, command, register_topic
from community.members.models import Member
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)

ORIGIN = settings.SITE_URL
PATIENCE = 60.0  # seconds; the machine may be busy


class Say(Command):
    text: str


def answer(member: Member, key: str, data: Say, ref: str) -> dict[str, Any]:
    if data.text == "refuse me":
        raise Refused("not_verified", "You are not verified.")
    return {"seq": publish(f"probe:{key}", "said", {"text": data.text}, by=member, ref=ref)}


def resolve(key: str, viewer: Viewer) -> TopicAccess | None:
    allowed = key == "open" or viewer.has(f"user:{key}")
    return TopicAccess(f"probe:{key}", ("probe.say",), {"handle": viewer.member.handle}) if allowed else None  # type: ignore[union-attr]


@pytest.fixture(autouse=True)
def _probe() -> Iterator[None]:
    register_topic("probe", resolve)
    command("probe.say", Say)(answer)
    yield
    registry._topics.pop("probe")
    registry._commands.pop("probe.say")


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub's second in a tenth of it."""
    monkeypatch.setattr(pace, "PACE", Pace(tick=0.1, gap=0.02, sweep=0.4, presence=0.1))


@pytest.fixture
async def signed_in() -> tuple[Member, Client]:
    member = await sync_to_async(MemberFactory)()
    client = Client()
    await sync_to_async(client.force_login)(member)
    return member, client


class Socket:
    """A client that says frames and waits for one of a kind; what arrives meanwhile is kept."""

    def __init__(self, client: Client | None, key: str = "open", origin: str | None = ORIGIN) -> None:
        headers = [(b"origin", origin.encode())] if origin else []
        if client:
            cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
            headers.append((b"cookie", cookie.encode()))
        self.heard: list[dict[str, Any]] = []
        self.wire = WebsocketCommunicator(application, f"/ws/topics/probe/{key}/", headers=headers)

    async def open(self) -> bool:
        return bool((await self.wire.connect(timeout=PATIENCE))[0])

    async def say(self, **frame: Any) -> None:
        await self.wire.send_to(text_data=json.dumps(frame))

    async def hear(self, kind: str) -> dict[str, Any]:
        while True:
            for frame in self.heard:
                if frame["is"] == kind:
                    self.heard.remove(frame)
                    return frame
            message = await self.wire.receive_output(timeout=PATIENCE)
            if message["type"] == "websocket.close":
                raise AssertionError(f"closed with {message.get('code')}")
            self.heard.append(json.loads(message["text"]))

    async def close_code(self) -> int:
        while True:
            message = await self.wire.receive_output(timeout=PATIENCE)
            if message["type"] == "websocket.close":
                return int(message["code"])

    async def join(self, **place: Any) -> dict[str, Any]:
        assert await self.open()
        await self.say(do="join", **place)
        return await self.hear("joined")


@pytest.fixture
async def joined(signed_in: tuple[Member, Client]) -> AsyncIterator[Socket]:
    socket = Socket(signed_in[1])
    await socket.join()
    yield socket
    await socket.wire.disconnect()


@pytest.mark.parametrize("origin", [None, "https://elsewhere.example", ORIGIN + ".evil.example", ORIGIN + "/", "null"])
async def test_handshake_from_elsewhere_is_refused(signed_in: tuple[Member, Client], origin: str | None) -> None:
    assert not await Socket(signed_in[1], origin=origin).open()


async def test_visitor_is_closed_with_4401() -> None:
    socket = Socket(None)
    await socket.open()
    assert await socket.close_code() == 4401


async def test_stranger_is_closed_with_4403(signed_in: tuple[Member, Client]) -> None:
    socket = Socket(signed_in[1], key=str(signed_in[0].pk + 1))
    await socket.open()
    await socket.say(do="join")
    assert await socket.close_code() == 4403


async def test_joined_says_place_rights_and_self(signed_in: tuple[Member, Client]) -> None:
    await sync_to_async(publish)("probe:open", "said", {"text": "before"}, by=SYSTEM)
    socket = Socket(signed_in[1])
    hello = await socket.join()
    assert (hello["seq"], hello["may"], hello["you"]) == (1, ["probe.say"], {"handle": signed_in[0].handle})
    assert [event["body"] for event in hello["events"]] == [{"text": "before"}]
    await socket.wire.disconnect()


async def test_command_is_acknowledged_once_and_fans_out(joined: Socket) -> None:
    ref = str(uuid.uuid4())
    for _ in range(2):
        await joined.say(do="probe.say", ref=ref, text="hello")
        assert (await joined.hear("ack"))["seq"] == 1
    events = (await joined.hear("events"))["events"]
    assert [(event["seq"], event["body"]) for event in events] == [(1, {"text": "hello"})]
    assert await joined.wire.receive_nothing(0.3)
    assert await sync_to_async(Entry.objects.count)() == 1


async def test_entry_written_elsewhere_arrives_without_a_bell(joined: Socket) -> None:
    await sync_to_async(publish)("probe:open", "said", {"text": "from the worker"}, by=SYSTEM)
    assert (await joined.hear("events"))["events"][0]["body"] == {"text": "from the worker"}


async def test_resume_replays_what_was_missed(signed_in: tuple[Member, Client]) -> None:
    first = Socket(signed_in[1])
    await sync_to_async(publish)("probe:open", "said", {"n": 1}, by=SYSTEM)
    epoch = (await first.join())["epoch"]
    await first.wire.disconnect()
    for number in (2, 3):
        await sync_to_async(publish)("probe:open", "said", {"n": number}, by=SYSTEM)
    again = Socket(signed_in[1])
    assert [event["seq"] for event in (await again.join(since=1, epoch=epoch))["events"]] == [2, 3]
    await again.wire.disconnect()


async def test_unknown_epoch_gets_resync(signed_in: tuple[Member, Client]) -> None:
    await sync_to_async(publish)("probe:open", "said", {}, by=SYSTEM)
    socket = Socket(signed_in[1])
    await socket.open()
    await socket.say(do="join", since=1, epoch=str(uuid.uuid4()))
    assert (await socket.hear("resync"))["seq"] == 1
    await socket.wire.disconnect()


@pytest.mark.parametrize(
    "frame",
    [
        {"do": "probe.say", "text": "no ref"},
        {"do": "probe.say", "ref": "not-a-uuid", "text": "x"},
        {"do": "probe.say", "ref": str(uuid.uuid4()), "text": 5},
        {"do": "probe.say", "ref": str(uuid.uuid4()), "text": "x", "extra": 1},
        {"do": "probe.unknown", "ref": str(uuid.uuid4())},
        {"do": "join"},
        {},
    ],
)
async def test_hostile_frame_is_refused_as_invalid(joined: Socket, frame: dict[str, Any]) -> None:
    await joined.say(**frame)
    assert (await joined.hear("refused"))["code"] == "invalid"
    assert await sync_to_async(Entry.objects.count)() == 0


async def test_refusal_carries_code_reason_and_ref(joined: Socket) -> None:
    ref = str(uuid.uuid4())
    await joined.say(do="probe.say", ref=ref, text="refuse me")
    frame = await joined.hear("refused")
    assert (frame["ref"], frame["code"], frame["reason"]) == (ref, "not_verified", "You are not verified.")


async def test_command_before_join_is_refused(signed_in: tuple[Member, Client]) -> None:
    socket = Socket(signed_in[1])
    await socket.open()
    await socket.say(do="probe.say", ref=str(uuid.uuid4()), text="x")
    assert (await socket.hear("refused"))["code"] == "invalid"
    await socket.wire.disconnect()


async def test_binary_frame_closes(joined: Socket) -> None:
    await joined.wire.send_to(bytes_data=b"\x00")
    assert await joined.close_code() == 1003


async def test_oversized_frame_closes(joined: Socket) -> None:
    await joined.wire.send_to(text_data="x" * 17_000)
    assert await joined.close_code() == 1009


async def test_flood_closes_with_4429(joined: Socket) -> None:
    for _ in range(400):  # Ten a second are allowed: so many are too many on the slowest machine.
        await joined.say(do="nonsense")
    assert await joined.close_code() == 4429


async def test_sign_out_closes_without_a_bell(joined: Socket, signed_in: tuple[Member, Client]) -> None:
    """Every socket is asked once in each sweep, which takes four of the five seconds that are promised."""
    await sync_to_async(signed_in[1].logout)()
    assert await joined.close_code() == 4401
    assert PACE.sweep + PACE.tick <= 5


async def test_lost_right_closes_at_once_after_recheck(
    signed_in: tuple[Member, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is asked in turn here: it is the recheck that closes."""
    monkeypatch.setattr(pace, "PACE", Pace(sweep=3600))
    member, joined = signed_in[0], Socket(signed_in[1])
    await joined.join()
    await sync_to_async(Member.objects.filter(pk=member.pk).update)(is_active=False)
    await sync_to_async(recheck)(member, by=SYSTEM)
    assert await joined.close_code() == 4401


async def test_thirteenth_socket_of_one_member_is_closed(signed_in: tuple[Member, Client]) -> None:
    sockets = [Socket(signed_in[1]) for _ in range(13)]
    for socket in sockets:
        await socket.open()
    assert await sockets[-1].close_code() == 4429
    for socket in sockets[:-1]:
        await socket.wire.disconnect()

"""Frames and doorbells that no page and no process of ours sends."""

import asyncio
import json
import random
import uuid
from typing import Any

import msgpack
import redis

from tests.bench.wire import Line, masked, request

BINARY, PING = 2, 9
PATIENCE, GRACE = 60.0, 1.0


def ring(port: int, webinar: str) -> None:
    """Through Redis, as the channel layer would: twice, out of order, of the past, of the future, for nobody."""
    client = redis.Redis(port=port, socket_timeout=2)
    numbers = [random.randrange(500) for _ in range(20)]
    messages: list[Any] = [{"type": "bell", "from": "x", "topic": f"room:{webinar}", "seq": seq} for seq in numbers * 2]
    messages += [{"type": "bell", "from": "x", "topic": "room:none", "seq": 1}, {"type": "bell", "member": 10**12}]
    random.shuffle(messages)
    for message in messages:
        client.publish("asgi__group__live", msgpack.packb(message))


def run(address: tuple[str, int], origin: str, path: str, sessions: list[str]) -> dict[str, Any]:
    """What became of each: expected and found close codes."""
    return asyncio.run(_all(address, origin, path, sessions))


async def _all(address: tuple[str, int], origin: str, path: str, sessions: list[str]) -> dict[str, Any]:
    keys = iter(sessions)
    expected = {
        "binary": (1003, lambda line: line.send_raw(BINARY, b"\0")),
        "too_big": (1009, lambda line: line.say("x" * 17_000)),
        "huge": (1009, lambda line: line.say("x" * 1_000_000)),
        "flood": (4429, lambda line: [line.say("{}") for _ in range(200)]),
        "bad_utf8": (1007, lambda line: line.send_raw(1, b"\xff\xfe{}")),
        "unmasked": (1002, lambda line: line.transport.write(b"\x81\x02{}")),
        "reserved_bits": (1002, lambda line: line.transport.write(b"\xf1" + masked(1, b"{}")[1:])),
        "long_ping": (1002, lambda line: line.send_raw(PING, b"x" * 126)),
        "torn_fragment": (1002, lambda line: line.transport.write(b"\x01" + masked(1, b"{")[1:] + masked(1, b"}"))),
        "deep_json": (None, lambda line: line.say("[" * 8_000)),
        "odd_join": (None, lambda line: line.say('{"do":"join","since":-1,"epoch":{}}')),
        "odd_command": (None, lambda line: line.say(json.dumps({"do": {"x": 1}, "ref": [str(uuid.uuid4())]}))),
        "huge_number": (None, lambda line: line.say('{"do":"join","since":1' + "0" * 4000 + "}")),
    }
    cases: dict[str, Any] = {}
    for name, (code, act) in expected.items():
        cases[name] = {"expected": code, "found": await _one(address, origin, path, next(keys), act, closes=bool(code))}
    cases["no_cookie"] = {"expected": 4401, "found": await _one(address, origin, path, "", None, closes=True)}
    cases["other_origin"] = {
        "expected": "refused", "found": await _one(address, "https://elsewhere.example", path, next(keys), None)
    }  # fmt: skip
    wrong = [name for name, case in cases.items() if case["expected"] != case["found"]]
    return {"wrong": wrong, "cases": cases}


async def _one(
    address: tuple[str, int], origin: str, path: str, session: str, act: Any, *, closes: bool = False
) -> Any:
    """The close code, None while the socket stays open and answers, "refused" without a handshake. Where `closes` is
    expected it is waited for; else it is looked whether it does so within a second after the answer."""
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    answered = asyncio.Event()
    asking = request(f"{address[0]}:{address[1]}", path, {"Origin": origin, "Cookie": f"sessionid={session}"})
    line = Line(asking, lambda _text: answered.set(), lambda code: ended.done() or ended.set_result(code))
    await asyncio.get_running_loop().create_connection(lambda: line, *address)
    if not await asyncio.wait_for(line.opened, PATIENCE):
        return "refused"
    if act:
        act(line)
    waiting = asyncio.create_task(answered.wait())
    done, _rest = await asyncio.wait({ended, waiting}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    if waiting in done and not ended.done() and (act or closes):
        done, _rest = await asyncio.wait({ended}, timeout=PATIENCE if closes else GRACE)
    waiting.cancel()
    found = ended.result() if ended.done() else None
    line.abort()
    return found if found is not None or answered.is_set() else "no answer"

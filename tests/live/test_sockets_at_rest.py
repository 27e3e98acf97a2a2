"""A socket that only listens costs no task; large libraries wait until they are used."""

import asyncio
import sys
from importlib import import_module
from typing import Any

import pytest

from community.config.inboxes import DISCONNECTED, Inbox
from community.config.lean import without
from community.core.lazily import Lazily


async def test_an_inbox_at_rest_wakes_its_application_for_each_message_in_turn() -> None:
    taken: list[Any] = []
    inbox = Inbox()
    inbox.put_nowait({"type": "first"})
    assert await inbox.get() == {"type": "first"}
    inbox.put_nowait({"type": "early"})  # before the application rests

    async def wake(message: dict[str, Any]) -> None:
        taken.append((message["type"], "begins"))
        await asyncio.sleep(0)
        taken.append((message["type"], "ends"))

    inbox.rest(wake)
    inbox.put_nowait({"type": "late"})
    inbox.put_nowait({"type": DISCONNECTED})
    inbox.put_nowait({"type": "after the end"})
    assert inbox._task
    await inbox._task

    kinds = ["early", "late", DISCONNECTED]
    assert taken == [(kind, part) for kind in kinds for part in ("begins", "ends")]
    assert inbox._wake is None  # nothing holds the application any more


async def test_what_goes_wrong_in_an_application_is_told(caplog: pytest.LogCaptureFixture) -> None:
    told: list[Exception] = []
    inbox = Inbox(told.append)

    async def wake(_message: dict[str, Any]) -> None:
        raise ValueError("no such frame")

    inbox.rest(wake)
    inbox.put_nowait({"type": "broken"})
    assert inbox._task
    await inbox._task
    assert [str(error) for error in told] == ["no such frame"]
    assert "no such frame" in caplog.text


def test_a_library_that_is_left_out_is_there_again_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with without("colorsys"), pytest.raises(ImportError):
        import_module("colorsys")
    assert Lazily("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)

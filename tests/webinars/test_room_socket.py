"""A room over its socket: two people talk, a vote is told, and what ends for one of them ends at once."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from community.config.asgi import application
from community.live import pace
from community.live.operations import recheck
from community.live.pace import Pace
from tests.factories.forums import verified_member
from tests.factories.webinars import attendee, ref, webinar_with
from webinars.models import Question, Registration
from webinars.operations import moderating

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60.0  # seconds; the machine may be busy


@pytest.fixture(autouse=True)
def _nobody_is_asked_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends a right must close the socket itself, not the look that comes round every few seconds."""
    monkeypatch.setattr(pace, "PACE", Pace(sweep=3600))


class Page:
    """An open page of the room; what arrives out of turn is kept."""

    def __init__(self, member: Any) -> None:
        client = Client()
        client.force_login(member)
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        headers = [(b"origin", settings.SITE_URL.encode()), (b"cookie", cookie.encode())]
        self.member, self.heard = member, []  # type: ignore[var-annotated]
        self.wire = WebsocketCommunicator(application, "/ws/rooms/rounds/", headers=headers)

    async def join(self) -> dict[str, Any]:
        await self.wire.connect(timeout=PATIENCE)
        await self.wire.send_to(text_data=json.dumps({"do": "join"}))
        return await self.hear(lambda frame: frame["is"] == "joined")

    async def give(self, do: str, **fields: Any) -> dict[str, Any]:
        key = ref()
        await self.wire.send_to(text_data=json.dumps({"do": do, "ref": key, **fields}))
        return await self.hear(lambda frame: frame.get("ref") == key)

    async def event(self, verb: str) -> dict[str, Any]:
        is_it = lambda frame: frame["is"] == "events" and any(e["verb"] == verb for e in frame["events"])  # noqa: E731
        frame = await self.hear(is_it)
        return next(event for event in frame["events"] if event["verb"] == verb)

    async def hear(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            for frame in self.heard:
                if wanted(frame):
                    return dict(frame)
            message = await self.wire.receive_output(timeout=PATIENCE)
            assert message["type"] == "websocket.send", message
            self.heard.append(json.loads(message["text"]))

    async def close_code(self) -> int:
        while True:
            message = await self.wire.receive_output(timeout=PATIENCE)
            if message["type"] == "websocket.close":
                return int(message["code"])


def make_room() -> tuple[Any, Any, Any]:
    webinar = webinar_with(moderator=verified_member(), slug="rounds")
    return webinar, Page(attendee(webinar)), Page(attendee(webinar))


async def test_two_people_in_a_room_until_one_is_taken_out_and_the_other_loses_the_place() -> None:
    webinar, ada, bo = await sync_to_async(make_room)()
    hello = await ada.join()
    await bo.join()
    assert {"chat.say", "question.vote"} <= set(hello["may"])
    assert hello["you"]["handle"] == ada.member.handle

    said = await ada.give("chat.say", text="Good morning.")
    heard = await bo.event("chat.said")
    assert (said["is"], heard["seq"], heard["by"]) == ("ack", said["seq"], ada.member.handle)
    refused = await ada.give("chat.hide", seq=said["seq"])
    assert (refused["is"], refused["code"]) == ("refused", "not_moderator")

    asked = await bo.give("question.ask", text="Which fluid first?", anonymous=True)
    await ada.give("question.vote", question=asked["question"])
    assert (await ada.event("question.shown"))["by"] is None
    assert (await bo.event("question.scores"))["body"] == {"scores": {asked["question"]: 1}}

    def take_out() -> None:
        moderating.limit_member("rounds", by=webinar.organiser, member=ada.member.handle, kind="ban", reason="conduct")
        Registration.objects.filter(member=bo.member).update(state="removed")
        recheck(bo.member, by=webinar.organiser)

    await sync_to_async(take_out)()
    assert [await ada.close_code(), await bo.close_code()] == [4403, 4403]
    assert await sync_to_async(lambda: Question.objects.get().score)() == 1

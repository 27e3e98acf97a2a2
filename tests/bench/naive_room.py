"""What rooms are measured against: each socket in a group of Channels, each line stored and then sent to the group.

As in the tutorials: no log to resume from, no coalescing, one task and one encoding for each socket. It asks for no
session and no right, and its rows are the same as those of a topic.
"""

import json
import os
from typing import Any

import django
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server

django.setup()

from channels.db import database_sync_to_async  # noqa: E402
from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402

from community.core.actors import SYSTEM  # noqa: E402
from community.core.clock import now  # noqa: E402
from community.live.operations import publish  # noqa: E402


class NaiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Stores a line, sends it to the group, and answers its author."""

    async def connect(self) -> None:
        await self.channel_layer.group_add("naive", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("naive", self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        frame = json.loads(text_data or "{}")
        if frame["do"] == "join":
            hello = {"is": "joined", "epoch": "naive", "seq": 0, "events": [], "may": [], "you": {}, "present": 0}
            return await self.send(text_data=json.dumps(hello))
        body = {"text": frame["text"]}
        store = database_sync_to_async(publish)
        seq = await store("naive:room", "chat.said", body, by=SYSTEM, ref=frame["ref"])
        event = {"seq": seq, "verb": "chat.said", "at": now().isoformat(), "by": "somebody", "body": body}
        await self.channel_layer.group_send("naive", {"type": "said", "event": event})
        await self.send(text_data=json.dumps({"is": "ack", "ref": frame["ref"], "seq": seq}))

    async def said(self, message: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps({"is": "events", "events": [message["event"]]}))


if __name__ == "__main__":
    Server(
        application=NaiveConsumer.as_asgi(),
        endpoints=build_endpoint_description_strings(host="127.0.0.1", port=int(os.environ["PORT"])),
        verbosity=0,
    ).run()
